"""What stands where, and what outlives a mistake."""

from __future__ import annotations

import pytest
from conftest import ENVIRONMENTS, listed

from infra.environments import environment as chosen
from infra.reports import MOST_BYTES_PER_QUERY
from kasstroom.reports.lake import CATALOGUE, EXPORT_PREFIX, RUN_PREFIX
from kasstroom_aws import keys

# Types the embedded AWS provisions (its `_RESOURCE_HANDLERS`), as far as we use them.
PROVISIONED_LOCALLY = frozenset(
    """
    AWS::ApiGatewayV2::Api AWS::ApiGatewayV2::Authorizer AWS::ApiGatewayV2::Integration
    AWS::ApiGatewayV2::Route AWS::ApiGatewayV2::Stage AWS::Athena::WorkGroup AWS::CDK::Metadata
    AWS::CloudWatch::Alarm AWS::CloudWatch::Dashboard AWS::Cognito::UserPool
    AWS::Cognito::UserPoolClient AWS::Cognito::UserPoolDomain AWS::Cognito::UserPoolGroup
    AWS::DynamoDB::GlobalTable
    AWS::Events::EventBus AWS::Events::Rule AWS::Glue::Database AWS::Glue::Table AWS::IAM::Policy
    AWS::IAM::Role AWS::KMS::Alias AWS::KMS::Key AWS::Lambda::Alias AWS::Lambda::EventSourceMapping
    AWS::Lambda::Function AWS::Lambda::LayerVersion AWS::Lambda::Permission AWS::Lambda::Version
    AWS::Logs::LogGroup AWS::S3::Bucket AWS::S3::BucketPolicy AWS::SES::ConfigurationSet
    AWS::SES::ConfigurationSetEventDestination AWS::SES::EmailIdentity AWS::SNS::Subscription
    AWS::SNS::Topic AWS::SNS::TopicPolicy AWS::SQS::Queue AWS::SQS::QueuePolicy
    AWS::Scheduler::Schedule AWS::Scheduler::ScheduleGroup AWS::SecretsManager::Secret
    """.split()
)
OUTPUTS = {
    "data": {"TableName", "UploadBucket", "ProviderSecretArn", "StaffPoolId"},
    "reports": {"LakeBucket", "GlueDatabase", "AthenaWorkgroup"},
    "service": {"ApiId", "ApiUrl", "BusName"},
}


def _books(environment):
    return environment.stacks["data"], next(
        table
        for table in environment.stacks["data"]["Resources"].values()
        if table["Type"] == "AWS::DynamoDB::GlobalTable"
    )


def test_dashboards_stand_only_where_somebody_may_see_them(environment, with_dashboards):
    ours = {"data", "reports", "service", "credit", "money", "reminding", "reporting"}
    local = {"sandbox"} if environment.name == "local" else set()
    assert environment.stacks.keys() == ours | local
    assert with_dashboards.stacks.keys() == ours | {"dashboards"}


def test_every_stack_stays_well_below_what_a_stack_can_hold(environment):
    """CloudFormation takes 500 resources; the rest is room for the next capability."""
    for role, template in environment.stacks.items():
        assert len(template["Resources"]) < 400, role


def test_no_stack_exports_a_layer(environment):
    """An export that is used cannot change, and a layer changes with every release."""
    for template in environment.stacks.values():
        exported = {str(o["Value"]) for o in template.get("Outputs", {}).values() if "Export" in o}
        assert not any("layers" in value for value in exported)


def test_the_embedded_aws_can_provision_the_local_stacks(local):
    assert {resource["Type"] for _, resource in local.resources()} <= PROVISIONED_LOCALLY


def test_no_stack_brings_a_function_of_its_own(environment):
    """CDK's conveniences add Lambdas with wide rights; ours are the folders of functions/."""
    for template in environment.stacks.values():
        types = {resource["Type"] for resource in template["Resources"].values()}
        assert not any(type_.startswith("Custom::") for type_ in types)
        assert "AWS::CloudFormation::CustomResource" not in types


def test_outputs_the_local_environment_reads(environment):
    for role, expected in OUTPUTS.items():
        assert expected <= environment.stacks[role]["Outputs"].keys()
    if environment.name == "local":
        assert "SandboxApiId" in environment.stacks["sandbox"]["Outputs"]


def test_the_books_have_the_keys_the_code_knows(environment):
    _, table = _books(environment)
    books = table["Properties"]
    assert books["KeySchema"] == [
        {"AttributeName": keys.PK, "KeyType": "HASH"},
        {"AttributeName": keys.SK, "KeyType": "RANGE"},
    ]
    (index,) = books["GlobalSecondaryIndexes"]
    assert index["IndexName"] == keys.DUE_INDEX
    assert [key["AttributeName"] for key in index["KeySchema"]] == [keys.DUE_PK, keys.DUE_SK]
    assert index["Projection"] == {"ProjectionType": "KEYS_ONLY"}
    assert books["TimeToLiveSpecification"]["AttributeName"] == keys.TTL
    assert books["StreamSpecification"]["StreamViewType"] == "NEW_IMAGE"
    assert books["BillingMode"] == "PAY_PER_REQUEST"


def test_the_books_can_be_put_back_to_any_second(environment):
    _, table = _books(environment)
    (replica,) = table["Properties"]["Replicas"]
    recovery = replica["PointInTimeRecoverySpecification"]
    assert recovery["PointInTimeRecoveryEnabled"] is True


def test_production_data_outlives_its_stack(production):
    _, table = _books(production)
    assert table["DeletionPolicy"] == "Retain"
    assert table["Properties"]["Replicas"][0]["DeletionProtectionEnabled"] is True
    for kept in ("AWS::S3::Bucket", "AWS::KMS::Key", "AWS::SecretsManager::Secret"):
        for id_, resource in production.resources(kept):
            assert resource["DeletionPolicy"] == "Retain", id_


def test_production_data_is_encrypted_with_the_owner_s_key(production):
    _, table = _books(production)
    assert table["Properties"]["SSESpecification"]["SSEType"] == "KMS"
    (key,) = production.properties("AWS::KMS::Key")
    assert key["EnableKeyRotation"] is True
    secrets = production.properties("AWS::SecretsManager::Secret")
    assert len(secrets) == 2 and all("KmsKeyId" in secret for secret in secrets)


def test_buckets_are_private_and_versioned_and_speak_tls(on_aws):
    policies = {
        policy["Bucket"]["Ref"]: policy["PolicyDocument"]["Statement"]
        for policy in on_aws.properties("AWS::S3::BucketPolicy")
    }
    for id_, resource in on_aws.resources("AWS::S3::Bucket"):
        block = resource["Properties"]["PublicAccessBlockConfiguration"]
        assert all(block.values()) and len(block) == 4
        assert any(
            statement["Effect"] == "Deny"
            and statement["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
            for statement in policies[id_]
        ), id_


def test_plain_http_is_refused_on_aws_and_accepted_on_this_machine(environment):
    refused = "aws:SecureTransport" in str(environment.stacks)
    assert refused == (environment.name != "local")


def test_an_upload_wakes_the_worker_and_its_results_do_not(environment):
    rules = environment.properties("AWS::Events::Rule")
    (rule,) = [r for r in rules if r["EventPattern"]["source"] == ["aws.s3"]]
    (key,) = rule["EventPattern"]["detail"]["object"]["key"]
    assert key == {"wildcard": "imports/*/in/*"}
    uploads = environment.stacks["data"]["Resources"]
    switched_on = [
        resource["Properties"]["NotificationConfiguration"]["EventBridgeConfiguration"]
        for resource in uploads.values()
        if "NotificationConfiguration" in resource.get("Properties", {})
    ]
    assert switched_on == [{"EventBridgeEnabled": True}]


def test_the_catalogue_has_the_tables_the_export_writes(environment):
    found = {
        table["TableInput"]["Name"]: table["TableInput"]
        for table in environment.properties("AWS::Glue::Table")
    }
    assert found.keys() == {table.name for table in CATALOGUE}
    for table in CATALOGUE:
        shape = found[table.name]
        columns = [(c["Name"], c["Type"]) for c in shape["StorageDescriptor"]["Columns"]]
        assert columns == [(column.name, column.type) for column in table.columns]
        assert all(c["Comment"] for c in shape["StorageDescriptor"]["Columns"])
        assert [c["Name"] for c in shape["PartitionKeys"]] == [c.name for c in table.partitions]
        assert table.prefix in str(shape["StorageDescriptor"]["Location"])


def test_everything_in_the_lake_goes_by_itself_in_the_end(environment):
    rules = [
        rule
        for id_, bucket in environment.resources("AWS::S3::Bucket")
        if id_.startswith("lake")
        for rule in bucket["Properties"]["LifecycleConfiguration"]["Rules"]
    ]
    days = {rule["Prefix"]: rule["ExpirationInDays"] for rule in rules if "Prefix" in rule}
    assert days.items() >= {table.prefix: table.kept_days for table in CATALOGUE}.items()
    assert {EXPORT_PREFIX, RUN_PREFIX} <= days.keys()
    (replaced,) = [rule for rule in rules if "Prefix" not in rule]
    assert replaced["NoncurrentVersionExpiration"]["NoncurrentDays"] == 30


def test_a_question_cannot_send_its_answer_elsewhere(environment):
    (group,) = environment.properties("AWS::Athena::WorkGroup")
    configuration = group["WorkGroupConfiguration"]
    assert configuration["EnforceWorkGroupConfiguration"] is True
    assert configuration["BytesScannedCutoffPerQuery"] == MOST_BYTES_PER_QUERY
    assert "OutputLocation" in configuration["ResultConfiguration"]


def test_every_exception_to_the_checklist_has_a_written_reason(on_aws):
    reasons = [
        (id_, rule["id"], rule["reason"])
        for id_, resource in on_aws.resources()
        for rule in resource.get("Metadata", {}).get("cdk_nag", {}).get("rules_to_suppress", [])
    ]
    assert len(reasons) > 10
    for id_, rule, reason in reasons:
        assert len(reason.split()) > 5, (id_, rule)


def test_services_may_publish_to_our_topics_and_only_from_this_account(environment):
    for policy in environment.properties("AWS::SNS::TopicPolicy"):
        for statement in policy["PolicyDocument"]["Statement"]:
            if statement["Effect"] == "Allow":
                assert listed(statement["Action"]) == ["sns:Publish"]
                assert "aws:SourceAccount" in statement["Condition"]["StringEquals"]


def test_an_environment_nobody_knows_is_refused():
    with pytest.raises(SystemExit, match="choose one of local, sandbox, production"):
        chosen("staging", lambda key: None)


def test_local_addresses_come_from_the_command_line():
    asked = {"public_url": "http://127.0.0.1:9400", "sandbox_url": "http://127.0.0.1:9401"}
    place = chosen("local", asked.get)
    assert place.public_url == "http://127.0.0.1:9400"
    assert place.mollie_url == "http://127.0.0.1:9401/mollie"
    assert place.checkout_hosts == ("http://127.0.0.1:9401",)


def test_real_money_moves_in_production_only():
    modes = {name: chosen(name, lambda key: None).mode for name in ENVIRONMENTS}
    assert modes == {"local": "test", "sandbox": "test", "production": "live"}
