"""May this buyer pay later? Asked while the buyer waits at the checkout."""

from __future__ import annotations

from constructs import Construct

from infra.parts import grants, schedule
from infra.parts.api import Api
from infra.parts.foundation import Foundation
from infra.parts.function import Function
from kasstroom.settings import TableSettings


class Credit(Construct):
    def __init__(self, scope: Construct, id_: str, *, on: Foundation, api: Api) -> None:
        super().__init__(scope, id_)
        knows_table = TableSettings(table_name=on.table.table_name)
        checks = Function(
            self,
            "credit/api",
            on=on,
            settings=[knows_table],
            timeout_seconds=10,
            memory_mb=1024,
            latency_critical=True,
        )
        grants.books(checks, on.table)
        api.serves(
            checks, "/v1/credit-checks", "/v1/credit-checks/{proxy+}", "/v1/reservations/{proxy+}"
        )

        expire = Function(
            self,
            "credit/expire_reservations",
            on=on,
            settings=[knows_table],
            timeout_seconds=120,
        )
        grants.books(expire, on.table)
        grants.due_work(expire, on.table)
        schedule.run(self, "expiry", expire, schedule.every_few_minutes(on.environment))
