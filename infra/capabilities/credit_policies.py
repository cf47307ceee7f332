"""Which rules decide, as data; and why a decision was what it was."""

from __future__ import annotations

from constructs import Construct

from infra.parts import grants
from infra.parts.api import Api
from infra.parts.foundation import Foundation
from infra.parts.function import Function
from kasstroom.settings import TableSettings


class CreditPolicies(Construct):
    """Apart from the checkout's own function, which has to start fast and stays small."""

    def __init__(self, scope: Construct, id_: str, *, on: Foundation, api: Api) -> None:
        super().__init__(scope, id_)
        policies = Function(
            self,
            "credit/policies_api",
            on=on,
            settings=[TableSettings(table_name=on.table.table_name)],
            timeout_seconds=29,
            memory_mb=1024,
        )
        grants.books(policies, on.table)
        api.serves(
            policies,
            "/v1/credit-policies",
            "/v1/credit-policies/{proxy+}",
            "/v1/credit-checks/{id}/explanation",
            "/v1/credit-checks/{id}/adverse-action",
        )
