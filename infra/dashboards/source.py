"""Athena as QuickSight sees it: one data source, with a role that may read the lake and no more."""

from __future__ import annotations

from collections.abc import Sequence

from aws_cdk import Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_quicksight as quicksight
from constructs import Construct

from infra.dashboards.security import READERS, READERS_PREFIX
from infra.environments import Environment
from infra.parts.bucket import PrivateBucket
from infra.parts.checklist import accept
from infra.reports import ReportsStack
from kasstroom.reports.lake import CATALOGUE, LAKE_PREFIX

DATA_CATALOG = "AwsDataCatalog"
ON_WORKGROUP = (
    "BatchGetQueryExecution",
    "GetQueryExecution",
    "GetQueryResults",
    "GetQueryResultsStream",
    "GetWorkGroup",
    "ListQueryExecutions",
    "StartQueryExecution",
    "StopQueryExecution",
)
ON_CATALOGUE = (
    "GetDataCatalog",
    "GetDatabase",
    "GetTableMetadata",
    "ListDatabases",
    "ListTableMetadata",
)
ON_TABLES = (
    "BatchGetPartition",
    "GetDatabase",
    "GetDatabases",
    "GetPartition",
    "GetPartitions",
    "GetTable",
    "GetTables",
)
ANSWERS = (
    "s3:GetObject",
    "s3:PutObject",
    "s3:AbortMultipartUpload",
    "s3:ListMultipartUploadParts",
)
LISTING = ("s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads")


def data_source(
    scope: Construct, environment: Environment, reports: ReportsStack, permissions: list
) -> quicksight.CfnDataSource:
    """It goes by a role of its own, so that nobody opens the lake to all of QuickSight by hand."""
    role = _role(scope, reports)
    q = quicksight.CfnDataSource
    source = q(
        scope,
        "source",
        aws_account_id=Stack.of(scope).account,
        data_source_id=environment.prefix,
        name=f"Kasstroom {environment.name}",
        type="ATHENA",
        data_source_parameters=q.DataSourceParametersProperty(
            athena_parameters=q.AthenaParametersProperty(
                work_group=reports.workgroup_name, role_arn=role.role_arn
            )
        ),
        ssl_properties=q.SslPropertiesProperty(disable_ssl=False),
        permissions=permissions,
    )
    # QuickSight tries the connection when the source is made: the role must be able by then.
    source.node.add_dependency(role)
    source.add_resource_dependency(reports.workgroup)
    return source


def _role(scope: Construct, reports: ReportsStack) -> iam.Role:
    role = iam.Role(
        scope,
        "lake-reader",
        assumed_by=iam.ServicePrincipal("quicksight.amazonaws.com"),
        description="QuickSight asks Athena about the lake",
    )
    arn = role.stack.format_arn
    workgroup = arn(service="athena", resource="workgroup", resource_name=reports.workgroup_name)
    catalogue = arn(service="athena", resource="datacatalog", resource_name=DATA_CATALOG)
    _allow(role, [f"athena:{action}" for action in ON_WORKGROUP], workgroup)
    _allow(role, [f"athena:{action}" for action in ON_CATALOGUE], catalogue)
    _allow(
        role,
        [f"glue:{action}" for action in ON_TABLES],
        arn(service="glue", resource="catalog"),
        arn(service="glue", resource="database", resource_name=reports.database_name),
        *(
            arn(service="glue", resource="table", resource_name=f"{reports.database_name}/{name}")
            for name in (*(table.name for table in CATALOGUE), READERS)
        ),
    )
    _allow(role, LISTING, reports.bucket.bucket_arn, reports.results.bucket_arn)
    _below(role, reports.bucket, LAKE_PREFIX, "s3:GetObject")
    _below(role, reports.bucket, READERS_PREFIX, "s3:GetObject")
    _below(role, reports.results, "", *ANSWERS)
    return role


def _allow(role: iam.Role, actions: Sequence[str], *resources: str) -> None:
    role.add_to_policy(iam.PolicyStatement(actions=list(actions), resources=list(resources)))


def _below(role: iam.Role, bucket: PrivateBucket, prefix: str, *actions: str) -> None:
    _allow(role, actions, bucket.arn_for_objects(f"{prefix}*"))
    # The checklist knows a bucket of another stack by the name it is exported under.
    exported = bucket.stack.export_value(bucket.bucket_arn)
    arn = bucket.stack.resolve(exported)["Fn::ImportValue"]
    accept(
        role,
        f"AwsSolutions-IAM5[Resource::{arn}/{prefix}*]",
        "Athena reads and names the objects; they lie in this bucket, below this prefix.",
    )
    key = bucket.encryption_key
    if key:
        _allow(role, ["kms:Decrypt", "kms:GenerateDataKey"], key.key_arn)
