"""Rules as data: conditions over facts, read once, checked with the place of every mistake.

A condition is one of `{"all": [...]}`, `{"any": [...]}`, `{"not": {...}}`, `{"use": "<name>"}` (a
named condition), or a test of one fact: `{"fact": "overdue", "gt": "25.00"}` with one of `lt le gt
ge is in not_in in_list not_in_list known`. A test on a fact that is not known is false; only
`known` sees the difference.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kasstroom.credit.comparing import MAKERS, Test, fact_value, never
from kasstroom.credit.decision import Fact
from kasstroom.credit.fact_catalogue import CATALOGUE, Catalogue, FactKind
from kasstroom.errors import KasstroomError, Refused

DEEPEST = 12
MOST_CONDITIONS = 5000
"""After named conditions are written out: what one decision may cost has an end."""
MOST_IN_A_LIST = 10_000
LONGEST_NAME = 64
LONGEST_DETAIL = 1_000
COMPARED = (FactKind.AMOUNT, FactKind.NUMBER)


@dataclass(frozen=True, slots=True)
class Mistake:
    """`pointer` is a JSON pointer into the document, without a leading `/body`."""

    pointer: str
    code: str
    detail: str


def step(name: str) -> str:
    """A name as one step of a JSON pointer (RFC 6901)."""
    return "/" + name.replace("~", "~0").replace("/", "~1")


def shown(given: Any) -> str:
    """What was given, short enough to repeat in a sentence."""
    text = repr(given)
    return text if len(text) <= 60 else f"{text[:57]}..."


class Reader:
    """Reads conditions of one document; every mistake is kept, none stops the reading."""

    def __init__(
        self, document: Mapping[str, Any], currency: str, catalogue: Catalogue = CATALOGUE
    ) -> None:
        self.mistakes: list[Mistake] = []
        self._currency, self._catalogue = currency, catalogue
        self.looked_at: dict[str, None] = {}
        self._named = self._section(document, "conditions")
        self._lists = self._section(document, "lists")
        self._open: list[str] = []
        self._read = 0

    def wrong(self, pointer: str, code: str, detail: str) -> None:
        self.mistakes.append(Mistake(pointer, code, detail[:LONGEST_DETAIL]))

    def _section(self, document: Mapping[str, Any], name: str) -> dict[str, Any]:
        given = document.get(name, {})
        if not isinstance(given, dict):
            self.wrong(f"/{name}", "invalid_value", f"Give {name} as an object, by their names.")
            return {}
        for long in (one for one in given if not 1 <= len(one) <= LONGEST_NAME):
            detail = f"A name has 1 to {LONGEST_NAME} characters."
            self.wrong(f"/{name}{step(long)}", "invalid_value", detail)
        return {key: value for key, value in given.items() if 1 <= len(key) <= LONGEST_NAME}

    def named(self) -> None:
        """Every list and every named condition once, used or not."""
        for name, values in self._lists.items():
            self._list(values, f"/lists{step(name)}")
        for name, condition in self._named.items():
            self._open = [name]
            self.condition(condition, f"/conditions{step(name)}")
        self._open = []

    def _list(self, values: Any, at: str) -> None:
        if not isinstance(values, list) or len(values) > MOST_IN_A_LIST:
            self.wrong(at, "invalid_value", f"Give a list of at most {MOST_IN_A_LIST} values.")
            return
        for n, value in enumerate(values):
            if not isinstance(value, str) and type(value) is not int:
                self.wrong(f"{at}/{n}", "invalid_value", "Give a text or a whole number.")

    def condition(self, given: Any, at: str, depth: int = 0) -> Test:
        if not isinstance(given, dict) or not given:
            self.wrong(at, "invalid_condition", "Give a condition: all, any, not, use or a fact.")
            return never
        self._read += 1
        if depth > DEEPEST or self._read > MOST_CONDITIONS:
            if self._read <= MOST_CONDITIONS + 1:
                detail = f"At most {DEEPEST} deep and {MOST_CONDITIONS} conditions, written out."
                self.wrong(at, "too_many_conditions", detail)
            return never
        if "fact" in given:
            return self._fact(given, at)
        if len(given) != 1:
            self.wrong(at, "invalid_condition", "Give one of all, any, not, use or fact.")
            return never
        ((word, value),) = given.items()
        if word in ("all", "any"):
            return self._several(word, value, at, depth)
        if word == "not":
            inner = self.condition(value, f"{at}/not", depth + 1)
            return lambda facts: not inner(facts)
        if word == "use":
            return self._use(value, at, depth)
        detail = f"{shown(word)} is not all, any, not, use or fact."
        self.wrong(f"{at}{step(word)}", "unknown_word", detail)
        return never

    def _several(self, word: str, value: Any, at: str, depth: int) -> Test:
        if not isinstance(value, list) or not value:
            self.wrong(f"{at}/{word}", "invalid_condition", f"{word} takes a list of conditions.")
            return never
        tests = tuple(
            self.condition(one, f"{at}/{word}/{n}", depth + 1) for n, one in enumerate(value)
        )
        combine = all if word == "all" else any
        return lambda facts: combine(test(facts) for test in tests)

    def _use(self, name: Any, at: str, depth: int) -> Test:
        if not isinstance(name, str) or name not in self._named:
            known = ", ".join(list(self._named)[:20]) or "none"
            detail = f"There is no condition {shown(name)}; known are: {known}."
            self.wrong(f"{at}/use", "unknown_condition", detail)
            return never
        if name in self._open:
            path = " -> ".join([*self._open, name])
            self.wrong(f"{at}/use", "condition_loop", f"This condition uses itself: {path}.")
            return never
        self._open.append(name)
        found = self.condition(self._named[name], f"/conditions{step(name)}", depth + 1)
        self._open.pop()
        return found

    def _fact(self, given: dict[str, Any], at: str) -> Test:
        name = given["fact"]
        if not isinstance(name, str) or name not in self._catalogue:
            facts = ", ".join(self._catalogue)
            detail = f"There is no fact {shown(name)}. Known facts: {facts}."
            self.wrong(f"{at}/fact", "unknown_fact", detail)
            return never
        words = [word for word in given if word != "fact"]
        unknown = [word for word in words if word not in MAKERS]
        if len(words) != 1 or unknown:
            detail = f"Compare {name} with exactly one of {', '.join(MAKERS)}."
            place = f"{at}{step(unknown[0])}" if unknown else at
            self.wrong(place, "invalid_condition", detail)
            return never
        word, kind = words[0], self._catalogue[name][0]
        if word in ("lt", "le", "gt", "ge") and kind not in COMPARED:
            detail = f"{name} is a {kind}; it has no order. Use is, in or known."
            self.wrong(f"{at}/{word}", "not_comparable", detail)
            return never
        self.looked_at[name] = None
        try:
            return MAKERS[word](name, self._value(word, kind, given[word]))
        except KasstroomError as error:
            # The place inside what was given, when only one of several values is wrong.
            self.wrong(f"{at}/{word}{error.pointer}", error.code, error.detail)
            return never

    def _value(self, word: str, kind: FactKind, given: Any) -> Any:
        if word == "known":
            return fact_value(FactKind.FLAG, given, self._currency)
        if word in ("in_list", "not_in_list"):
            if not isinstance(given, str) or not isinstance(self._lists.get(given), list):
                detail = f"There is no list {shown(given)}; add it under lists."
                raise Refused("unknown_list", detail)
            return self._several_values(kind, self._lists[given], "")
        if word in ("in", "not_in"):
            if not isinstance(given, list) or not given:
                raise Refused("invalid_value", f"{word} takes a list of values.")
            return self._several_values(kind, given, "/{}")
        return fact_value(kind, given, self._currency)

    def _several_values(self, kind: FactKind, given: list[Any], place: str) -> frozenset[Fact]:
        found = set()
        for n, value in enumerate(given):
            try:
                found.add(fact_value(kind, value, self._currency))
            except KasstroomError as error:
                detail = f"{shown(value)}: {error.detail}"
                raise Refused(error.code, detail, place.format(n)) from None
        return frozenset(found)
