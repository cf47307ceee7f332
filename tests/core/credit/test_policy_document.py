"""A policy's document: every mistake with its place, and never anything but a mistake."""

from __future__ import annotations

import copy
import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kasstroom.credit.default_policy import DOCUMENT
from kasstroom.credit.fact_catalogue import CATALOGUE
from kasstroom.credit.policies import FALLBACK, LivePolicies, LivePolicy, compiled
from kasstroom.credit.policy import judge
from kasstroom.credit.policy_document import MOST_MISTAKES, PolicyRefused, read
from kasstroom.credit.rules import DEEPEST

RULE = {"id": "a", "when": {"fact": "hold", "is": True}, "outcome": "declined", "reason": "blocked"}
FULL: dict[str, Any] = {
    "currency": "EUR",
    "limit": {"take": "lowest", "of": ["own", "insured"]},
    "warn_percent": 70,
    "hold_days": 14,
    "committed_days": 60,
    "smallest_partial": "100.00",
    "regulated_credit": "refer",
    "exchange_rates": {"USD": "0.92", "SEK": "0.088"},
    "four_eyes_above": "25000.00",
    "data_max_age_days": 30,
    "data_budget_ms": 500,
    "reviews": {"every_days": 180, "grace_days": 10, "lapse": ["discretionary", "own"]},
    "automatic": {"percent": 120, "most": "5000.00", "smallest_invoices": 5},
    "lists": {"blocked/places": ["1234AB-25A"], "few": [1, 2]},
    "conditions": {
        "late": {"fact": "overdue", "gt": "25.00"},
        "old": {"all": [{"use": "late"}, {"fact": "oldest_overdue_days", "ge": 30}]},
    },
    "rules": [
        RULE,
        {
            "id": "place",
            "when": {
                "any": [
                    {"fact": "address_key", "in_list": "blocked/places"},
                    {"not": {"fact": "country", "in": ["NL", "BE"]}},
                    {"use": "old"},
                ]
            },
            "outcome": "refer",
            "reason": "fraud_suspected",
            "detail": "Looked at by a person.",
            "fixable_by": "nobody",
            "alternatives": ["prepay", "lower_amount"],
        },
        {
            "id": "part",
            "when": {"fact": "first_order", "is": True},
            "outcome": "approved_with_conditions",
            "reason": "policy_other",
            "condition": {"kind": "part_prepayment", "percent": 30},
        },
    ],
}


def mistakes(document: Any) -> dict[str, str]:
    """Code by pointer; empty when the document reads."""
    try:
        read("default", 2, document)
    except PolicyRefused as refused:
        return {mistake.pointer: mistake.code for mistake in refused.mistakes}
    return {}


def resolved(document: Any, pointer: str) -> Any:
    """What a JSON pointer (RFC 6901) points at; LookupError when there is nothing."""
    assert pointer == "" or pointer.startswith("/")
    for step in pointer.split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        if isinstance(document, list):
            document = document[int(name)]
        elif isinstance(document, dict):
            document = document[name]
        else:
            raise LookupError(pointer)
    return document


def with_(at: str, value: Any) -> dict[str, Any]:
    """FULL with something else at a pointer."""
    document = copy.deepcopy(FULL)
    parent, _, last = at.rpartition("/")
    place = resolved(document, parent)
    place[int(last) if isinstance(place, list) else last.replace("~1", "/")] = value
    return document


def when(condition: Any) -> dict[str, Any]:
    return {"rules": [RULE | {"when": condition}]}


def test_every_word_of_the_language_reads():
    policy = read("default", 2, FULL)
    assert (policy.id, [rule.id for rule in policy.rules]) == ("default.2", ["a", "place", "part"])
    assert policy.terms.exchange_rates == {"USD": Decimal("0.92"), "SEK": Decimal("0.088")}
    assert (policy.terms.hold_days, policy.terms.reviews.every_days) == (14, 180)
    assert policy.rules[1].looks_at == ("address_key", "country", "overdue", "oldest_overdue_days")


@pytest.mark.parametrize(
    ("at", "value", "pointer", "code"),
    [
        ("/hold_days", 0, "/hold_days", "invalid_value"),
        ("/hold_days", True, "/hold_days", "invalid_value"),
        ("/hold_days", 1.5, "/hold_days", "invalid_value"),
        ("/warn_percent", 101, "/warn_percent", "invalid_value"),
        ("/warn_percent", "80", "/warn_percent", "invalid_value"),
        ("/currency", "EURO", "/currency", "unknown_currency"),
        ("/currency", 5, "/currency", "unknown_currency"),
        ("/smallest_partial", 100, "/smallest_partial", "invalid_amount"),
        ("/smallest_partial", "1,00", "/smallest_partial", "invalid_amount"),
        ("/smallest_partial", "-1.00", "/smallest_partial", "negative_amount"),
        ("/smallest_partial", "1.001", "/smallest_partial", "invalid_amount"),
        ("/regulated_credit", "approved", "/regulated_credit", "invalid_value"),
        ("/exchange_rates", [], "/exchange_rates", "invalid_value"),
        ("/exchange_rates/USD", 0.92, "/exchange_rates/USD", "invalid_rate"),
        ("/exchange_rates/USD", "NaN", "/exchange_rates/USD", "invalid_rate"),
        ("/exchange_rates/XXX", "1.0", "/exchange_rates/XXX", "unknown_currency"),
        ("/limit/take", "most", "/limit/take", "invalid_value"),
        ("/limit/of/1", "temporary", "/limit/of/1", "invalid_value"),
        ("/limit", [], "/limit", "invalid_value"),
        ("/reviews/lapse/1", "none", "/reviews/lapse/1", "invalid_value"),
        ("/automatic/percent", 1201, "/automatic/percent", "invalid_value"),
        ("/automatic/speed", 1, "/automatic/speed", "unknown_field"),
        ("/colour", "red", "/colour", "unknown_field"),
        ("/a~1b", "red", "/a~1b", "unknown_field"),
        ("/lists", [], "/lists", "invalid_value"),
        ("/lists/few", "x", "/lists/few", "invalid_value"),
        ("/lists/few/1", None, "/lists/few/1", "invalid_value"),
        ("/lists/few/1", True, "/lists/few/1", "invalid_value"),
        ("/lists/blocked~1places", {}, "/lists/blocked~1places", "invalid_value"),
        ("/conditions", 5, "/conditions", "invalid_value"),
        ("/conditions/late", [], "/conditions/late", "invalid_condition"),
        ("/conditions/late", {"use": "old"}, "/conditions/old/all/0/use", "condition_loop"),
        ("/rules", {}, "/rules", "invalid_value"),
        ("/rules", [], "/rules", "invalid_value"),
        ("/rules", [RULE] * 201, "/rules", "invalid_value"),
        ("/rules/0", None, "/rules/0", "invalid_value"),
        ("/rules/0/id", "", "/rules/0/id", "invalid_value"),
        ("/rules/0/id", "prepaid", "/rules/0/id", "invalid_value"),
        ("/rules/0/id", "place", "/rules/1/id", "duplicate_rule"),
        ("/rules/0/outcome", "approved", "/rules/0/outcome", "invalid_value"),
        ("/rules/0/outcome", [], "/rules/0/outcome", "invalid_value"),
        ("/rules/0/reason", "because", "/rules/0/reason", "invalid_value"),
        ("/rules/0/detail", "x" * 301, "/rules/0/detail", "invalid_value"),
        ("/rules/0/color", "red", "/rules/0/color", "unknown_field"),
        ("/rules/0/condition", {"kind": "consent"}, "/rules/0/condition", "invalid_value"),
        ("/rules/1/alternatives/0", "gift", "/rules/1/alternatives/0", "invalid_value"),
        ("/rules/2/condition", None, "/rules/2/condition", "invalid_value"),
        ("/rules/2/condition", {}, "/rules/2/condition/kind", "missing"),
        ("/rules/2/condition/percent", 100, "/rules/2/condition/percent", "invalid_value"),
        ("/rules/2/condition/kind", "consent", "/rules/2/condition/percent", "unknown_field"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_place(at, value, pointer, code):
    assert mistakes(with_(at, value)).get(pointer) == code


@pytest.mark.parametrize("field", ["id", "when", "outcome", "reason"])
def test_what_a_rule_lacks_is_named(field):
    rule = {name: value for name, value in RULE.items() if name != field}
    assert mistakes({"rules": [rule]}) == {f"/rules/0/{field}": "missing"}


@pytest.mark.parametrize(
    ("condition", "pointer", "code"),
    [
        ({"fact": "weather", "is": "rain"}, "/fact", "unknown_fact"),
        ({"fact": ["overdue"], "gt": "1.00"}, "/fact", "unknown_fact"),
        ({"fact": "overdue"}, "", "invalid_condition"),
        ({"fact": "overdue", "gt": "1.00", "lt": "2.00"}, "", "invalid_condition"),
        ({"fact": "overdue", "above": "1.00"}, "/above", "invalid_condition"),
        ({"fact": "overdue", "gt": 1}, "/gt", "invalid_amount"),
        ({"fact": "overdue", "gt": "1.0.0"}, "/gt", "invalid_amount"),
        ({"fact": "score", "gt": True}, "/gt", "invalid_value"),
        ({"fact": "score", "gt": "40"}, "/gt", "invalid_value"),
        ({"fact": "score", "gt": 40.0}, "/gt", "invalid_value"),
        ({"fact": "hold", "is": 1}, "/is", "invalid_value"),
        ({"fact": "hold", "known": "yes"}, "/known", "invalid_value"),
        ({"fact": "country", "gt": "NL"}, "/gt", "not_comparable"),
        ({"fact": "country", "is": 31}, "/is", "invalid_value"),
        ({"fact": "country", "in": []}, "/in", "invalid_value"),
        ({"fact": "country", "in": ["NL", 31]}, "/in/1", "invalid_value"),
        ({"fact": "country", "in_list": "eu"}, "/in_list", "unknown_list"),
        ({"fact": "country", "in_list": ["eu"]}, "/in_list", "unknown_list"),
        ({"use": "late"}, "/use", "unknown_condition"),
        ({"use": ["late"]}, "/use", "unknown_condition"),
        ({"all": []}, "/all", "invalid_condition"),
        ({"all": {"fact": "hold", "is": True}}, "/all", "invalid_condition"),
        ({"any": [5]}, "/any/0", "invalid_condition"),
        ({"not": []}, "/not", "invalid_condition"),
        ({"not": {"fact": "hold", "is": 1}}, "/not/is", "invalid_value"),
        ({"xor": []}, "/xor", "unknown_word"),
        ({"all": [], "any": []}, "", "invalid_condition"),
        ({}, "", "invalid_condition"),
        (None, "", "invalid_condition"),
    ],
)
def test_a_mistake_in_a_condition_is_named_with_its_place(condition, pointer, code):
    assert mistakes(when(condition)) == {f"/rules/0/when{pointer}": code}


def test_a_list_of_the_wrong_kind_is_named_where_it_is_used():
    document = when({"fact": "score", "in_list": "grades"}) | {"lists": {"grades": ["A", "B"]}}
    assert mistakes(document) == {"/rules/0/when/in_list": "invalid_value"}


def test_a_condition_has_an_end():
    deep: Any = {"fact": "hold", "is": True}
    for _ in range(DEEPEST):
        deep = {"not": deep}
    assert mistakes(when(deep)) == {}
    assert list(mistakes(when({"not": deep})).values()) == ["too_many_conditions"]


@pytest.mark.parametrize("size", [2, 1000])
def test_conditions_that_use_themselves_are_refused_at_once(size):
    names = [f"c{n}" for n in range(size)]
    chain = {name: {"use": names[(n + 1) % size]} for n, name in enumerate(names)}
    found = mistakes(when({"use": "c0"}) | {"conditions": chain})
    assert found and set(found.values()) <= {"condition_loop", "too_many_conditions"}


def test_conditions_that_double_at_every_step_are_refused_at_once():
    """Thirty lines that would be 2^30 conditions written out."""
    names = [f"c{n}" for n in range(30)]
    doubled = {a: {"all": [{"use": b}, {"use": b}]} for a, b in zip(names, names[1:], strict=False)}
    doubled["c29"] = {"fact": "hold", "is": True}
    found = mistakes(when({"use": "c0"}) | {"conditions": doubled})
    assert set(found.values()) == {"too_many_conditions"}


def test_a_very_wrong_document_gets_a_list_of_bounded_length():
    bad = {"fact": "weather" * 1000, "is": 1}
    many = when({"all": [bad] * 4000})
    refused = pytest.raises(PolicyRefused, read, "default", 2, many).value
    assert len(refused.mistakes) == MOST_MISTAKES
    assert all(len(mistake.detail) <= 1000 for mistake in refused.mistakes)


def test_all_mistakes_come_at_once_and_always_in_the_same_order():
    wrong = {"b": 1, "a": 1, "hold_days": 0, "rules": [RULE | {"id": ""}, {}]}
    first = pytest.raises(PolicyRefused, read, "default", 2, wrong).value.mistakes
    again = pytest.raises(PolicyRefused, read, "default", 2, wrong).value.mistakes
    assert first == again and len(first) == 8


TEXTS = st.one_of(
    st.sampled_from(
        [*list(CATALOGUE)[:12], "late", "old", "few", "EUR", "declined", "blocked", "NL", "1.00"]
    ),
    st.text(max_size=6),
)
WORDS = st.one_of(
    st.sampled_from(
        "all any not use fact lt le gt ge is in not_in in_list not_in_list known rules id when"
        " outcome reason condition kind percent conditions lists limit take of currency"
        " exchange_rates reviews automatic most USD a/b a~b".split()
    ),
    st.text(max_size=4),
)
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), TEXTS),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(WORDS, inner, max_size=4)),
    max_leaves=12,
)


def places(document: Any, at: str = "") -> list[str]:
    found = [at]
    pairs = document.items() if isinstance(document, dict) else []
    pairs = enumerate(document) if isinstance(document, list) else pairs
    for name, value in pairs:
        step = str(name).replace("~", "~0").replace("/", "~1")
        found += places(value, f"{at}/{step}")
    return found


def reads_or_says_where(document: Any) -> None:
    try:
        policy = read("default", 2, document)
    except PolicyRefused as refused:
        assert refused.mistakes
        for mistake in refused.mistakes:
            at = mistake.pointer
            resolved(document, at.rpartition("/")[0] if mistake.code == "missing" else at)
            assert mistake.detail
    else:
        nothing = dict.fromkeys(CATALOGUE) | {
            "natural_person": False, "regulated_credit": "exempt", "order_amount": 100,
        }  # fmt: skip
        assert judge(policy, nothing) == judge(policy, nothing)


@given(JSON)
@settings(max_examples=150, deadline=None)
def test_any_json_reads_or_is_refused_with_places_that_are_there(document):
    reads_or_says_where(document)


@given(st.sampled_from([p for p in places(FULL) if p]), JSON)
@settings(max_examples=300, deadline=None)
def test_a_policy_with_anything_anywhere_reads_or_is_refused(at, value):
    document = with_(at, value)
    reads_or_says_where(document)
    reads_or_says_where(json.loads(json.dumps(document)))


@given(st.sampled_from(places(FULL)[1:]), JSON)
@settings(max_examples=100, deadline=None)
def test_what_is_live_always_decides(at, value):
    """A document that was live before a mistake came into the software refers everything."""
    live = LivePolicies("vandijk", {"default": LivePolicy(7, with_(at, value))})
    policy = compiled(live)["default"]
    assert policy is FALLBACK or policy.id == "default.7"


def test_the_policy_everybody_starts_with_reads():
    assert mistakes(DOCUMENT) == {}
