"""The table's stream: each outbox row goes to the event bus, in order, at least once."""

from __future__ import annotations

from typing import Any

from kasstroom.settings import BusSettings
from kasstroom_aws.bus import publish
from kasstroom_aws.entrypoints import count, stream


def handle(records: list[dict[str, Any]]) -> list[str]:
    failed = publish(BusSettings.from_env(), records)
    count("EventsPublished", len(records) - len(failed))
    return failed


handler = stream(handle)
