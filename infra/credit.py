"""Who may pay later, and what is known of them: one line per capability."""

from __future__ import annotations

from infra.capabilities.applications import Applications
from infra.capabilities.credit import Credit
from infra.capabilities.credit_policies import CreditPolicies
from infra.capabilities.insurance import Insurance
from infra.capabilities.screening import Screening
from infra.capabilities.work import Work
from infra.data import DataStack
from infra.parts.foundation import Foundation
from infra.service import Beside, ServiceStack


class CreditStack(Beside):
    def build(self, on: Foundation, data: DataStack, service: ServiceStack) -> None:
        api, bus, public_url = service.api, service.bus, service.public_url
        secret = data.provider_secret_name
        screening = Screening(
            self, "screening", on=on, api=api, public_url=public_url, provider_secret=secret
        )
        Credit(self, "credit", on=on, api=api, bus=bus, ask_now=screening.ask_now)
        CreditPolicies(self, "credit-policies", on=on, api=api)
        Applications(
            self,
            "applications",
            on=on,
            api=api,
            bus=bus,
            public_url=public_url,
            provider_secret=secret,
        )
        Work(self, "work", on=on, api=api)
        Insurance(self, "insurance", on=on, api=api, public_url=public_url, provider_secret=secret)
