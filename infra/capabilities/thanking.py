"""Who pays after a reminder is thanked: from the news, by day."""

from __future__ import annotations

from aws_cdk import aws_events as events
from constructs import Construct

from infra.parts import grants, schedule
from infra.parts.channels import Channels
from infra.parts.foundation import Foundation
from infra.parts.function import Function
from infra.parts.queue import WorkQueue
from kasstroom.events.invoices import InvoicePaid
from kasstroom.settings import ReminderQueueSettings, TableSettings

SEND_SECONDS = 60


class Thanking(Construct):
    def __init__(
        self, scope: Construct, id_: str, *, on: Foundation, bus: events.IEventBus,
        channels: Channels,
    ) -> None:  # fmt: skip
        super().__init__(scope, id_)
        knows_table = TableSettings(table_name=on.table.table_name)
        queue = WorkQueue(
            self,
            "paid",
            on=on,
            worker_timeout_seconds=SEND_SECONDS,
            what_to_do="A debtor could not be thanked for a payment: see the function's log for"
            " why. Redrive, or let it be: nothing waits for it, and nobody is thanked twice.",
        )
        queue.follows(bus, [InvoicePaid.TYPE])
        thank = Function(
            self,
            "dunning/thank",
            on=on,
            settings=[knows_table, *channels.settings],
            layers=["pages"],
            timeout_seconds=SEND_SECONDS,
        )
        grants.books(thank, on.table)
        channels.may_write_to_debtors(thank)
        queue.feeds(thank)
        plan = Function(
            self,
            "dunning/plan_thanks",
            on=on,
            settings=[knows_table, ReminderQueueSettings(reminder_queue_url=queue.url)],
            timeout_seconds=300,
        )
        grants.books(plan, on.table)
        grants.due_work(plan, on.table)
        queue.accepts_from(plan)
        schedule.run(self, "planning", plan, schedule.every_few_minutes(on.environment))
