"""News of debtors and invoices from the bus: names and number shapes that payers will write."""

from __future__ import annotations

from functools import cache
from typing import Any

from kasstroom.bank.learning import learn
from kasstroom.settings import TableSettings
from kasstroom.settle import settle
from kasstroom_aws.books import BooksTable
from kasstroom_aws.entrypoints import count, sqs


@cache
def books() -> BooksTable:
    return BooksTable(TableSettings.from_env())


def handle(event: dict[str, Any]) -> None:
    done = settle(books(), lambda: learn(books(), event["detail"]))
    count(f"BankMatching_{done}")


handler = sqs(handle)
