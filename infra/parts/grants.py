"""Permissions by name: exactly the actions a port uses, on exactly its table, bucket or secret."""

from __future__ import annotations

from collections.abc import Sequence

from aws_cdk import ArnFormat
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_s3 as s3

from infra.parts.checklist import accept
from kasstroom_aws.keys import DUE_INDEX

READ = ("dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query")
# No DeleteItem: the ledger is append-only and the outbox goes by its time to live.
WRITE = ("dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:ConditionCheckItem")


def allow(function: lambda_.Function, *actions: str, on: str | list[str]) -> None:
    resources = [on] if isinstance(on, str) else on
    function.add_to_role_policy(iam.PolicyStatement(actions=list(actions), resources=resources))


def one_item(function: lambda_.Function, table: dynamodb.TableV2) -> None:
    """Look a name up: one GetItem."""
    allow(function, "dynamodb:GetItem", on=table.table_arn)
    _use_key(function, table.encryption_key, "dynamodb", write=False)


def books(function: lambda_.Function, table: dynamodb.TableV2) -> None:
    """Read and write the books; a transaction needs the permission of each of its parts."""
    allow(function, *READ, *WRITE, on=table.table_arn)
    _use_key(function, table.encryption_key, "dynamodb", write=True)


def read_books(function: lambda_.Function, table: dynamodb.TableV2) -> None:
    """Look at the books and change nothing."""
    allow(function, *READ, on=table.table_arn)
    _use_key(function, table.encryption_key, "dynamodb", write=False)


def outbox(function: lambda_.Function, table: dynamodb.TableV2) -> None:
    """Tell an event and change nothing else: one PutItem in a transaction."""
    allow(function, "dynamodb:PutItem", on=table.table_arn)
    _use_key(function, table.encryption_key, "dynamodb", write=True)


def due_work(function: lambda_.Function, table: dynamodb.TableV2) -> None:
    """Ask what is due."""
    allow(function, "dynamodb:Query", on=f"{table.table_arn}/index/{DUE_INDEX}")
    _use_key(function, table.encryption_key, "dynamodb", write=False)


def whole_table(function: lambda_.Function, table: dynamodb.TableV2) -> None:
    """Walk over everything: the nightly export and nobody else."""
    allow(function, "dynamodb:Scan", on=table.table_arn)
    _use_key(function, table.encryption_key, "dynamodb", write=False)


def stream(function: lambda_.Function, table: dynamodb.TableV2) -> None:
    reading = ("DescribeStream", "GetRecords", "GetShardIterator", "ListStreams")
    allow(
        function,
        *(f"dynamodb:{action}" for action in reading),
        on=table.table_stream_arn,
    )
    _use_key(function, table.encryption_key, "dynamodb", write=False)


def objects(function: lambda_.Function, bucket: s3.IBucket, prefix: str) -> None:
    """Read and write below the prefix. Without ListBucket a missing object is "access denied"."""
    allow(function, "s3:ListBucket", on=bucket.bucket_arn)
    _below(function, bucket, prefix, "s3:GetObject", "s3:PutObject")


def read_objects(function: lambda_.Function, bucket: s3.IBucket, prefix: str) -> None:
    """Read below the prefix; a link to a file opens what the function that made it may read."""
    _below(function, bucket, prefix, "s3:GetObject")


def new_objects(function: lambda_.Function, bucket: s3.IBucket, prefix: str) -> None:
    """Write below the prefix, large files in parts, and read nothing."""
    _below(function, bucket, prefix, "s3:PutObject", "s3:AbortMultipartUpload")


def replaced_objects(function: lambda_.Function, bucket: s3.IBucket, prefix: str) -> None:
    """Write below the prefix, take away what it replaces, and read nothing."""
    new_objects(function, bucket, prefix)
    allow(function, "s3:DeleteObject", on=bucket.arn_for_objects(f"{prefix}*"))


def partitions(function: lambda_.Function, database: str, tables: Sequence[str]) -> None:
    """Tell the catalogue where a new day of these tables stands."""
    arn = function.stack.format_arn
    allow(
        function,
        "glue:BatchCreatePartition",
        on=[
            arn(service="glue", resource="catalog"),
            arn(service="glue", resource="database", resource_name=database),
            *(
                arn(service="glue", resource="table", resource_name=f"{database}/{t}")
                for t in tables
            ),
        ],
    )


def secret(function: lambda_.Function, name: str, key: kms.IKey | None) -> None:
    """By its name: AWS adds six characters of its own to a secret's ARN."""
    arn = function.stack.format_arn(
        service="secretsmanager",
        resource="secret",
        resource_name=f"{name}-??????",
        arn_format=ArnFormat.COLON_RESOURCE_NAME,
    )
    allow(function, "secretsmanager:GetSecretValue", on=arn)
    _use_key(function, key, "secretsmanager", write=False)


def _below(function: lambda_.Function, bucket: s3.IBucket, prefix: str, *actions: str) -> None:
    allow(function, *actions, on=bucket.arn_for_objects(f"{prefix}*"))
    # The checklist knows a bucket of another stack by the name it is exported under.
    exported = bucket.stack.export_value(bucket.bucket_arn)
    arn = bucket.stack.resolve(exported)["Fn::ImportValue"]
    accept(
        function.role,
        f"AwsSolutions-IAM5[Resource::{arn}/{prefix}*]",
        f"The object's name is chosen when it is written; all of them lie below {prefix}.",
    )
    _use_key(function, bucket.encryption_key, "s3", write="s3:PutObject" in actions)


def _use_key(
    function: lambda_.Function, key: kms.IKey | None, service: str, *, write: bool
) -> None:
    """The data's own key, only through the service that holds the data."""
    if key is None:
        return
    region = function.stack.region
    actions = ["kms:Decrypt", *(["kms:Encrypt", "kms:GenerateDataKey"] if write else [])]
    function.add_to_role_policy(
        iam.PolicyStatement(
            actions=actions,
            resources=[key.key_arn],
            conditions={"StringEquals": {"kms:ViaService": f"{service}.{region}.amazonaws.com"}},
        )
    )
