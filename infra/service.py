"""The contents page of the suite's core: one line per capability. What grants credit, moves money,
reminds or reports has a stack of its own (`credit.py`, `money.py`, `reminding.py`, `reporting.py`):
a stack holds 500 resources.
"""

from __future__ import annotations

from aws_cdk import CfnOutput, Stack
from constructs import Construct

from infra.capabilities.access import Access
from infra.capabilities.compliance import Compliance
from infra.capabilities.debtors import Debtors
from infra.capabilities.docs import Docs
from infra.capabilities.events import Events
from infra.capabilities.invoices import Invoices
from infra.capabilities.staff import Staff
from infra.data import DataStack
from infra.environments import Environment
from infra.parts.alarms import Watch
from infra.parts.api import Api
from infra.parts.channels import Channels
from infra.parts.foundation import Foundation
from infra.parts.layers import Layers


class ServiceStack(Stack):
    """`api`, `bus`, `channels`, `watch` and `public_url` are what the other stacks build on."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        environment: Environment,
        data: DataStack,
        **stack,
    ) -> None:
        super().__init__(scope, id_, **stack)
        self.watch = Watch(self, "watch", environment=environment, key=data.key)
        on = foundation(self, environment, data, self.watch)
        self.api = api = Api(self, "api", environment=environment)
        self.watch.api(api, api.http)
        self.public_url = environment.public_url or api.url
        self.channels = Channels(self, "channels", environment=environment, key=data.key)
        self.bus = Events(self, "events", on=on).bus

        Access(self, "access", on=on, api=api)
        Staff(self, "staff", on=on, api=api, pool=data.staff, public_url=self.public_url)
        Docs(self, "docs", on=on, api=api)
        Compliance(self, "compliance", on=on, api=api)
        Debtors(self, "debtors", on=on, api=api)
        Invoices(self, "invoices", on=on, api=api, letters=data.letters)

        CfnOutput(self, "ApiId", value=api.id)
        CfnOutput(self, "ApiUrl", value=self.public_url)
        CfnOutput(self, "BusName", value=self.bus.event_bus_name)


def foundation(stack: Stack, environment: Environment, data: DataStack, watch: Watch) -> Foundation:
    """What the capabilities of one stack stand on."""
    layers = Layers(stack, "layers", environment=environment)
    return Foundation(environment=environment, table=data.table, layers=layers, watch=watch)


class Beside(Stack):
    """A stack that stands beside the service: its own dashboard, the same alarms. A subclass says
    in `build` what it consists of."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        environment: Environment,
        data: DataStack,
        service: ServiceStack,
        **stack,
    ) -> None:
        super().__init__(scope, id_, **stack)
        topic = service.watch.topic
        watch = Watch(self, "watch", environment=environment, key=data.key, topic=topic)
        self.build(foundation(self, environment, data, watch), data, service)

    def build(self, on: Foundation, data: DataStack, service: ServiceStack) -> None:
        raise NotImplementedError
