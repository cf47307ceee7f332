"""What registers and bureaus say of a debtor: asked, kept fresh, and followed."""

from __future__ import annotations

from constructs import Construct

from infra.parts import grants, schedule
from infra.parts.api import Api
from infra.parts.foundation import Foundation
from infra.parts.function import Function
from infra.parts.queue import WorkQueue
from kasstroom.settings import (
    PublicSettings,
    RegisterSettings,
    ScreeningQueueSettings,
    TableSettings,
)

REFRESH_SECONDS = 60


class Screening(Construct):
    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        on: Foundation,
        api: Api,
        public_url: str,
        provider_secret: str,
    ) -> None:
        super().__init__(scope, id_)
        self._on, self._api, self._secret = on, api, provider_secret
        self._knows_table = TableSettings(table_name=on.table.table_name)
        self._knows_registers = register_settings(on, provider_secret)
        queue = WorkQueue(
            self,
            "refreshes",
            on=on,
            worker_timeout_seconds=REFRESH_SECONDS,
            what_to_do="A register or bureau could not be asked again: see the function's log for"
            " which one and why, put that right and redrive; what is known stays as it is.",
        )
        self._screenings()
        self.ask_now = self._for_the_checkout()
        self._webhook(queue)
        self._refreshing(queue, public_url)
        self._planning(queue)

    def _for_the_checkout(self) -> Function:
        ask_now = Function(
            self,
            "screening/ask_now",
            on=self._on,
            settings=[self._knows_table, self._knows_registers],
            layers=["partners"],
            timeout_seconds=10,
            memory_mb=1024,
        )
        grants.books(ask_now, self._on.table)
        grants.secret(ask_now, self._secret, self._on.table.encryption_key)
        return ask_now

    def _screenings(self) -> None:
        screenings = Function(
            self,
            "screening/api",
            on=self._on,
            settings=[self._knows_table, self._knows_registers],
            layers=["partners"],
        )
        grants.books(screenings, self._on.table)
        grants.secret(screenings, self._secret, self._on.table.encryption_key)
        self._api.serves(screenings, "/v1/screenings", "/v1/screenings/{proxy+}")

    def _webhook(self, queue: WorkQueue) -> None:
        """Knows the secret that signs its own address, and no books: verify, enqueue, answer."""
        webhook = Function(
            self,
            "screening/bureau_webhook",
            on=self._on,
            settings=[ScreeningQueueSettings(screening_queue_url=queue.url), self._knows_registers],
            timeout_seconds=10,
        )
        grants.secret(webhook, self._secret, self._on.table.encryption_key)
        queue.accepts_from(webhook)
        self._api.opens(webhook, "POST /webhooks/bureau/{org}/{debtor}/{signature}")

    def _refreshing(self, queue: WorkQueue, public_url: str) -> None:
        refresh = Function(
            self,
            "screening/refresh",
            on=self._on,
            settings=[
                self._knows_table,
                self._knows_registers,
                PublicSettings(public_url=public_url),
            ],
            layers=["partners"],
            timeout_seconds=REFRESH_SECONDS,
        )
        grants.books(refresh, self._on.table)
        grants.secret(refresh, self._secret, self._on.table.encryption_key)
        queue.feeds(refresh, batch_size=2)

    def _planning(self, queue: WorkQueue) -> None:
        plan = Function(
            self,
            "screening/plan_refreshes",
            on=self._on,
            settings=[self._knows_table, ScreeningQueueSettings(screening_queue_url=queue.url)],
            timeout_seconds=120,
        )
        grants.books(plan, self._on.table)
        grants.due_work(plan, self._on.table)
        queue.accepts_from(plan)
        when = schedule.every_few_minutes(self._on.environment)
        schedule.run(self, "planning", plan, when)


def register_settings(on: Foundation, provider_secret: str) -> RegisterSettings:
    """For every function that may ask a register: the checkout is one."""
    registers = on.environment.registers
    return RegisterSettings(
        provider_secret=provider_secret,
        kvk_url=registers.kvk_url,
        vies_url=registers.vies_url,
        creditsafe_url=registers.creditsafe_url,
        insolvency_url=registers.insolvency_url,
        sanctions_url=registers.sanctions_url,
    )
