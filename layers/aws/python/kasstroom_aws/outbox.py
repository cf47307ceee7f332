"""Events as CloudEvents 1.0: written with the state they tell of, published from the stream."""

from __future__ import annotations

import json
from typing import Any

from kasstroom.events import SOURCE, Event
from kasstroom.ids import new_id
from kasstroom.time import iso
from kasstroom_aws.shapes import to_plain

ENVELOPE = ("org", "debtor", "subject", "at")
"""Fields of `Event` that stand in the envelope; everything else is `data`."""


def cloud_event(event: Event) -> dict[str, Any]:
    """The envelope every consumer sees; `id` is what it deduplicates by."""
    plain = to_plain(event)
    return {
        "specversion": "1.0",
        "id": new_id("evt", event.at),
        "type": event.TYPE,
        "source": SOURCE,
        "subject": event.subject,
        "time": iso(event.at),
        "datacontenttype": "application/json",
        "dataschema": f"{event.TYPE}.v{event.VERSION}",
        "organisation": event.org,
        "debtor": event.debtor,
        "data": {name: value for name, value in plain.items() if name not in ENVELOPE},
    }


def dumps(envelope: dict[str, Any]) -> str:
    return json.dumps(envelope, separators=(",", ":"), ensure_ascii=False)
