"""What the bank says: accounts, statements and lines, and the queue in which lines are matched."""

from __future__ import annotations

from aws_cdk import aws_events as events
from constructs import Construct

from infra.parts import grants, schedule
from infra.parts.api import Api
from infra.parts.foundation import Foundation
from infra.parts.function import Function
from infra.parts.queue import WorkQueue
from kasstroom.bank.learning import FOLLOWED
from kasstroom.settings import LineQueueSettings, TableSettings

MATCH_SECONDS = 120
"""A message holds at most 25 lines."""
RETRY_SECONDS = 120
"""A round takes 5,000 lines at most: a read each, and a transaction and a message for each 25."""
LEARN_SECONDS = 30


class Bank(Construct):
    """`lines` is where stored lines wait to be matched; a line may be there twice."""

    def __init__(
        self, scope: Construct, id_: str, *, on: Foundation, api: Api, bus: events.IEventBus
    ) -> None:
        super().__init__(scope, id_)
        self._on = on
        self._knows_table = TableSettings(table_name=on.table.table_name)
        self.lines = WorkQueue(
            self,
            "lines",
            on=on,
            worker_timeout_seconds=MATCH_SECONDS,
            what_to_do="Bank lines could not be matched: see the function's log for the line and"
            " why, put that right and redrive; a line that was matched is never booked twice.",
        )
        self._reading(api)
        self._matching(api)
        self._retrying()
        self._learning(bus)

    @property
    def tells_where(self) -> LineQueueSettings:
        """For whoever puts lines into the queue."""
        return LineQueueSettings(line_queue_url=self.lines.url)

    def _reading(self, api: Api) -> None:
        bank = Function(self, "bank/api", on=self._on, settings=[self._knows_table])
        grants.books(bank, self._on.table)
        api.serves(
            bank,
            "/v1/bank-accounts",
            "/v1/bank-accounts/{iban}",
            "/v1/bank-statements",
            "/v1/bank-lines",
            "/v1/bank-lines/{id}",
        )

    def _matching(self, api: Api) -> None:
        match = Function(
            self,
            "bank/match_lines",
            on=self._on,
            settings=[self._knows_table],
            timeout_seconds=MATCH_SECONDS,
            memory_mb=1024,
        )
        grants.books(match, self._on.table)
        self.lines.feeds(match, batch_size=1)
        people = Function(self, "bank/lines_api", on=self._on, settings=[self._knows_table])
        grants.books(people, self._on.table)
        api.serves(people, "/v1/bank-lines/{id}/{proxy+}")

    def _retrying(self) -> None:
        """A round asks one index; a line is due an hour after its first match at the earliest."""
        retry = Function(
            self,
            "bank/retry_lines",
            on=self._on,
            settings=[self._knows_table, self.tells_where],
            timeout_seconds=RETRY_SECONDS,
        )
        grants.books(retry, self._on.table)
        grants.due_work(retry, self._on.table)
        self.lines.accepts_from(retry)
        schedule.run(self, "retrying", retry, schedule.every_few_minutes(self._on.environment))

    def _learning(self, bus: events.IEventBus) -> None:
        """Through a queue, so that an import of thousands of invoices waits and is never lost."""
        queue = WorkQueue(
            self,
            "names",
            on=self._on,
            worker_timeout_seconds=LEARN_SECONDS,
            what_to_do="Matching could not learn a name or an invoice number: the message names"
            " it; put right what the log names and redrive, because learning twice is harmless.",
        )
        queue.follows(bus, FOLLOWED)
        learn = Function(
            self,
            "bank/learn_names",
            on=self._on,
            settings=[self._knows_table],
            timeout_seconds=LEARN_SECONDS,
        )
        grants.books(learn, self._on.table)
        queue.feeds(learn)
