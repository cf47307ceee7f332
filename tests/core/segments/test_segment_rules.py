"""A set's document: every mistake with its place, and conditions that mean what they say."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kasstroom.segments.catalogue import FACTS, RESTRICTED, TIMED, words
from kasstroom.segments.defaults import DOCUMENT, built_in
from kasstroom.segments.reading import SegmentsRefused, read, sense

LATE = {"fact": "oldest_overdue_days", "ge": 30}
DUTCH = {"fact": "country", "is": "NL"}


def segment(name: str = "late", priority: Any = 1, when: Any = LATE, **more: Any) -> dict[str, Any]:
    return {"name": name, "priority": priority, "when": when} | more


def document(*segments: Any, **more: Any) -> dict[str, Any]:
    return {"segments": list(segments)} | more


def mistakes(given: Any) -> dict[str, str]:
    with pytest.raises(SegmentsRefused) as refused:
        read(2, given)
    return {mistake.pointer: mistake.code for mistake in refused.value.mistakes}


WRONG = {
    "no segments": ({}, {"/segments": "missing"}),
    "nothing in it": (document(), {"/segments": "invalid_value"}),
    "no object": (document(1), {"/segments/0": "invalid_value"}),
    "nothing said": (
        document({}),
        {"/segments/0/name": "missing", "/segments/0/priority": "missing",
         "/segments/0/when": "missing"},
    ),
    "not a slug": (document(segment("Late payers")), {"/segments/0/name": "invalid_value"}),
    "no priority": (document(segment(priority=0)), {"/segments/0/priority": "invalid_value"}),
    "true is no number": (
        document(segment(priority=True)), {"/segments/0/priority": "invalid_value"}
    ),
    "a long story": (
        document(segment(description="x" * 301)), {"/segments/0/description": "invalid_value"}
    ),
    "unknown field": (document(segment(color="red")), {"/segments/0/color": "unknown_field"}),
    "unknown section": (document(segment(), rules=[]), {"/rules": "unknown_field"}),
    "unknown fact": (
        document(segment(when={"fact": "shoe_size", "ge": 40})),
        {"/segments/0/when/fact": "unknown_fact"},
    ),
    "a fact of an order": (
        document(segment(when={"fact": "order_amount", "ge": "40.00"})),
        {"/segments/0/when/fact": "unknown_fact"},
    ),
    "what lists say": (
        document(segment(when={"fact": "sanctions", "is": "possible"})),
        {"/segments/0/when/fact": "unknown_fact"},
    ),
    "an amount as number": (
        document(segment(when={"fact": "open", "ge": 40})),
        {"/segments/0/when/ge": "invalid_amount"},
    ),
    "days as text": (
        document(segment(when={"fact": "oldest_overdue_days", "ge": "30"})),
        {"/segments/0/when/ge": "invalid_value"},
    ),
    "no order in a text": (
        document(segment(when={"fact": "sector", "ge": "47"})),
        {"/segments/0/when/ge": "not_comparable"},
    ),
    "deep inside": (
        document(segment(when={"any": [LATE, {"all": [{"not": {"fact": "x", "is": 1}}]}]})),
        {"/segments/0/when/any/1/all/0/not/fact": "unknown_fact"},
    ),
    "twice a name": (
        document(segment(), segment(priority=2, when=DUTCH)),
        {"/segments/1/name": "duplicate_segment"},
    ),
    "twice a priority": (
        document(segment(), segment("dutch", when=DUTCH)),
        {"/segments/1/priority": "duplicate_priority"},
    ),
    "never reached": (
        document(segment(), segment("also_late", 2)), {"/segments/1/when": "unreachable_segment"}
    ),
    "never reached, in other words": (
        document(
            segment("second", 9, {"any": [DUTCH, {"use": "old"}]}),
            segment("first", 3, {"any": [{"all": [LATE]}, DUTCH]}),
            conditions={"old": LATE},
        ),
        {"/segments/0/when": "unreachable_segment"},
    ),
    "a loop": (
        document(segment(when={"use": "a"}), conditions={"a": {"use": "a"}}),
        {"/conditions/a/use": "condition_loop"},
    ),
    "no currency": (document(segment(), currency="XXQ"), {"/currency": "unknown_currency"}),
    "too many": (
        document(*(segment(f"s{n}", n + 1) for n in range(51))), {"/segments": "invalid_value"}
    ),
    "too large": (
        document(segment(), lists={"l": ["x" * 90] * 2000}), {"": "document_too_large"}
    ),
    "half a character": (document(segment(description="\ud800")), {"": "invalid_document"}),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_a_mistake_is_told_with_its_place(case):
    given, expected = WRONG[case]
    assert mistakes(given) == expected


def test_all_mistakes_are_told_at_once():
    given = document(segment(when={"fact": "x", "is": 1}), segment("B", 1, {"nor": []}))
    assert len(mistakes(given)) == 4


def test_fifty_segments_fit():
    fifty = (segment(f"s{n}", n + 1, {"fact": "known_days", "ge": n}) for n in range(50))
    assert len(read(2, document(*fifty)).segments) == 50


def test_segments_stand_in_the_order_of_their_priority_wherever_they_are_written():
    given = document(segment("b", 20), segment("a", 10, DUTCH))
    assert [one.name for one in read(2, given).segments] == ["a", "b"]


def test_who_looks_at_care_is_restricted_also_through_a_name_or_a_not():
    care = {"fact": "deceased", "is": True}
    given = document(
        segment("a", 1, {"use": "gone"}), segment("b", 2, {"not": care}), segment("c", 3),
        conditions={"gone": care},
    )  # fmt: skip
    assert [one.restricted for one in read(2, given).segments] == [True, True, False]


def test_the_built_in_set():
    names = [one.name for one in built_in().segments]
    assert names == [
        "vulnerable", "key_accounts", "good_payers", "slow_payers", "new", "consumers", "business",
    ]  # fmt: skip
    assert [one.name for one in built_in().segments if one.restricted] == ["vulnerable"]
    assert all(one.description for one in built_in().segments)


def test_every_fact_has_words_and_what_is_timed_or_restricted_is_one():
    assert FACTS.keys() >= TIMED | RESTRICTED
    assert all(words(name).nl and words(name).en for name in FACTS)


CONDITIONS = st.recursive(
    st.sampled_from([LATE, DUTCH, {"fact": "vulnerable", "is": True}, {"fact": "score", "lt": 40}]),
    lambda inner: st.one_of(
        st.builds(lambda parts: {"all": parts}, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda parts: {"any": parts}, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda part: {"not": part}, inner),
    ),
    max_leaves=6,
)
SOME_FACTS = st.fixed_dictionaries(
    {
        "oldest_overdue_days": st.integers(0, 60), "country": st.sampled_from(["NL", "BE", None]),
        "vulnerable": st.booleans(), "score": st.one_of(st.none(), st.integers(0, 100)),
    }
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(CONDITIONS, CONDITIONS, SOME_FACTS)
def test_what_has_the_same_sense_gives_the_same_answer(one, other, facts):
    first, second = (read(2, document(segment(when=when))).segments[0] for when in (one, other))
    if sense(one, {}) == sense(other, {}):
        assert first.test(facts) == second.test(facts)
    twice = {"any": [one, {"all": [one]}]}
    assert sense(twice, {}) == sense(one, {})


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(["currency", "segments", "conditions", "lists"]), JSON,
    st.sampled_from(["name", "priority", "when", "description"]), JSON,
)  # fmt: skip
def test_whatever_is_sent_is_read_or_refused(section, whole, field, part):
    given = copy.deepcopy(DOCUMENT)
    given["segments"][0][field] = part
    given[section] = whole
    try:
        read(2, given)
    except SegmentsRefused as refused:
        assert all(mistake.detail for mistake in refused.mistakes)


def test_no_pattern_of_a_webhook_covers_who_asks_for_care():
    from kasstroom.events.segments import DebtorRestrictedSegmentChanged, DebtorSegmentChanged
    from kasstroom.webhooks.patterns import matches

    care, open_to_all = DebtorRestrictedSegmentChanged.TYPE, DebtorSegmentChanged.TYPE
    assert not any(matches(pattern, care) for pattern in ("*", "debtor.*", "debtor.restricted*"))
    assert matches(care, care) and matches("debtor.*", open_to_all)
