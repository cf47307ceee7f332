"""The provider's memory: payments, repeated calls and webhook deliveries, in the sandbox table."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime, timedelta
from typing import Any

from kasstroom.ids import new_id
from kasstroom_sandbox.store import Store

Document = dict[str, Any]

_ID = re.compile(r"tr_[A-Za-z0-9]{10}", re.ASCII)
_LOGGED = re.compile(r"tr_[A-Za-z0-9]{10}|cs_(?:test|live)_[A-Za-z0-9]{20}", re.ASCII)
_LIST = "PAYMENTS"
REPLAYS_FOR = timedelta(hours=1)
CLAIM_HOLDS_FOR = timedelta(seconds=15)


class Ledger:
    def __init__(self, store: Store) -> None:
        self._store = store

    def add(self, payment: Document, now: datetime) -> None:
        self._store.put(f"PAYMENT#{payment['id']}", "PAYMENT", payment)
        self._store.put(_LIST, f"{now.isoformat()}#{payment['id']}", {"id": payment["id"]})

    def find(self, payment_id: str) -> Document | None:
        if not _ID.fullmatch(payment_id):
            return None
        return self._store.get(f"PAYMENT#{payment_id}", "PAYMENT")

    def change(self, payment: Document) -> bool:
        """False when the payment moved since it was read."""
        return self._store.replace(f"PAYMENT#{payment['id']}", "PAYMENT", payment)

    def newest(self, limit: int) -> list[Document]:
        found = (self.find(row["id"]) for row in self._store.newest(_LIST, limit))
        return [payment for payment in found if payment]

    def note_delivery(self, payment_id: str, at: datetime, result: str) -> None:
        """What a webhook delivery gave: a status code or why there is none."""
        if _LOGGED.fullmatch(payment_id):
            note = {"at": at.isoformat(), "result": result}
            self._store.put(f"PAYMENT#{payment_id}#HOOKS", new_id("hook", at), note)

    def deliveries(self, payment_id: str) -> list[Document]:
        return self._store.newest(f"PAYMENT#{payment_id}#HOOKS", 50)


class Replays:
    """Answers given under an idempotency key, kept for an hour, or for `kept_for`."""

    def __init__(self, store: Store, kept_for: timedelta = REPLAYS_FOR) -> None:
        self._store, self._kept_for = store, kept_for

    def claim(self, api_key: str, key: str, fingerprint: str, now: datetime) -> Document | None:
        """None when the caller may go on; else the earlier call, maybe still without `answer`."""
        pk = _replay_pk(api_key, key)
        claim = {"fingerprint": fingerprint, "at": now.isoformat(), "answer": None}
        if self._store.create(pk, "REPLAY", claim):
            return None
        earlier = self._store.get(pk, "REPLAY")
        if earlier is None or self._stale(earlier, now):
            self._store.put(pk, "REPLAY", claim)
            return None
        return earlier

    def keep(self, api_key: str, key: str, fingerprint: str, now: datetime, answer: Any) -> None:
        kept = {"fingerprint": fingerprint, "at": now.isoformat(), "answer": answer}
        self._store.put(_replay_pk(api_key, key), "REPLAY", kept)

    def release(self, api_key: str, key: str) -> None:
        self._store.delete(_replay_pk(api_key, key), "REPLAY")

    def _stale(self, earlier: Document, now: datetime) -> bool:
        age = now - datetime.fromisoformat(earlier["at"])
        return age > (self._kept_for if earlier["answer"] else CLAIM_HOLDS_FOR)


def _replay_pk(api_key: str, key: str) -> str:
    return "REPLAY#" + hashlib.sha256(f"{api_key}\n{key}".encode()).hexdigest()
