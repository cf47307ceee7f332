"""Bank lines from their queue: whose money each is, booked when that is proven."""

from __future__ import annotations

from functools import cache, partial
from typing import Any

from kasstroom.bank.accounts import g_accounts
from kasstroom.bank.usecases import match_whole, ways_of
from kasstroom.settings import ClockSettings, TableSettings
from kasstroom_aws.books import BooksTable
from kasstroom_aws.cached import organisation
from kasstroom_aws.clock import clock_from
from kasstroom_aws.entrypoints import count, sqs
from kasstroom_aws.live import ground_of


@cache
def books() -> BooksTable:
    return BooksTable(TableSettings.from_env())


def handle(message: dict[str, Any]) -> None:
    org, now = message["org"], clock_from(ClockSettings.from_env())()
    grounds = partial(ground_of, books())
    ways = ways_of(organisation(books(), org), grounds, g_accounts(books(), org))
    for id in message["lines"]:
        state = match_whole(books(), org, id, now, ways)
        count(f"BankLine_{state}")


handler = sqs(handle)
