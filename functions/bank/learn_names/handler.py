"""News of debtors and invoices from the bus: names and number shapes that payers will write."""

from __future__ import annotations

from typing import Any

from kasstroom.bank.learning import learn
from kasstroom.settle import settle
from kasstroom_aws.deployment import books
from kasstroom_aws.entrypoints import count, sqs


def handle(event: dict[str, Any]) -> None:
    done = settle(books(), lambda: learn(books(), event["detail"]))
    count(f"BankMatching_{done}")


handler = sqs(handle)
