"""Strategies of reminding: written, tried, put in force; and what people do with single cases."""

from __future__ import annotations

from aws_cdk import aws_events as events
from constructs import Construct

from infra.parts import grants
from infra.parts.api import Api
from infra.parts.foundation import Foundation
from infra.parts.function import Function
from infra.parts.queue import WorkQueue
from kasstroom.dunning.fitting import FOLLOWED
from kasstroom.settings import FitQueueSettings, ReminderQueueSettings, TableSettings

FIT_SECONDS = 120
READ_SECONDS = 28
"""A page of the portfolio is read while somebody waits; the API gives up after 29 seconds."""


class Strategies(Construct):
    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        on: Foundation,
        api: Api,
        bus: events.IEventBus,
        reminders: WorkQueue,
    ) -> None:
        super().__init__(scope, id_)
        knows_table = TableSettings(table_name=on.table.table_name)
        strategies = Function(
            self,
            "dunning/strategies_api",
            on=on,
            settings=[knows_table],
            timeout_seconds=READ_SECONDS,
        )
        grants.books(strategies, on.table)
        api.serves(
            strategies,
            "/v1/dunning/strategies",
            "/v1/dunning/strategies/{proxy+}",
            "/v1/dunning/simulations",
        )
        cases = Function(
            self,
            "dunning/cases_api",
            on=on,
            settings=[knows_table, ReminderQueueSettings(reminder_queue_url=reminders.url)],
            timeout_seconds=READ_SECONDS,
        )
        grants.books(cases, on.table)
        reminders.accepts_from(cases)
        api.serves(
            cases,
            "/v1/dunning/debtors/{proxy+}",
            "/v1/dunning/runs",
            "/v1/dunning/pauses",
            "/v1/dunning/pauses/{proxy+}",
            "/v1/dunning/proposals",
            "/v1/dunning/proposals/{proxy+}",
        )
        signals = Function(
            self,
            "dunning/early_signals_api",
            on=on,
            settings=[knows_table],
            timeout_seconds=READ_SECONDS,
        )
        grants.books(signals, on.table)
        api.serves(signals, "/v1/dunning/early-signals/{proxy+}")
        self._fitting(on, bus)

    def _fitting(self, on: Foundation, bus: events.IEventBus) -> None:
        queue = WorkQueue(
            self,
            "fits",
            on=on,
            worker_timeout_seconds=FIT_SECONDS,
            what_to_do="Debtors could not be put on the strategy in force: see the function's log"
            " and redrive; until then their next step comes by the strategy before, and is worked"
            " out anew when it is due.",
        )
        knows = [
            TableSettings(table_name=on.table.table_name),
            FitQueueSettings(fit_queue_url=queue.url),
        ]
        fit = Function(
            self, "dunning/fit_strategies", on=on, settings=knows, timeout_seconds=FIT_SECONDS
        )
        grants.books(fit, on.table)
        queue.accepts_from(fit)
        queue.feeds(fit, batch_size=1)
        queue.follows(bus, FOLLOWED)
