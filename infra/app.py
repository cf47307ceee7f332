"""Which stacks stand where.

The environment is chosen with `-c environment=local|sandbox|production`. Without it, `sandbox`:
a command somebody forgot to finish never touches the account where real money moves.
"""

from __future__ import annotations

import aws_cdk as cdk
from cdk_nag import AwsSolutionsChecks

from infra.credit import CreditStack
from infra.dashboards import DashboardsStack
from infra.data import DataStack
from infra.environments import Environment, environment
from infra.money import MoneyStack
from infra.reminding import RemindingStack
from infra.reporting import ReportingStack
from infra.reports import ReportsStack
from infra.sandbox import SandboxStack
from infra.service import ServiceStack

DEFAULT = "sandbox"


def chosen(app: cdk.App) -> Environment:
    return environment(app.node.try_get_context("environment") or DEFAULT, app.node.try_get_context)


def build(app: cdk.App) -> dict[str, cdk.Stack]:
    """The stacks by role, in the order in which they are deployed."""
    place = chosen(app)
    options = {
        "environment": place,
        "env": cdk.Environment(account=place.account, region=place.region),
        "termination_protection": place.protect_data,
    }
    data = DataStack(app, f"{place.prefix}-data", **options)
    reports = ReportsStack(app, f"{place.prefix}-reports", data=data, **options)
    service = ServiceStack(app, f"{place.prefix}-service", data=data, **options)
    stacks = {"data": data, "reports": reports, "service": service}
    rooms = {"credit": CreditStack, "money": MoneyStack, "reminding": RemindingStack}
    if place.sandbox:
        rooms["sandbox"] = SandboxStack
    for role, room in rooms.items():
        stacks[role] = room(app, f"{place.prefix}-{role}", data=data, service=service, **options)
    stacks["reporting"] = ReportingStack(
        app, f"{place.prefix}-reporting", data=data, service=service, reports=reports, **options
    )
    if place.quicksight_reader:
        stacks["dashboards"] = DashboardsStack(
            app, f"{place.prefix}-dashboards", reports=reports, **options
        )
    cdk.Tags.of(app).add("application", "kasstroom")
    cdk.Tags.of(app).add("environment", place.name)
    return stacks


def check(app: cdk.App) -> None:
    """Refuse to synthesise what AWS's own checklist objects to, unless a reason is written."""
    cdk.Validations.of(app).add_plugins(
        AwsSolutionsChecks(app, write_suppressions_to_cloud_formation=True)
    )


if __name__ == "__main__":
    kasstroom = cdk.App()
    build(kasstroom)
    # The embedded AWS speaks plain http, to which the checklist rightly objects.
    if chosen(kasstroom).tls_only:
        check(kasstroom)
    kasstroom.synth()
