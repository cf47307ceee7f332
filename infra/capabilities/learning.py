"""Which channel and hour is followed by a payment: learned from the bus, added up each while."""

from __future__ import annotations

from aws_cdk import aws_events as events
from constructs import Construct

from infra.parts import grants, schedule
from infra.parts.api import Api
from infra.parts.foundation import Foundation
from infra.parts.function import Function
from infra.parts.queue import WorkQueue
from kasstroom.dunning.learning.usecases import FOLLOWED
from kasstroom.settings import TableSettings

LEARN_SECONDS = 30


class Learning(Construct):
    def __init__(
        self, scope: Construct, id_: str, *, on: Foundation, api: Api, bus: events.IEventBus
    ) -> None:
        super().__init__(scope, id_)
        knows_table = TableSettings(table_name=on.table.table_name)
        queue = WorkQueue(
            self,
            "answers",
            on=on,
            worker_timeout_seconds=LEARN_SECONDS,
            what_to_do="A message or payment was not noted for learning the best channel: put right"
            " what the log names and redrive; nothing is counted twice, and reminders go on.",
        )
        queue.follows(bus, FOLLOWED)
        learn = Function(
            self,
            "dunning/learn_channels",
            on=on,
            settings=[knows_table],
            timeout_seconds=LEARN_SECONDS,
        )
        grants.books(learn, on.table)
        queue.feeds(learn)

        add_up = Function(
            self, "dunning/add_up_channels", on=on, settings=[knows_table], timeout_seconds=300
        )
        grants.books(add_up, on.table)
        grants.due_work(add_up, on.table)
        schedule.run(self, "adding-up", add_up, schedule.every_few_minutes(on.environment))

        learned = Function(self, "dunning/learning_api", on=on, settings=[knows_table])
        grants.books(learned, on.table)
        api.serves(learned, "/v1/dunning/learning", "/v1/debtors/{number}/contact-advice")
