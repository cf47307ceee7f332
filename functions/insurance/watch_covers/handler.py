"""Each morning: covers near their end, past the extension period, or not used."""

from __future__ import annotations

from kasstroom.insurance.watching import watch_due
from kasstroom_aws import deployment
from kasstroom_aws.deployment import books
from kasstroom_aws.entrypoints import count, schedule


def handle() -> dict[str, int]:
    done = watch_due(books(), deployment.now())
    count("CoverAlerts", done["alerts"])
    return done


handler = schedule(handle)
