"""The tables: on demand, restorable to any second of the last 35 days, kept when a stack goes."""

from __future__ import annotations

from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_kms as kms
from constructs import Construct

from infra.environments import Environment
from infra.parts.bucket import removal
from kasstroom_aws.keys import DUE_INDEX, DUE_PK, DUE_SK, PK, SK, TTL


def books_table(
    scope: Construct, environment: Environment, key: kms.Key | None
) -> dynamodb.TableV2:
    return dynamodb.TableV2(
        scope,
        "books",
        partition_key=_text(PK),
        sort_key=_text(SK),
        global_secondary_indexes=[
            dynamodb.GlobalSecondaryIndexPropsV2(
                index_name=DUE_INDEX,
                partition_key=_text(DUE_PK),
                sort_key=_text(DUE_SK),
                projection_type=dynamodb.ProjectionType.KEYS_ONLY,
            )
        ],
        billing=dynamodb.Billing.on_demand(),
        dynamo_stream=dynamodb.StreamViewType.NEW_IMAGE,
        time_to_live_attribute=TTL,
        point_in_time_recovery_specification=dynamodb.PointInTimeRecoverySpecification(
            point_in_time_recovery_enabled=True
        ),
        encryption=dynamodb.TableEncryptionV2.customer_managed_key(key) if key else None,
        deletion_protection=environment.protect_data,
        removal_policy=removal(environment),
    )


def figure_table(
    scope: Construct, environment: Environment, key: kms.Key | None
) -> dynamodb.TableV2:
    """What is counted all day long. Apart from the books: no news is told of it, and whoever reads
    figures sees no debtor. A recount makes all of it again."""
    return dynamodb.TableV2(
        scope,
        "figures",
        partition_key=_text(PK),
        sort_key=_text(SK),
        billing=dynamodb.Billing.on_demand(),
        point_in_time_recovery_specification=dynamodb.PointInTimeRecoverySpecification(
            point_in_time_recovery_enabled=True
        ),
        encryption=dynamodb.TableEncryptionV2.customer_managed_key(key) if key else None,
        deletion_protection=environment.protect_data,
        removal_policy=removal(environment),
    )


def _text(name: str) -> dynamodb.Attribute:
    return dynamodb.Attribute(name=name, type=dynamodb.AttributeType.STRING)
