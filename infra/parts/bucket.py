"""A private bucket: encrypted, versioned, its accesses logged, closed to the public."""

from __future__ import annotations

from collections.abc import Sequence

from aws_cdk import Duration, RemovalPolicy, Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.environments import Environment
from infra.parts.checklist import accept


def removal(environment: Environment) -> RemovalPolicy:
    return RemovalPolicy.RETAIN if environment.protect_data else RemovalPolicy.DESTROY


class PrivateBucket(s3.Bucket):
    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        environment: Environment,
        key: kms.IKey | None,
        access_logs: AccessLogs,
        lifecycle: Sequence[s3.LifecycleRule] = (),
    ) -> None:
        super().__init__(
            scope,
            id_,
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
            encryption=s3.BucketEncryption.KMS if key else s3.BucketEncryption.S3_MANAGED,
            encryption_key=key,
            bucket_key_enabled=True if key else None,
            enforce_ssl=environment.tls_only,
            versioned=True,
            lifecycle_rules=list(lifecycle),
            removal_policy=removal(environment),
        )
        # Set on the resource itself: the construct would tie the log bucket to this stack.
        self.node.default_child.logging_configuration = s3.CfnBucket.LoggingConfigurationProperty(
            destination_bucket_name=access_logs.bucket_name, log_file_prefix=f"{id_}/"
        )


class AccessLogs(s3.Bucket):
    """Who read or wrote an object of ours, kept for 90 days."""

    def __init__(self, scope: Construct, id_: str, *, environment: Environment) -> None:
        super().__init__(
            scope,
            id_,
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
            encryption=s3.BucketEncryption.S3_MANAGED,
            enforce_ssl=environment.tls_only,
            lifecycle_rules=[s3.LifecycleRule(expiration=Duration.days(90))],
            removal_policy=removal(environment),
        )
        self.add_to_resource_policy(
            iam.PolicyStatement(
                actions=["s3:PutObject"],
                principals=[iam.ServicePrincipal("logging.s3.amazonaws.com")],
                resources=[self.arn_for_objects("*")],
                conditions={"StringEquals": {"aws:SourceAccount": Stack.of(self).account}},
            )
        )
        accept(self, "AwsSolutions-S1", "A log bucket that logs itself would never be quiet.")
