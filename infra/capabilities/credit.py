"""May this buyer pay later? Asked while the buyer waits at the checkout."""

from __future__ import annotations

from aws_cdk import aws_events as events
from constructs import Construct

from infra.parts import grants, schedule
from infra.parts.api import Api
from infra.parts.foundation import Foundation
from infra.parts.function import Function
from infra.parts.queue import WorkQueue
from kasstroom.credit.adjusting import FOLLOWED
from kasstroom.settings import ScreeningFunctionSettings, TableSettings

ADJUST_SECONDS = 30


class Credit(Construct):
    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        on: Foundation,
        api: Api,
        bus: events.IEventBus,
        ask_now: Function,
    ) -> None:
        super().__init__(scope, id_)
        knows_table = TableSettings(table_name=on.table.table_name)
        self._limits(on, api, knows_table)
        self._reviews(on, knows_table)
        self._adjusting(on, bus, knows_table)
        checks = Function(
            self,
            "credit/api",
            on=on,
            settings=[
                knows_table,
                ScreeningFunctionSettings(screening_function=ask_now.function_name),
            ],
            timeout_seconds=10,
            memory_mb=1024,
            latency_critical=True,
        )
        grants.books(checks, on.table)
        # A policy may want fresh data; the credentials of registers stay with who asks them.
        grants.allow(checks, "lambda:InvokeFunction", on=ask_now.function_arn)
        api.serves(checks, "/v1/credit-checks", "/v1/credit-checks/{proxy+}")
        self._reservations(on, api, knows_table)

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

    def _reservations(self, on: Foundation, api: Api, knows_table: TableSettings) -> None:
        holds = Function(
            self, "credit/reservations_api", on=on, settings=[knows_table], timeout_seconds=10
        )
        grants.books(holds, on.table)
        api.serves(holds, "/v1/reservations/{proxy+}")

    def _limits(self, on: Foundation, api: Api, knows_table: TableSettings) -> None:
        limits = Function(self, "credit/limits_api", on=on, settings=[knows_table])
        grants.books(limits, on.table)
        api.serves(
            limits,
            "/v1/credit-limits/{proxy+}",
            "/v1/credit-groups",
            "/v1/credit-groups/{proxy+}",
        )

    def _reviews(self, on: Foundation, knows_table: TableSettings) -> None:
        open_due = Function(
            self,
            "credit/open_reviews",
            on=on,
            settings=[knows_table],
            timeout_seconds=300,
        )
        grants.books(open_due, on.table)
        grants.due_work(open_due, on.table)
        schedule.run(self, "reviewing", open_due, schedule.every_few_minutes(on.environment))

    def _adjusting(self, on: Foundation, bus: events.IEventBus, knows_table: TableSettings) -> None:
        """Through a queue, so that news that comes in a rush waits and is never lost."""
        queue = WorkQueue(
            self,
            "limit-news",
            on=on,
            worker_timeout_seconds=ADJUST_SECONDS,
            what_to_do="An automatic limit could not be looked at: the message names the debtor;"
            " put right what the log names and redrive, because looking twice changes nothing.",
        )
        queue.follows(bus, FOLLOWED)
        adjust = Function(
            self,
            "credit/adjust_limits",
            on=on,
            settings=[knows_table],
            timeout_seconds=ADJUST_SECONDS,
        )
        grants.books(adjust, on.table)
        queue.feeds(adjust)
