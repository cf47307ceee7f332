"""Lists of things that wait for somebody: resolved ones are read past."""

from __future__ import annotations

from typing import TypeVar

from kasstroom.payments.model import WorkState
from kasstroom.ports import Books

T = TypeVar("T")


def open_page(
    books: Books, kind: type[T], org: str, after: str, limit: int
) -> tuple[list[T], str | None]:
    """The next open items after a cursor, and the cursor of the page after it (None: no more)."""
    items: list[T] = []
    while True:
        found = books.listing(kind, org, after=after, limit=limit)
        items += [item for item in found if item.state is WorkState.OPEN]  # type: ignore[attr-defined]
        if len(items) > limit:
            return items[:limit], items[limit - 1].id  # type: ignore[attr-defined]
        if len(found) < limit:
            return items, None
        after = found[-1].id
