"""Rules as data: conditions over facts, read once, checked with the place of every mistake.

A condition is one of `{"all": [...]}`, `{"any": [...]}`, `{"not": {...}}`, `{"use": "<name>"}` (a
named condition), or a test of one fact: `{"fact": "overdue", "gt": "25.00"}` with one of `lt le gt
ge is in not_in in_list not_in_list known`. A test on a fact that is not known is false; only
`known` sees the difference.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from kasstroom.credit.decision import Fact
from kasstroom.credit.facts import CATALOGUE, FactKind
from kasstroom.errors import KasstroomError, Refused
from kasstroom.money import Money

Facts = Mapping[str, Fact]
Test = Callable[[Facts], bool]
DEEPEST = 12
MOST_CONDITIONS = 5000
"""After named conditions are written out: what one decision may cost has an end."""
COMPARED = (FactKind.AMOUNT, FactKind.NUMBER)


@dataclass(frozen=True, slots=True)
class Mistake:
    """`pointer` is a JSON pointer into the document, without a leading `/body`."""

    pointer: str
    code: str
    detail: str


class Reader:
    """Reads conditions of one document; every mistake is kept, none stops the reading."""

    def __init__(self, document: Mapping[str, Any], currency: str) -> None:
        self.mistakes: list[Mistake] = []
        self._currency = currency
        self._named = _object(document.get("conditions"))
        self._lists = _object(document.get("lists"))
        self._open: list[str] = []
        self._read = 0

    def wrong(self, pointer: str, code: str, detail: str) -> None:
        self.mistakes.append(Mistake(pointer, code, detail))

    def named(self) -> None:
        """Every named condition once, used or not."""
        for name, condition in self._named.items():
            self._open = [name]
            self.condition(condition, f"/conditions/{name}")
        self._open = []

    def condition(self, given: Any, at: str, depth: int = 0) -> Test:
        if not isinstance(given, dict) or not given:
            self.wrong(at, "invalid_condition", "Give a condition: all, any, not, use or a fact.")
            return _never
        self._read += 1
        if depth > DEEPEST or self._read > MOST_CONDITIONS:
            if self._read <= MOST_CONDITIONS + 1:
                detail = f"At most {DEEPEST} deep and {MOST_CONDITIONS} conditions, written out."
                self.wrong(at, "too_many_conditions", detail)
            return _never
        if "fact" in given:
            return self._fact(given, at)
        if len(given) != 1:
            self.wrong(at, "invalid_condition", "Give one of all, any, not, use or fact.")
            return _never
        ((word, value),) = given.items()
        if word in ("all", "any"):
            return self._several(word, value, at, depth)
        if word == "not":
            inner = self.condition(value, f"{at}/not", depth + 1)
            return lambda facts: not inner(facts)
        if word == "use":
            return self._use(value, at, depth)
        self.wrong(f"{at}/{word}", "unknown_word", f"{word!r} is not all, any, not, use or fact.")
        return _never

    def _several(self, word: str, value: Any, at: str, depth: int) -> Test:
        if not isinstance(value, list) or not value:
            self.wrong(f"{at}/{word}", "invalid_condition", f"{word} takes a list of conditions.")
            return _never
        tests = tuple(
            self.condition(one, f"{at}/{word}/{n}", depth + 1) for n, one in enumerate(value)
        )
        combine = all if word == "all" else any
        return lambda facts: combine(test(facts) for test in tests)

    def _use(self, name: Any, at: str, depth: int) -> Test:
        if name not in self._named:
            known = ", ".join(self._named) or "none"
            detail = f"There is no condition {name!r}; known are: {known}."
            self.wrong(f"{at}/use", "unknown_condition", detail)
            return _never
        if name in self._open:
            path = " -> ".join([*self._open, name])
            self.wrong(f"{at}/use", "condition_loop", f"This condition uses itself: {path}.")
            return _never
        self._open.append(name)
        found = self.condition(self._named[name], f"/conditions/{name}", depth + 1)
        self._open.pop()
        return found

    def _fact(self, given: dict[str, Any], at: str) -> Test:
        name = given["fact"]
        if not isinstance(name, str) or name not in CATALOGUE:
            detail = f"There is no fact {name!r}. Known facts: {', '.join(CATALOGUE)}."
            self.wrong(f"{at}/fact", "unknown_fact", detail)
            return _never
        words = [word for word in given if word != "fact"]
        if len(words) != 1 or words[0] not in _MAKERS:
            detail = f"Compare {name} with exactly one of {', '.join(_MAKERS)}."
            self.wrong(at, "invalid_condition", detail)
            return _never
        word, kind = words[0], CATALOGUE[name][0]
        if word in ("lt", "le", "gt", "ge") and kind not in COMPARED:
            detail = f"{name} is a {kind}; it has no order. Use is, in or known."
            self.wrong(f"{at}/{word}", "not_comparable", detail)
            return _never
        try:
            return _MAKERS[word](name, self._value(word, kind, given[word]))
        except KasstroomError as error:
            self.wrong(f"{at}/{word}", error.code, error.detail)
            return _never

    def _value(self, word: str, kind: FactKind, given: Any) -> Any:
        if word == "known":
            return _flag(given)
        if word in ("in_list", "not_in_list"):
            if not isinstance(given, str) or not isinstance(self._lists.get(given), list):
                detail = f"There is no list {given!r}; add it under lists."
                raise Refused("unknown_list", detail)
            return frozenset(self._scalar(kind, value) for value in self._lists[given])
        if word in ("in", "not_in"):
            if not isinstance(given, list) or not given:
                raise Refused("invalid_value", f"{word} takes a list of values.")
            return frozenset(self._scalar(kind, value) for value in given)
        return self._scalar(kind, given)

    def _scalar(self, kind: FactKind, given: Any) -> Fact:
        if kind is FactKind.AMOUNT:
            if not isinstance(given, str):
                raise Refused("invalid_amount", "Write an amount as text, such as '250.00'.")
            return Money.parse(given, self._currency).minor
        if kind is FactKind.FLAG:
            return _flag(given)
        if kind is FactKind.NUMBER:
            if type(given) is not int:
                raise Refused("invalid_value", "This fact is a whole number.")
            return given
        if not isinstance(given, str):
            raise Refused("invalid_value", "This fact is a text.")
        return given


def _never(facts: Facts) -> bool:
    return False


def _object(given: Any) -> dict[str, Any]:
    return given if isinstance(given, dict) else {}


def _flag(given: Any) -> bool:
    if not isinstance(given, bool):
        raise Refused("invalid_value", "Give true or false.")
    return given


def _compare(accepts: Callable[[Any, Any], bool]) -> Callable[[str, Any], Test]:
    def make(name: str, value: Any) -> Test:
        def test(facts: Facts) -> bool:
            fact = facts.get(name)
            return fact is not None and accepts(fact, value)

        return test

    return make


_MAKERS: dict[str, Callable[[str, Any], Test]] = {
    "lt": _compare(lambda fact, value: fact < value),
    "le": _compare(lambda fact, value: fact <= value),
    "gt": _compare(lambda fact, value: fact > value),
    "ge": _compare(lambda fact, value: fact >= value),
    "is": _compare(lambda fact, value: fact == value),
    "in": _compare(lambda fact, value: fact in value),
    "not_in": _compare(lambda fact, value: fact not in value),
    "in_list": _compare(lambda fact, value: fact in value),
    "not_in_list": _compare(lambda fact, value: fact not in value),
    "known": lambda name, value: lambda facts: (facts.get(name) is not None) is value,
}
