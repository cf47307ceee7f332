"""From a set's JSON document to the set, or to everything that is wrong with it.

The conditions are those of the credit policies (`kasstroom.credit.rules`), over our own facts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from kasstroom.credit.comparing import never
from kasstroom.credit.policy_fields import Fields
from kasstroom.credit.rules import Mistake, Reader, shown, step
from kasstroom.errors import KasstroomError, Refused
from kasstroom.money import EUR, minor_digits
from kasstroom.segments.catalogue import FACTS, RESTRICTED
from kasstroom.segments.model import MOST_SEGMENTS, Segment, SegmentSet

SLUG = r"^[a-z][a-z0-9_-]{0,39}$"
LONGEST_DESCRIPTION = 300
HIGHEST_PRIORITY = 9999
MOST_BYTES = 100_000
MOST_MISTAKES = 200
SECTIONS = frozenset({"currency", "lists", "conditions", "segments"})
_SEGMENT = frozenset({"name", "description", "priority", "when"})


class SegmentsRefused(Refused):
    """A set with mistakes; `mistakes` has all of them."""

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        first = mistakes[0]
        where = f"{first.pointer}: " if first.pointer else ""
        super().__init__("invalid_segments", f"{where}{first.detail}", first.pointer)
        self.mistakes = mistakes


def reader_of(document: Mapping[str, Any], currency: str) -> Reader:
    """Reads conditions over the facts of segments."""
    return Reader(document, currency, FACTS)


def read(number: int, document: Mapping[str, Any]) -> SegmentSet:
    """The set of a document; SegmentsRefused with every mistake and its JSON pointer."""
    _fits(document)
    currency = document.get("currency", EUR)
    try:
        minor_digits(currency if isinstance(currency, str) else "")
        reader = reader_of(document, currency)
    except KasstroomError as error:
        currency, reader = EUR, reader_of(document, EUR)
        reader.wrong("/currency", error.code, error.detail)
    for key in (key for key in document if key not in SECTIONS):
        reader.wrong(step(key), "unknown_field", f"There is no {shown(key)} in a set of segments.")
    reader.named()
    segments = _segments(document.get("segments"), reader)
    if not reader.mistakes:
        _unreachable(segments, document, reader)
    if reader.mistakes:
        # A named condition is read at each use; its mistake is one mistake.
        once = {(mistake.pointer, mistake.code): mistake for mistake in reversed(reader.mistakes)}
        raise SegmentsRefused(tuple(reversed(once.values()))[:MOST_MISTAKES])
    ordered = tuple(sorted((one for _, one in segments), key=lambda one: one.priority))
    return SegmentSet(number, currency, ordered, dict(document))


def _fits(document: Mapping[str, Any]) -> None:
    try:
        size = len(json.dumps(document, ensure_ascii=False).encode())
    except (RecursionError, UnicodeEncodeError):
        detail = "This cannot be kept: too deep, or a text with half a character."
        raise SegmentsRefused((Mistake("", "invalid_document", detail),)) from None
    if size > MOST_BYTES:
        detail = f"At most {MOST_BYTES} bytes; this has {size}."
        raise SegmentsRefused((Mistake("", "document_too_large", detail),))


def _segments(given: Any, reader: Reader) -> list[tuple[int, Segment]]:
    """Each with its place in the document."""
    if not isinstance(given, list) or not 1 <= len(given) <= MOST_SEGMENTS:
        code = "missing" if given is None else "invalid_value"
        reader.wrong("/segments", code, f"Give a list of 1 to {MOST_SEGMENTS} segments.")
        return []
    found: list[tuple[int, Segment]] = []
    names: set[str] = set()
    priorities: set[int] = set()
    for n, one in enumerate(given):
        at = f"/segments/{n}"
        if not isinstance(one, dict):
            reader.wrong(at, "invalid_value", "A segment is an object.")
            continue
        segment = _segment(one, at, reader)
        if segment.name in names:
            detail = f"{shown(segment.name)} stands here twice."
            reader.wrong(f"{at}/name", "duplicate_segment", detail)
        if segment.priority in priorities:
            detail = "Another segment has this priority; which one is first must be clear."
            reader.wrong(f"{at}/priority", "duplicate_priority", detail)
        names.add(segment.name)
        priorities.add(segment.priority)
        found.append((n, segment))
    return found


def _segment(raw: dict[str, Any], at: str, reader: Reader) -> Segment:
    fields = Fields(raw, at, reader, EUR)
    fields.only(_SEGMENT)
    for needed in (name for name in ("name", "priority", "when") if name not in raw):
        reader.wrong(f"{at}/{needed}", "missing", "This field is required.")
    name, description = raw.get("name", ""), raw.get("description", "")
    if "name" in raw and not (isinstance(name, str) and re.fullmatch(SLUG, name)):
        detail = "A name has 1 to 40 small letters, digits, dashes or underscores; a letter first."
        reader.wrong(f"{at}/name", "invalid_value", detail)
    if not isinstance(description, str) or len(description) > LONGEST_DESCRIPTION:
        detail = f"A description is a text of at most {LONGEST_DESCRIPTION} characters."
        reader.wrong(f"{at}/description", "invalid_value", detail)
    # A place that cannot be taken: a priority that is wrong is no duplicate too.
    priority = fields.whole("priority", -1 - int(at.rpartition("/")[2]), 1, HIGHEST_PRIORITY)
    reader.looked_at = {}
    test = reader.condition(raw["when"], f"{at}/when") if "when" in raw else never
    looks_at = tuple(reader.looked_at)
    restricted = not RESTRICTED.isdisjoint(looks_at)
    when = raw.get("when", {})
    return Segment(
        name if isinstance(name, str) else at, str(description), priority, when, test, looks_at,
        restricted,
    )  # fmt: skip


def _unreachable(
    segments: list[tuple[int, Segment]], document: Mapping[str, Any], reader: Reader
) -> None:
    """A condition that another segment has too, first: no strategy would ever go by it."""
    taken: dict[str, str] = {}
    for n, segment in sorted(segments, key=lambda pair: pair[1].priority):
        said = sense(segment.when, document)
        if said in taken:
            detail = f"{taken[said]} has the same condition and comes first; this one never counts."
            reader.wrong(f"/segments/{n}/when", "unreachable_segment", detail)
        taken.setdefault(said, segment.name)


def sense(condition: dict[str, Any], document: Mapping[str, Any]) -> str:
    """The same text for conditions that say the same with other names or in another order."""
    ((word, value),) = condition.items() if len(condition) == 1 else (("fact", condition),)
    match word:
        case "use":
            return sense(document["conditions"][value], document)
        case "not":
            return f"not({sense(value, document)})"
        case "all" | "any":
            parts = sorted({sense(one, document) for one in value})
            return parts[0] if len(parts) == 1 else f"{word}({','.join(parts)})"
    return json.dumps(value, sort_keys=True)
