"""Tests of one fact: the words a rule compares with, and the values they take."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kasstroom.credit.decision import Fact
from kasstroom.credit.fact_catalogue import FactKind
from kasstroom.errors import Refused
from kasstroom.money import Money

Facts = Mapping[str, Fact]
Test = Callable[[Facts], bool]
Maker = Callable[[str, Any], Test]


def fact_value(kind: FactKind, given: Any, currency: str) -> Fact:
    """What a fact of this kind is compared with, from JSON; Refused when it is not of the kind."""
    if kind is FactKind.AMOUNT:
        if not isinstance(given, str):
            raise Refused("invalid_amount", "Write an amount as text, such as '250.00'.")
        return Money.parse(given, currency).minor
    if kind is FactKind.FLAG:
        if not isinstance(given, bool):
            raise Refused("invalid_value", "Give true or false.")
        return given
    if kind is FactKind.NUMBER:
        if type(given) is not int:
            raise Refused("invalid_value", "This fact is a whole number.")
        return given
    if not isinstance(given, str):
        raise Refused("invalid_value", "This fact is a text.")
    return given


def never(facts: Facts) -> bool:
    """Stands where a condition could not be read."""
    return False


def _compare(accepts: Callable[[Any, Any], bool]) -> Maker:
    def make(name: str, value: Any) -> Test:
        def test(facts: Facts) -> bool:
            fact = facts.get(name)
            return fact is not None and accepts(fact, value)

        return test

    return make


MAKERS: dict[str, Maker] = {
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
