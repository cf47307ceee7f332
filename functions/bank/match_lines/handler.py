"""Bank lines from their queue: whose money each is, booked when that is proven."""

from __future__ import annotations

from functools import partial
from typing import Any

from kasstroom.bank.accounts import g_accounts
from kasstroom.bank.usecases import match_whole, ways_of
from kasstroom_aws import deployment
from kasstroom_aws.cached import organisation
from kasstroom_aws.deployment import books
from kasstroom_aws.entrypoints import count, sqs
from kasstroom_aws.live import ground_of


def handle(message: dict[str, Any]) -> None:
    org, now = message["org"], deployment.now()
    grounds = partial(ground_of, books())
    ways = ways_of(organisation(books(), org), grounds, g_accounts(books(), org))
    for id in message["lines"]:
        state = match_whole(books(), org, id, now, ways)
        count(f"BankLine_{state}")


handler = sqs(handle)
