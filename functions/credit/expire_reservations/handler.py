"""On a schedule: holds on a limit whose time is over give the limit back."""

from __future__ import annotations

from functools import partial

from kasstroom.credit.expiry import expire_due
from kasstroom_aws import deployment
from kasstroom_aws.deployment import books
from kasstroom_aws.entrypoints import count, schedule
from kasstroom_aws.live import ground_of


def handle() -> dict[str, int]:
    now = deployment.now()
    expired = expire_due(books(), now, partial(ground_of, books()))
    count("ReservationExpired", expired)
    return {"expired": expired}


handler = schedule(handle)
