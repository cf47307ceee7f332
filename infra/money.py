"""Money that moves, the bank that shows it, and who is told: one line per capability."""

from __future__ import annotations

from infra.capabilities.bank import Bank
from infra.capabilities.imports import Imports
from infra.capabilities.mandates import Mandates
from infra.capabilities.payments import Payments
from infra.capabilities.webhooks import Webhooks
from infra.data import DataStack
from infra.parts.foundation import Foundation
from infra.service import Beside, ServiceStack


class MoneyStack(Beside):
    def build(self, on: Foundation, data: DataStack, service: ServiceStack) -> None:
        api, public_url = service.api, service.public_url
        Payments(
            self,
            "payments",
            on=on,
            api=api,
            bus=service.bus,
            public_url=public_url,
            provider_secret=data.provider_secret_name,
        )
        bank = Bank(self, "bank", on=on, api=api, bus=service.bus)
        Imports(
            self,
            "imports",
            on=on,
            api=api,
            uploads=data.uploads,
            letters=data.letters,
            bank=bank,
        )
        Mandates(
            self,
            "mandates",
            on=on,
            api=api,
            bus=service.bus,
            channels=service.channels,
            uploads=data.uploads,
        )
        Webhooks(
            self,
            "webhooks",
            on=on,
            api=api,
            bus=service.bus,
            webhook_secret=data.webhook_secret_name,
        )
