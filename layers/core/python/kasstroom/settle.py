"""Load, decide, commit: the one loop every use case runs in."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import TypeVar

from kasstroom.changes import Changes
from kasstroom.errors import Conflict, Duplicate
from kasstroom.ports import Books

R = TypeVar("R")
ATTEMPTS = 8


def settle(
    books: Books,
    plan: Callable[[], tuple[Changes, R]],
    *,
    also: Callable[[R], Changes] | None = None,
    pause: Callable[[float], None] = time.sleep,
) -> R:
    """`plan` loads and decides; its changes are committed in one transaction, with `also` beside
    them. When somebody was first, it loads and decides again, a few times; then Conflict. What two
    begin at once is a Duplicate for one of them: it looks again, and only who wants to create the
    same once more gets the Duplicate.
    """
    met: set[object] = set()
    for attempt in range(ATTEMPTS):
        changes, result = plan()
        if also:
            changes += also(result)
        if not changes:
            return result
        try:
            books.commit(changes)
            return result
        except Duplicate as error:
            if error.place is None or error.place in met or attempt == ATTEMPTS - 1:
                raise
            met.add(error.place)
        except Conflict:
            if attempt == ATTEMPTS - 1:
                raise
            pause(random.uniform(0.005, 0.03) * 2**attempt)  # noqa: S311
    raise AssertionError("unreachable")
