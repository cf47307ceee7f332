"""The contents page of the suite: one line per capability."""

from __future__ import annotations

from aws_cdk import CfnOutput, Stack
from constructs import Construct

from infra.capabilities.access import Access
from infra.capabilities.applications import Applications
from infra.capabilities.credit import Credit
from infra.capabilities.credit_policies import CreditPolicies
from infra.capabilities.debtors import Debtors
from infra.capabilities.docs import Docs
from infra.capabilities.dunning import Dunning
from infra.capabilities.events import Events
from infra.capabilities.imports import Imports
from infra.capabilities.insurance import Insurance
from infra.capabilities.invoices import Invoices
from infra.capabilities.messages import Messages
from infra.capabilities.payments import Payments
from infra.capabilities.reports import Reports
from infra.capabilities.sandbox import SandboxWorld
from infra.capabilities.screening import Screening
from infra.capabilities.work import Work
from infra.data import DataStack
from infra.environments import Environment
from infra.parts.alarms import Watch
from infra.parts.api import Api
from infra.parts.channels import Channels
from infra.parts.foundation import Foundation
from infra.parts.layers import Layers
from infra.reports import ReportsStack


class ServiceStack(Stack):
    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        environment: Environment,
        data: DataStack,
        reports: ReportsStack,
        **stack,
    ) -> None:
        super().__init__(scope, id_, **stack)
        on = _foundation(self, environment, data)
        api = Api(self, "api", environment=environment)
        on.watch.api(api, api.http)
        public_url = environment.public_url or api.url
        channels = Channels(self, "channels", environment=environment, key=data.key)

        facts = Events(self, "events", on=on)
        Access(self, "access", on=on, api=api)
        Docs(self, "docs", on=on, api=api)
        Debtors(self, "debtors", on=on, api=api)
        Invoices(self, "invoices", on=on, api=api)
        Imports(self, "imports", on=on, api=api, uploads=data.uploads)
        screening = Screening(
            self,
            "screening",
            on=on,
            api=api,
            public_url=public_url,
            provider_secret=data.provider_secret_name,
        )
        Credit(self, "credit", on=on, api=api, bus=facts.bus, ask_now=screening.ask_now)
        CreditPolicies(self, "credit-policies", on=on, api=api)
        Applications(
            self,
            "applications",
            on=on,
            api=api,
            bus=facts.bus,
            public_url=public_url,
            provider_secret=data.provider_secret_name,
        )
        Dunning(self, "dunning", on=on, channels=channels, public_url=public_url)
        Messages(self, "messages", on=on, channels=channels)
        Payments(
            self,
            "payments",
            on=on,
            api=api,
            public_url=public_url,
            provider_secret=data.provider_secret_name,
        )
        Work(self, "work", on=on, api=api)
        Insurance(
            self,
            "insurance",
            on=on,
            api=api,
            public_url=public_url,
            provider_secret=data.provider_secret_name,
        )
        Reports(self, "reports", on=on, lake=reports)
        if environment.sandbox:
            SandboxWorld(self, "sandbox", on=on, channels=channels, world=environment.sandbox)

        CfnOutput(self, "ApiId", value=api.id)
        CfnOutput(self, "ApiUrl", value=public_url)
        CfnOutput(self, "BusName", value=facts.bus.event_bus_name)


def _foundation(stack: Stack, environment: Environment, data: DataStack) -> Foundation:
    return Foundation(
        environment=environment,
        table=data.table,
        layers=Layers(stack, "layers", environment=environment),
        watch=Watch(stack, "watch", environment=environment, key=data.key),
    )
