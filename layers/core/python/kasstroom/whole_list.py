"""An organisation's whole list, read in pages: for what has to see all of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from kasstroom.ports import Books

T = TypeVar("T")
AT_ONCE = 500


def whole_list(
    books: Books, kind: type[T], org: str, part: str = "", *, after: str = ""
) -> Iterator[T]:
    """Every item above `after`, in the order of their ids. A page is read when it is needed."""
    while True:
        found = books.listing(kind, org, part, after=after, limit=AT_ONCE)
        yield from found
        if len(found) < AT_ONCE:
            return
        after = found[-1].id  # type: ignore[attr-defined]
