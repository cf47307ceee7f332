"""Mollie's newer webhooks: who subscribed to which events, and the events themselves."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from kasstroom.ids import new_id
from kasstroom_sandbox.psp.errors import HAL, wrong
from kasstroom_sandbox.psp.payment import stamp
from kasstroom_sandbox.store import Store
from kasstroom_sandbox.targets import allowed_target

Document = dict[str, Any]
EVENTS = frozenset(
    "payment.paid payment.authorized payment.failed payment.canceled payment.expired "
    "payment.pending refund.queued refund.pending refund.processing refund.refunded refund.failed "
    "refund.canceled chargeback.received chargeback.reversed *".split()
)


def checked(wish: Document, sandbox_url: str) -> Document:
    """`eventTypes` as a list; a 422 names the first field that is wrong."""
    events = wish.get("eventTypes")
    listed = events.split(",") if isinstance(events, str) else events
    if not isinstance(wish.get("name"), str) or not wish["name"]:
        raise wrong("name", "The name is missing.")
    if not isinstance(listed, list) or not listed or set(map(str, listed)) - EVENTS:
        raise wrong("eventTypes", "The event types are missing or not known.")
    if not allowed_target(str(wish.get("url", "")), sandbox_url):
        raise wrong("url", "The URL cannot be reached from here: use this machine.")
    return wish | {"eventTypes": listed}


class Subscriptions:
    def __init__(self, store: Store, api_url: str) -> None:
        self._store, self._url = store, api_url

    def add(self, wish: Document, profile: str, mode: str, now: datetime) -> Document:
        """`wish` is checked: `name`, `url`, `eventTypes`. The answer tells the secret, once."""
        id = "hook_" + new_id("", now)[-20:]
        made = {
            "id": id, "name": wish["name"], "url": wish["url"], "eventTypes": wish["eventTypes"],
            "profileId": profile, "mode": mode, "createdAt": stamp(now), "status": "enabled",
            "webhookSecret": secrets.token_urlsafe(24),
        }  # fmt: skip
        self._store.put(f"HOOKS#{mode}#{profile}", id, made)
        return made

    def of(self, profile: str, mode: str) -> list[Document]:
        found = self._store.newest(f"HOOKS#{mode}#{profile}", 50)
        return [one for one in found if one["status"] == "enabled"]

    def remove(self, id: str, profile: str, mode: str) -> bool:
        found = self._store.get(f"HOOKS#{mode}#{profile}", id)
        if found is None:
            return False
        self._store.put(f"HOOKS#{mode}#{profile}", id, found | {"status": "deleted"})
        return True

    def event(self, id: str, profile: str, mode: str) -> Document | None:
        return self._store.get(f"MOLLIE-EVENTS#{mode}#{profile}", id)

    def letters(
        self, payment: Document, what: str, entity: Document, now: datetime
    ) -> Iterator[Document]:
        """One signed webhook for every subscriber that asked for this event."""
        mode, profile = payment["mode"], payment["profileId"]
        wanted = [one for one in self.of(profile, mode) if {what, "*"} & set(one["eventTypes"])]
        if not wanted:
            return
        event = self._happened(payment, what, entity, now)
        for one in wanted:
            yield {
                "id": payment["id"], "url": one["url"], "body": json.dumps(event),
                "scheme": "mollie", "secret": one["webhookSecret"],
            }  # fmt: skip

    def _happened(self, payment: Document, what: str, entity: Document, now: datetime) -> Document:
        id, kind = "event_" + new_id("", now)[-20:], what.partition(".")[0]
        address = f"{self._url}/payments/{payment['id']}"
        if kind != "payment":
            address += f"/{kind}s/{entity['id']}"
        event = {
            "resource": "event", "id": id, "type": what, "entityId": entity["id"],
            "createdAt": stamp(now), "_embedded": {"entity": entity},
            "_links": {
                "self": {"href": f"{self._url}/events/{id}", "type": HAL},
                "documentation": {"href": "https://docs.mollie.com", "type": "text/html"},
                "entity": {"href": address, "type": HAL},
            },
        }  # fmt: skip
        self._store.put(f"MOLLIE-EVENTS#{payment['mode']}#{payment['profileId']}", id, event)
        return event
