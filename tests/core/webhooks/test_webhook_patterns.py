"""Which events a subscription wants, and which nobody gets by accident."""

from __future__ import annotations

import pytest

from kasstroom.access.model import Actor, Role
from kasstroom.errors import Refused
from kasstroom.events import catalogue
from kasstroom.webhooks.patterns import RESTRICTED, checked_types, matches, may_have_sent, wanted

SECRET_TYPE = "sanctions.possible_hit"


@pytest.mark.parametrize(
    ("pattern", "type_", "covers"),
    [
        ("invoice.paid", "invoice.paid", True),
        ("invoice.paid", "invoice.partially_paid", False),
        ("invoice.*", "invoice.paid", True),
        ("invoice.*", "invoice.terms_deviated", True),
        ("invoice.*", "invoices.paid", False),
        ("credit.*", "credit.limit.changed", True),
        ("credit.limit.*", "credit.limit.changed", True),
        ("credit.limit.*", "credit.hold.placed", False),
        ("*", "payment_link.created", True),
        ("*", SECRET_TYPE, False),
        ("sanctions.*", SECRET_TYPE, False),
        (SECRET_TYPE, SECRET_TYPE, True),
    ],
)
def test_a_pattern_covers_what_starts_so(pattern, type_, covers):
    assert matches(pattern, type_) is covers
    assert wanted(("debtor.created", pattern), type_) is covers


def test_every_event_can_be_asked_for_by_name():
    names = tuple(event.TYPE for event in catalogue())
    for start in range(0, len(names), 50):
        assert checked_types(names[start : start + 50]) == names[start : start + 50]
    assert set(names) >= RESTRICTED


@pytest.mark.parametrize(
    "pattern",
    [
        "invoice.payed",
        "invoice",
        "invoice.",
        "inv*",
        "*.paid",
        "invoice.*.x",
        "**",
        "sanctions.*",
        "",
    ],
)
def test_a_pattern_that_covers_nothing_is_a_typing_error(pattern):
    with pytest.raises(Refused) as refused:
        checked_types(("invoice.*", pattern))
    assert refused.value.pointer == "/body/types/1"


def test_none_or_too_many_are_refused_and_double_ones_are_one():
    for types in [(), ("*",) * 51]:
        with pytest.raises(Refused):
            checked_types(types)
    assert checked_types(("*", "*", "invoice.*")) == ("*", "invoice.*")


def test_what_lists_say_is_sent_for_those_who_may_know():
    may_have_sent(Actor("anna", (Role.CREDIT_MANAGER,)), (SECRET_TYPE,))
    may_have_sent(Actor("webshop"), ("*",))
    for actor in (Actor("webshop"), Actor("sam", (Role.SALES,))):
        with pytest.raises(Refused, match="credit manager"):
            may_have_sent(actor, ("invoice.*", SECRET_TYPE))
