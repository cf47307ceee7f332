"""A function that is woken by the clock of the trade: Europe/Amsterdam."""

from __future__ import annotations

from aws_cdk import Duration, TimeZone
from aws_cdk import aws_iam as iam
from aws_cdk import aws_scheduler as scheduler
from aws_cdk import aws_scheduler_targets as targets
from constructs import Construct

from infra.environments import Environment
from infra.parts.function import Function


def every_few_minutes(environment: Environment) -> scheduler.ScheduleExpression:
    return scheduler.ScheduleExpression.rate(Duration.minutes(environment.frequent_minutes))


def each_night(environment: Environment) -> scheduler.ScheduleExpression:
    return scheduler.ScheduleExpression.expression(
        f"cron({environment.export_cron})", TimeZone.of(environment.timezone)
    )


def each_evening(environment: Environment) -> scheduler.ScheduleExpression:
    return scheduler.ScheduleExpression.expression(
        f"cron({environment.print_cron})", TimeZone.of(environment.timezone)
    )


def run(
    scope: Construct, id_: str, function: Function, when: scheduler.ScheduleExpression
) -> scheduler.Schedule:
    """A missed round carries no information: the next one asks the same question, so a
    schedule needs no dead letters; the function's error alarm tells that rounds fail."""
    role = iam.Role(
        scope, f"{id_}-role", assumed_by=iam.ServicePrincipal("scheduler.amazonaws.com")
    )
    role.add_to_policy(
        iam.PolicyStatement(
            actions=["lambda:InvokeFunction"], resources=[function.entry.function_arn]
        )
    )
    return scheduler.Schedule(
        scope,
        id_,
        schedule=when,
        target=targets.LambdaInvoke(
            function.entry, role=role.without_policy_updates(), retry_attempts=2
        ),
    )
