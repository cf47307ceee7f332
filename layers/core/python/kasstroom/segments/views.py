"""What the API shows of segments; who asks for care is shown to people with the role alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from kasstroom.access.model import Actor
from kasstroom.credit.comparing import MAKERS
from kasstroom.credit.fact_views import Words, value_of
from kasstroom.debtors.vulnerability import sees_vulnerability
from kasstroom.errors import NotFound
from kasstroom.ports import Books
from kasstroom.segments.assigning import assigned, first
from kasstroom.segments.catalogue import FACTS, RESTRICTED, words
from kasstroom.segments.explaining import Held, because
from kasstroom.segments.facts import known
from kasstroom.segments.model import (
    BUILT_IN,
    DebtorSegments,
    LiveSegments,
    Segment,
    SegmentSet,
    SegmentSetVersion,
)
from kasstroom.segments.reading import read
from kasstroom.segments.sets import live_of, set_of, version_of
from kasstroom.segments.usecases import live_set, segments_of


@dataclass(frozen=True, slots=True)
class SetView:
    """A set with who put it, when and why; `at` null: it comes with the software. `document` is
    what PUT takes, `order` the names as they are tried, `restricted` those for people alone."""

    number: int
    live: bool
    by: str
    at: datetime | None
    why: str
    order: tuple[str, ...]
    restricted: tuple[str, ...]
    document: dict[str, Any]


@dataclass(frozen=True, slots=True)
class SetLine:
    number: int
    by: str
    at: datetime | None
    why: str


@dataclass(frozen=True, slots=True)
class SetsView:
    """Newest first, the built-in set last; `next_cursor` null: this was the last page."""

    sets: tuple[SetLine, ...]
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class SegmentFact:
    """`restricted`: a segment that looks at it is for people alone."""

    name: str
    kind: str
    meaning: Words
    restricted: bool


@dataclass(frozen=True, slots=True)
class SegmentWords:
    """All a condition can be written with."""

    facts: tuple[SegmentFact, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HeldView:
    """A test that held: the fact was `value`, compared by `word` with `against`; `negated`: it
    stands below a `not`, so that it did not hold is what counts."""

    fact: str
    meaning: Words
    value: Words
    word: str
    against: str
    negated: bool


@dataclass(frozen=True, slots=True)
class InSegment:
    name: str
    description: str
    priority: int
    because: tuple[HeldView, ...]


@dataclass(frozen=True, slots=True)
class DebtorSegmentsView:
    """First by priority; `primary` is what strategies go by, empty without any. `look_again_on` is
    the first day on which time alone may change it. A caller who may not know who asks for care
    sees no segment that looks at that."""

    debtor: str
    primary: str
    segments: tuple[InSegment, ...]
    segment_set: int
    at: datetime
    look_again_on: date | None


def set_view(chosen: LiveSegments | SegmentSetVersion, live: int) -> SetView:
    """`live` is the number of the set that counts."""
    segments = read(chosen.number, chosen.document).segments
    return SetView(
        chosen.number, chosen.number == live, chosen.by, chosen.at, chosen.why,
        tuple(one.name for one in segments),
        tuple(one.name for one in segments if one.restricted), dict(chosen.document),
    )  # fmt: skip


def sets_view(books: Books, org: str, after: str, limit: int) -> SetsView:
    """Numbers go up by one, so a page is a range of them."""
    live = live_of(books, org).number
    top = min(int(after) - 1, live) if after.isdigit() else live
    numbers = range(top, max(top - limit, BUILT_IN - 1), -1)
    found = (version_of(books, org, number) for number in numbers)
    lines = tuple(SetLine(one.number, one.by, one.at, one.why) for one in found)
    last = numbers[-1] if numbers else BUILT_IN
    return SetsView(lines, str(last) if last > BUILT_IN else None)


def vocabulary() -> SegmentWords:
    facts = (
        SegmentFact(name, kind, words(name), name in RESTRICTED)
        for name, (kind, _) in FACTS.items()
    )
    return SegmentWords(tuple(facts), tuple(MAKERS))


def debtor_view(
    books: Books, org: str, number: str, actor: Actor, now: datetime
) -> DebtorSegmentsView:
    """What stands in the books, explained by the set and the facts it was decided on; a debtor
    nobody looked at yet is looked at here. NotFound when there is no such debtor."""
    found = segments_of(books, org, number)
    chosen = set_of(books, org, found.set_number) if found else live_set(books, org)
    if found is None:
        of = known(books, org, number)
        if of is None:
            raise NotFound("debtor_not_found", f"There is no debtor {number}.")
        found = assigned(chosen, of, now)
    names = found.segments if sees_vulnerability(actor) else found.public
    shown = (one for one in chosen.segments if one.name in names)
    return DebtorSegmentsView(
        number, first(names), tuple(_in_segment(chosen, one, found) for one in shown),
        found.set_number, found.at, found.look_again_on,
    )  # fmt: skip


def _in_segment(chosen: SegmentSet, segment: Segment, found: DebtorSegments) -> InSegment:
    held = because(chosen, segment, found.facts)
    told = tuple(_held(one, chosen.currency) for one in dict.fromkeys(held))
    return InSegment(segment.name, segment.description, segment.priority, told)


def _held(one: Held, currency: str) -> HeldView:
    value = value_of(FACTS[one.fact][0], one.value, currency)
    return HeldView(one.fact, words(one.fact), value, one.word, one.against, one.negated)
