"""Everything that must outlive a deployment: the books, the uploads, the provider's keys, the
accounts of people."""

from __future__ import annotations

from aws_cdk import CfnOutput, Duration, RemovalPolicy, Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_secretsmanager as secretsmanager
from constructs import Construct

from infra.environments import Environment
from infra.parts.bucket import AccessLogs, PrivateBucket, removal
from infra.parts.checklist import accept
from infra.parts.staff_pool import StaffPool
from infra.parts.tables import books_table, figure_table

UPLOAD_DAYS = 90
LETTER_DAYS = 2557
"""Seven years, as long as books are kept (art. 52 AWR): the letter is the proof of its term. What
was replaced before it was printed goes after a month."""


class DataStack(Stack):
    def __init__(self, scope: Construct, id_: str, *, environment: Environment, **stack) -> None:
        super().__init__(scope, id_, **stack)
        self.key = _key(self, environment)
        self.table = books_table(self, environment, self.key)
        self.figures = figure_table(self, environment, self.key)
        self.access_logs = AccessLogs(self, "access-logs", environment=environment)
        self.uploads = _uploads(self, environment, self.key, self.access_logs)
        self.letters = _letters(self, environment, self.key, self.access_logs)
        self.provider_secret_name = f"{environment.prefix}/provider"
        self.provider_secret = _provider_secret(
            self, self.provider_secret_name, environment, self.key
        )
        self.webhook_secret_name = f"{environment.prefix}/webhooks"
        _webhook_secret(self, self.webhook_secret_name, environment, self.key)
        self.staff = StaffPool(self, "staff", environment=environment)
        CfnOutput(self, "StaffPoolId", value=self.staff.pool.user_pool_id)
        CfnOutput(self, "TableName", value=self.table.table_name)
        CfnOutput(self, "FigureTable", value=self.figures.table_name)
        CfnOutput(self, "UploadBucket", value=self.uploads.bucket_name)
        CfnOutput(self, "LetterBucket", value=self.letters.bucket_name)
        CfnOutput(self, "ProviderSecretArn", value=self.provider_secret.secret_arn)


def _key(scope: Construct, environment: Environment) -> kms.Key | None:
    """One key of the owner's own for all that is kept; alarms and receipts pass through it too."""
    if not environment.customer_managed_key:
        return None
    key = kms.Key(
        scope,
        "key",
        alias=environment.prefix,
        enable_key_rotation=True,
        removal_policy=removal(environment),
    )
    for service in ("cloudwatch", "sms-voice", "social-messaging"):
        key.add_to_resource_policy(
            iam.PolicyStatement(
                actions=["kms:Decrypt", "kms:GenerateDataKey*"],
                principals=[iam.ServicePrincipal(f"{service}.amazonaws.com")],
                resources=["*"],
            )
        )
    return key


def _uploads(
    scope: Construct, environment: Environment, key: kms.Key | None, access_logs: AccessLogs
) -> PrivateBucket:
    bucket = PrivateBucket(
        scope,
        "uploads",
        environment=environment,
        key=key,
        access_logs=access_logs,
        lifecycle=[
            s3.LifecycleRule(
                expiration=Duration.days(UPLOAD_DAYS),
                noncurrent_version_expiration=Duration.days(30),
                abort_incomplete_multipart_upload_after=Duration.days(7),
            )
        ],
    )
    # On the resource itself: the construct would add a Lambda of its own to switch this on.
    bucket.node.default_child.notification_configuration = (
        s3.CfnBucket.NotificationConfigurationProperty(
            event_bridge_configuration=s3.CfnBucket.EventBridgeConfigurationProperty(
                event_bridge_enabled=True
            )
        )
    )
    return bucket


def _letters(
    scope: Construct, environment: Environment, key: kms.Key | None, access_logs: AccessLogs
) -> PrivateBucket:
    """Letters, and the documents of invoices. Apart from the uploads, which are forgotten after
    three months."""
    return PrivateBucket(
        scope,
        "letters",
        environment=environment,
        key=key,
        access_logs=access_logs,
        lifecycle=[
            s3.LifecycleRule(
                expiration=Duration.days(LETTER_DAYS),
                noncurrent_version_expiration=Duration.days(30),
                abort_incomplete_multipart_upload_after=Duration.days(7),
            )
        ],
    )


def _provider_secret(
    scope: Construct, name: str, environment: Environment, key: kms.Key | None
) -> secretsmanager.Secret:
    """Starts with a generated `webhook_key`; the owner adds each organisation's provider keys."""
    secret = secretsmanager.Secret(
        scope,
        "provider",
        secret_name=name,
        description="Provider API keys per organisation, and the key that signs webhook addresses",
        encryption_key=key,
        generate_secret_string=secretsmanager.SecretStringGenerator(
            secret_string_template='{"organisations": {}}',
            generate_string_key="webhook_key",
            password_length=64,
            exclude_punctuation=True,
        ),
        removal_policy=RemovalPolicy.RETAIN if environment.protect_data else RemovalPolicy.DESTROY,
    )
    accept(
        secret,
        "AwsSolutions-SMG4",
        "The provider's keys are renewed at the provider, by hand; a new webhook key would"
        " refuse the webhooks of payments that are still open.",
    )
    return secret


def _webhook_secret(
    scope: Construct, name: str, environment: Environment, key: kms.Key | None
) -> None:
    """Apart from the provider's keys: who calls addresses of others holds no key to money."""
    secret = secretsmanager.Secret(
        scope,
        "webhooks",
        secret_name=name,
        description="The key from which the signing secrets of outgoing webhooks follow",
        encryption_key=key,
        generate_secret_string=secretsmanager.SecretStringGenerator(
            secret_string_template="{}",
            generate_string_key="signing_key",
            password_length=64,
            exclude_punctuation=True,
        ),
        removal_policy=removal(environment),
    )
    accept(
        secret,
        "AwsSolutions-SMG4",
        "A new key would make every receiver refuse at once what we send; whoever receives renews"
        " the secret of a subscription of theirs, by API.",
    )
