"""On a schedule: applications that nobody sent in time expire, and what was typed is erased."""

from __future__ import annotations

from kasstroom.applications.usecases import expire_due
from kasstroom_aws import deployment
from kasstroom_aws.deployment import books
from kasstroom_aws.entrypoints import count, schedule


def handle() -> dict[str, int]:
    expired = expire_due(books(), deployment.now())
    count("ApplicationExpired", expired)
    return {"expired": expired}


handler = schedule(handle)
