"""A buyer asks for credit: the link, the form behind it, and what became of it."""

from __future__ import annotations

from aws_cdk import aws_events as events
from constructs import Construct

from infra.capabilities.screening import register_settings
from infra.parts import grants, schedule
from infra.parts.api import Api
from infra.parts.foundation import Foundation
from infra.parts.function import Function
from infra.parts.queue import WorkQueue
from kasstroom.applications.gathering import FOLLOWED
from kasstroom.settings import PublicSettings, TableSettings

GATHER_SECONDS = 60


class Applications(Construct):
    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        on: Foundation,
        api: Api,
        bus: events.IEventBus,
        public_url: str,
        provider_secret: str,
    ) -> None:
        super().__init__(scope, id_)
        knows_table = TableSettings(table_name=on.table.table_name)
        knows_public = PublicSettings(public_url=public_url)
        applications = Function(
            self,
            "applications/api",
            on=on,
            settings=[knows_table, knows_public],
            layers=["partners"],
        )
        grants.books(applications, on.table)
        api.serves(
            applications,
            "/v1/credit-applications",
            "/v1/credit-applications/{proxy+}",
            "/v1/credit-application-terms",
        )

        page = Function(
            self,
            "applications/form_page",
            on=on,
            settings=[knows_table, knows_public],
            layers=["pages", "partners"],
            memory_mb=1024,
        )
        grants.books(page, on.table)
        api.opens(
            page,
            "GET /apply/{token}",
            "HEAD /apply/{token}",
            "POST /apply/{token}",
            "POST /apply/{token}/withdraw",
        )

        expire = Function(
            self,
            "applications/expire",
            on=on,
            settings=[knows_table],
            timeout_seconds=120,
        )
        grants.books(expire, on.table)
        grants.due_work(expire, on.table)
        schedule.run(self, "expiry", expire, schedule.every_few_minutes(on.environment))
        self._gathering(on, bus, knows_table, provider_secret)

    def _gathering(
        self,
        on: Foundation,
        bus: events.IEventBus,
        knows_table: TableSettings,
        provider_secret: str,
    ) -> None:
        """Through a queue: registers may be slow, and who applied does not wait for them."""
        queue = WorkQueue(
            self,
            "sent-in",
            on=on,
            worker_timeout_seconds=GATHER_SECONDS,
            what_to_do="No facts were gathered for a credit application: the message names it; put"
            " right what the log names and redrive. A person can decide without them meanwhile.",
        )
        queue.follows(bus, FOLLOWED)
        gather = Function(
            self,
            "applications/gather_facts",
            on=on,
            settings=[knows_table, register_settings(on, provider_secret)],
            layers=["partners"],
            timeout_seconds=GATHER_SECONDS,
        )
        grants.books(gather, on.table)
        grants.secret(gather, provider_secret, on.table.encryption_key)
        queue.feeds(gather, batch_size=2)
