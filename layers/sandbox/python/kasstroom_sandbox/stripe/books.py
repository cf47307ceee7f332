"""Stripe's memory: objects by id, and lists of them by kind, in the sandbox table.

Names that begin with `_` are ours and never shown.
"""

from __future__ import annotations

import secrets
import string
import time
from typing import Any

from kasstroom_sandbox.store import Store

Document = dict[str, Any]
_BASE62 = string.ascii_letters + string.digits
_MOST = 1000
SESSION = "checkout.session"


def new_id(prefix: str, length: int = 20) -> str:
    return f"{prefix}_" + "".join(secrets.choice(_BASE62) for _ in range(length))


def shown(document: Document) -> Document:
    """As the outside sees it."""
    return {k: v for k, v in document.items() if not k.startswith("_") and k != "version"}


class Books:
    """`account` is the owner of a key with its mode: nobody sees another's objects."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def add(self, account: str, document: Document) -> Document:
        """The list keeps the order in which things were made, also within a second."""
        kept = document | {"_account": account}
        self.store.put(f"STRIPE#{document['id']}", "OBJECT", kept)
        place, row = f"{document['created']:012d}#{time.time_ns():020d}", {"id": document["id"]}
        self.store.put(f"STRIPE#{account}#{document['object']}", place, row)
        if document["object"] == SESSION:
            self.store.put("STRIPE-SESSIONS", place, row)
        return kept | {"version": 0}

    def get(self, id: str, account: str = "") -> Document | None:
        """None also for what belongs to another account."""
        found = self.store.get(f"STRIPE#{id[:200]}", "OBJECT")
        if found is None or account not in ("", found["_account"]):
            return None
        return found

    def change(self, document: Document) -> bool:
        """False when it moved since it was read."""
        return self.store.replace(f"STRIPE#{document['id']}", "OBJECT", document)

    def newest(self, kind: str, account: str) -> list[Document]:
        return self._listed(f"STRIPE#{account}#{kind}", _MOST)

    def sessions(self, limit: int) -> list[Document]:
        """Of all accounts: the pages show everybody's."""
        return self._listed("STRIPE-SESSIONS", limit)

    def _listed(self, pk: str, limit: int) -> list[Document]:
        found = (self.get(row["id"]) for row in self.store.newest(pk, limit))
        return [one for one in found if one]
