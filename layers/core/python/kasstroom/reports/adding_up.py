"""The figures follow the books: what changed is counted again, from the books and not from the
news of it. News that comes twice, late or in the wrong order therefore changes nothing.

What an entity contributes is remembered with a revision, read before the entity: of two that count
the same entity, the one that saw the older books loses, and counts again.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Iterator

from kasstroom.errors import Conflict
from kasstroom.invoices.model import Invoice
from kasstroom.messages.calls import CallTask
from kasstroom.messages.model import Message
from kasstroom.ports import Books
from kasstroom.reports.contributions import contributions
from kasstroom.reports.figure_store import Count, FigureCounter, FigureStore, Seen
from kasstroom.reports.measures import Cell, Measure
from kasstroom.reports.sources import Known, KnownFromBooks, News, Source, source_of

ATTEMPTS = 6


def refresh_all(
    books: Books,
    store: FigureCounter,
    news: Iterable[News],
    *,
    pause: Callable[[float], None] = time.sleep,
) -> int:
    """As `refresh`, for many at once. How many figures moved; Conflict and Unavailable as there,
    and then what was not counted yet is counted by the same call again."""
    moved = 0
    for org, mine in _by_org(news).items():
        before = store.seen_all(org, mine.keys())
        known, counts, done = KnownFromBooks(books), [], set()
        for name, one in mine.items():
            after = _contributed(books, one.source, known)
            for other in _dependants(books, one, before[name], after):
                moved += refresh(books, store, other, pause=pause)
                done.add(other.name)
            counts.append(Count(name, before[name], after))
        counts = [one for one in counts if one.source not in done]
        refused = set(store.count_all(org, counts))
        for name in refused:
            moved += refresh(books, store, mine[name].source, pause=pause)
        counted = (one for one in counts if one.source not in refused)
        moved += sum(dict(one.before.cells) != one.after for one in counted)
    return moved


def refresh(
    books: Books,
    store: FigureStore,
    source: Source,
    *,
    was_settled: bool = False,
    pause: Callable[[float], None] = time.sleep,
) -> bool:
    """Counts `source` as it stands in the books now, nothing when it is not there any more.
    True when the figures moved. Conflict when others kept counting it: try again later.

    What depends on an invoice (whether a reminder or a promise brought it in) is counted before
    the invoice itself, so that a crash in between is made good when the invoice is counted again.
    """
    news = News(source, was_settled)
    for attempt in range(ATTEMPTS):
        before = store.seen(source.org, source.name)
        after = _contributed(books, source, KnownFromBooks(books))
        for other in _dependants(books, news, before, after):
            refresh(books, store, other, pause=pause)
        try:
            store.count(source.org, source.name, before, after)
            return dict(before.cells) != after
        except Conflict:
            if attempt == ATTEMPTS - 1:
                raise
            pause(random.uniform(0.005, 0.03) * 2**attempt)  # noqa: S311
    raise AssertionError("unreachable")


def _contributed(books: Books, source: Source, known: Known) -> dict[Cell, int]:
    entity = books.find(source.kind, source.org, source.debtor, source.id)
    return contributions(entity, known) if entity else {}


def _by_org(news: Iterable[News]) -> dict[str, dict[str, News]]:
    """By organisation and name of the source, each once."""
    found: dict[str, dict[str, News]] = {}
    for one in news:
        mine, name = found.setdefault(one.source.org, {}), one.source.name
        settled = one.was_settled or (name in mine and mine[name].was_settled)
        mine[name] = News(one.source, settled)
    return found


def _dependants(books: Books, news: News, before: Seen, after: dict[Cell, int]) -> Iterator[Source]:
    """Messages and calls about an invoice that was settled, or is open again; or was both since it
    was counted last, and they were counted in between."""
    source = news.source
    if source.kind is not Invoice:
        return
    if not news.was_settled and _settled(before.cells) == _settled(after):
        return
    for kind in (Message, CallTask):
        for one in books.all_of(kind, source.org, source.debtor):
            if source.id in one.invoices:
                yield source_of(one)


def _settled(cells: Iterable[Cell]) -> set[Cell]:
    return {cell for cell in cells if cell.measure is Measure.SETTLED}
