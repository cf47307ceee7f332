"""Organisation settings, read once a minute per process: they change rarely and are read often."""

from __future__ import annotations

import time

from kasstroom.organisations.model import Organisation
from kasstroom.ports import Books

KEPT_SECONDS = 60
_known: dict[str, tuple[float, Organisation]] = {}


def organisation(books: Books, org: str) -> Organisation:
    read_at, found = _known.get(org, (0.0, None))
    if found is None or time.monotonic() - read_at > KEPT_SECONDS:
        found = books.get(Organisation, org)
        _known[org] = (time.monotonic(), found)
    return found
