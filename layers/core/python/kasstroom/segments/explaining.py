"""Why a debtor is in a segment: the tests of its condition that held, with the values they saw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kasstroom.credit.decision import Fact
from kasstroom.credit.rules import Reader
from kasstroom.segments.model import Segment, SegmentSet
from kasstroom.segments.reading import reader_of


@dataclass(frozen=True, slots=True)
class Held:
    """`fact` was `value`, compared by `word` (`is`, `ge`, ...) with `against`; `negated`: it
    stands below a `not`."""

    fact: str
    value: Fact
    word: str
    against: str
    negated: bool = False


def because(chosen: SegmentSet, segment: Segment, facts: Mapping[str, Fact]) -> tuple[Held, ...]:
    """Of an `any` only what held; of a `not` whatever it looked at. Each once."""
    reader = reader_of(chosen.document, chosen.currency)
    named = chosen.document.get("conditions", {})
    return tuple(_held(segment.when, named, reader, facts, False))


def _held(
    condition: dict[str, Any],
    named: Mapping[str, Any],
    reader: Reader,
    facts: Mapping[str, Fact],
    negated: bool,
) -> list[Held]:
    if "fact" in condition:
        name = condition["fact"]
        ((word, against),) = ((w, v) for w, v in condition.items() if w != "fact")
        return [Held(name, facts.get(name), word, _written(against), negated)]
    ((word, value),) = condition.items()
    if word == "use":
        return _held(named[value], named, reader, facts, negated)
    if word == "not":
        return _held(value, named, reader, facts, not negated)
    wanted = (one for one in value if negated or reader.condition(one, "")(facts))
    return [held for one in wanted for held in _held(one, named, reader, facts, negated)]


def _written(against: Any) -> str:
    """`NL, BE`, `true`, `50000.00`."""
    if isinstance(against, list):
        return ", ".join(map(str, against))
    return str(against).lower() if isinstance(against, bool) else str(against)
