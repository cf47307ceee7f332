"""The Lambda of one folder of functions/: `<context>/<name>` is its name everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from aws_cdk import Duration, RemovalPolicy, Size
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from constructs import Construct

from infra.environments import ROOT, Environment
from infra.parts.checklist import accept
from infra.parts.foundation import Foundation
from infra.parts.layers import RUNTIME
from kasstroom.settings import METRICS_NAMESPACE, ClockSettings, ModeSettings, Settings


class Function(lambda_.Function):
    """Its own role, its own log group, an alarm on its errors, and no permission but those
    the capability gives it by name."""

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        on: Foundation,
        settings: Sequence[Settings] = (),
        layers: Sequence[str] = (),
        timeout_seconds: int = 30,
        memory_mb: int = 512,
        scratch_mb: int = 512,
        latency_critical: bool = False,
    ) -> None:
        environment = on.environment
        self.name = name
        id_ = name.split("/")[1]
        physical = f"{environment.prefix}-{name.replace('/', '-')}"
        log_group = _log_group(scope, f"{id_}-logs", physical, environment)
        snap = latency_critical and environment.snap_start
        super().__init__(
            scope,
            id_,
            function_name=physical,
            handler="handler.handler",
            code=_code(name),
            layers=on.layers.named(*layers),
            environment=_variables(name, environment, settings),
            timeout=Duration.seconds(timeout_seconds),
            memory_size=memory_mb,
            ephemeral_storage_size=Size.mebibytes(scratch_mb),
            role=_role(scope, f"{id_}-role", log_group),
            log_group=log_group,
            snap_start=lambda_.SnapStartConf.ON_PUBLISHED_VERSIONS if snap else None,
            **_machine(environment),
        )
        self.entry: lambda_.IFunction = self._snapshot() if snap else self
        _accept(self, environment)
        on.watch.function(self)

    def _snapshot(self) -> lambda_.IFunction:
        """A snapshot belongs to a published version, so callers go through an alias."""
        accept(
            self,
            "@aws-cdk/aws-lambda:snapStartRequirePublish",
            "The alias publishes a version on every change.",
        )
        return lambda_.Alias(self, "live", alias_name="live", version=self.current_version)


def _log_group(
    scope: Construct, id_: str, physical: str, environment: Environment
) -> logs.LogGroup:
    return logs.LogGroup(
        scope,
        id_,
        log_group_name=f"/aws/lambda/{physical}",
        retention=retention(environment),
        removal_policy=RemovalPolicy.DESTROY,
    )


def retention(environment: Environment) -> logs.RetentionDays:
    return {
        1: logs.RetentionDays.ONE_DAY,
        30: logs.RetentionDays.ONE_MONTH,
        180: logs.RetentionDays.SIX_MONTHS,
    }[environment.log_retention_days]


def _role(scope: Construct, id_: str, log_group: logs.LogGroup) -> iam.Role:
    """May write its own log and nothing else, until a capability grants more."""
    role = iam.Role(scope, id_, assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
    role.add_to_policy(
        iam.PolicyStatement(
            actions=["logs:CreateLogStream", "logs:PutLogEvents"],
            resources=[log_group.log_group_arn],
        )
    )
    return role


def _code(name: str) -> lambda_.Code:
    folder = ROOT / "functions" / name
    return lambda_.Code.from_asset(str(folder), exclude=["**/__pycache__", "**/*.pyc"])


def _machine(environment: Environment) -> dict[str, Any]:
    """What all functions of an environment have in common."""
    architectures = {"arm64": lambda_.Architecture.ARM_64, "x86_64": lambda_.Architecture.X86_64}
    return {
        "runtime": RUNTIME,
        "architecture": architectures[environment.architecture],
        "tracing": lambda_.Tracing.ACTIVE if environment.tracing else lambda_.Tracing.DISABLED,
    }


def _accept(function: Function, environment: Environment) -> None:
    accept(
        function,
        "AwsSolutions-L1",
        "Every layer is locked and built for Python 3.13; RUNTIME in parts/layers.py moves all"
        " functions at once when the locked packages have wheels for a newer one.",
    )
    if environment.tracing:
        accept(
            function.role,
            "AwsSolutions-IAM5[Resource::*]",
            "X-Ray's two write actions know no resource; nothing else has a star.",
        )


def _variables(name: str, environment: Environment, settings: Sequence[Settings]) -> dict[str, str]:
    always = (ClockSettings(clock=environment.clock), ModeSettings(mode=environment.mode))
    told = {k: v for part in (*always, *settings) for k, v in part.to_env().items()}
    return {
        **told,
        **environment.function_env,
        "POWERTOOLS_SERVICE_NAME": name,
        "POWERTOOLS_METRICS_NAMESPACE": METRICS_NAMESPACE,
        "POWERTOOLS_LOG_LEVEL": "INFO",
    }
