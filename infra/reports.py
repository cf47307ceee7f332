"""The lake: what the nightly export writes and registers, readable with SQL, without a crawler."""

from __future__ import annotations

from collections.abc import Iterator

from aws_cdk import CfnOutput, Duration, Stack
from aws_cdk import aws_athena as athena
from aws_cdk import aws_glue as glue
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.data import DataStack
from infra.environments import Environment
from infra.parts.bucket import PrivateBucket
from kasstroom.reports.lake import CATALOGUE, EXPORT_DAYS, EXPORT_PREFIX, RUN_PREFIX, Table
from kasstroom.settings import REPORT_DAYS, REPORT_PREFIX

RESULT_DAYS = 14
MOST_BYTES_PER_QUERY = 100 * 1024**3


class ReportsStack(Stack):
    def __init__(
        self, scope: Construct, id_: str, *, environment: Environment, data: DataStack, **stack
    ) -> None:
        super().__init__(scope, id_, **stack)
        self.bucket = _lake(self, environment, data)
        self.database_name = f"kasstroom_{environment.name}"
        self.workgroup_name = environment.prefix
        database = glue.CfnDatabase(
            self,
            "database",
            catalog_id=self.account,
            database_input={
                "name": self.database_name,
                "description": "The books as of each night, and events within minutes",
            },
        )
        for table in CATALOGUE:
            _table(self, self.database_name, self.bucket, table).add_resource_dependency(database)
        self.results = _results(self, environment, data)
        self.workgroup = _workgroup(self, self.workgroup_name, self.results, data.key)
        CfnOutput(self, "LakeBucket", value=self.bucket.bucket_name)
        CfnOutput(self, "GlueDatabase", value=self.database_name)
        CfnOutput(self, "AthenaWorkgroup", value=self.workgroup_name)


def _lake(scope: Construct, environment: Environment, data: DataStack) -> PrivateBucket:
    return PrivateBucket(
        scope,
        "lake",
        environment=environment,
        key=data.key,
        access_logs=data.access_logs,
        lifecycle=[*_forgotten(), _replaced()],
    )


def _forgotten() -> Iterator[s3.LifecycleRule]:
    """Each table for as long as it says itself, so that who was erased from the books is gone from
    the lake by then too, token and all."""
    kept = {table.prefix: table.kept_days for table in CATALOGUE}
    kept |= {EXPORT_PREFIX: EXPORT_DAYS, RUN_PREFIX: EXPORT_DAYS, REPORT_PREFIX: REPORT_DAYS}
    for prefix, days in kept.items():
        yield s3.LifecycleRule(prefix=prefix, expiration=Duration.days(days))


def _replaced() -> s3.LifecycleRule:
    """What was written over or taken away can be fetched back for a month."""
    return s3.LifecycleRule(
        noncurrent_version_expiration=Duration.days(30),
        abort_incomplete_multipart_upload_after=Duration.days(7),
        expired_object_delete_marker=True,
    )


def _results(scope: Construct, environment: Environment, data: DataStack) -> PrivateBucket:
    """Answers to questions: worth keeping for a fortnight, and never mixed with the lake."""
    return PrivateBucket(
        scope,
        "results",
        environment=environment,
        key=data.key,
        access_logs=data.access_logs,
        lifecycle=[
            s3.LifecycleRule(
                expiration=Duration.days(RESULT_DAYS),
                noncurrent_version_expiration=Duration.days(1),
            )
        ],
    )


def _table(scope: Construct, database_name: str, bucket: s3.Bucket, shape: Table) -> glue.CfnTable:
    table = glue.CfnTable(
        scope,
        shape.name,
        catalog_id=Stack.of(scope).account,
        database_name=database_name,
        table_input={
            "name": shape.name,
            "description": shape.description,
            "tableType": "EXTERNAL_TABLE",
            "parameters": shape.parameters(),
            "partitionKeys": [
                {"name": column.name, "type": str(column.type), "comment": column.means}
                for column in shape.partitions
            ],
        },
    )
    # In CloudFormation's own words, because the nightly export describes its partitions with them.
    storage = shape.storage(shape.location(bucket.bucket_name))
    table.add_property_override("TableInput.StorageDescriptor", storage)
    return table


def _workgroup(
    scope: Construct, name: str, results: s3.Bucket, key: kms.IKey | None
) -> athena.CfnWorkGroup:
    """Whoever asks cannot send the answer elsewhere, nor read a terabyte by mistake."""
    encryption: dict[str, str] = {"encryptionOption": "SSE_S3"}
    if key:
        encryption = {"encryptionOption": "SSE_KMS", "kmsKey": key.key_arn}
    return athena.CfnWorkGroup(
        scope,
        "workgroup",
        name=name,
        recursive_delete_option=True,
        work_group_configuration={
            "enforceWorkGroupConfiguration": True,
            "publishCloudWatchMetricsEnabled": True,
            "bytesScannedCutoffPerQuery": MOST_BYTES_PER_QUERY,
            "resultConfiguration": {
                "outputLocation": f"s3://{results.bucket_name}/",
                "encryptionConfiguration": encryption,
            },
        },
    )
