"""Nobody gives a group more room alone: not in one step, and not in many."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kasstroom.access.model import Actor
from kasstroom.changes import Changes
from kasstroom.credit.default_policy import default_policy
from kasstroom.credit.group_proposals import GroupProposal
from kasstroom.credit.group_rules import GroupData, frees_room
from kasstroom.credit.group_usecases import put_group
from kasstroom.credit.groups import CreditGroup, GroupChange, GroupState
from kasstroom.credit.model import CreditAccount
from kasstroom.credit.policy_document import read
from kasstroom.credit.reviews import QueuedReview
from kasstroom.credit.room import Ground
from kasstroom.errors import Conflict, Refused
from kasstroom.money import Money
from kasstroom.settle import settle
from tests.memory_books import MemoryBooks
from tests.people import NOW, ORG, eur

RULE = {"id": "r", "when": {"fact": "hold", "is": True}, "outcome": "refer", "reason": "blocked"}
STRICT = read("default", 1, {"rules": [RULE], "four_eyes_above": "1000.00"})
NUMBERS = ("D1", "D2", "D3", "D4")


def state(limit, *members):
    return GroupState("Groep", members[0] if members else "", eur(limit), members)


@pytest.mark.parametrize(
    ("before", "after", "frees"),
    [
        (None, state("900000.00", "D1"), False),
        (state("1.00"), state("900000.00", "D1"), False),
        (state("2000.00", "D1"), state("1999.00", "D1"), False),
        (state("2000.00", "D1"), state("2000.00", "D1", "D2"), False),
        (state("500.00", "D1"), state("1000.00", "D1"), False),
        (state("500.00", "D1"), state("1000.01", "D1"), True),
        (state("500.00", "D1", "D2"), state("1.00", "D1"), True),
        (state("500.00", "D1"), state("500.00"), True),
    ],
)
def test_only_what_gives_room_takes_two(before, after, frees):
    assert frees_room(before, after, [default_policy(), STRICT]) is frees


def test_the_strictest_policy_of_the_members_counts():
    before, after = state("500.00", "D1"), state("1000.01", "D1")
    assert not frees_room(before, after, [default_policy()])


limits = st.integers(0, 300_000).map(Money)
wanted = st.tuples(st.lists(st.sampled_from(NUMBERS), unique=True), limits)


def put(books, id, members, limit, now=NOW):
    data = GroupData(
        "Groep", members[0] if members else "", tuple(members), limit, force=True, reason="x"
    )
    facts = (ORG, id, data, Actor("erp"), now, lambda account: Ground(STRICT))
    return settle(books, lambda: put_group(books, *facts))


@given(st.lists(st.tuples(st.sampled_from(["g1", "g2"]), wanted), max_size=8))
def test_alone_nobody_takes_a_member_out_or_raises_above_the_amount(steps):
    books = MemoryBooks()
    books.commit(Changes(create=tuple(CreditAccount(ORG, n) for n in NUMBERS)))
    put(books, "g1", ["D1", "D2"], eur("500.00"))
    most = {"g1": eur("1000.00").minor, "g2": 300_000}
    for n, (id, (members, limit)) in enumerate(steps):
        before = books.find(CreditGroup, ORG, id=id)
        try:
            found = put(books, id, members, limit, NOW + timedelta(seconds=n + 1))
        except (Refused, Conflict):
            continue
        after = books.get(CreditGroup, ORG, id=id)
        if isinstance(found, GroupProposal):
            assert after.state == before.state and after.proposal
        if before and before.members:
            assert set(before.members) <= set(after.members)
            assert after.limit.minor <= max(before.limit.minor, 100_000)
        assert after.limit.minor <= most[id]
    assert {books.get(CreditAccount, ORG, n).group for n in ("D1", "D2")} == {"g1"}
    for group in books.every(CreditGroup):
        ledger = books.all_of(GroupChange, ORG, group.id)
        replayed = None
        for line in sorted(ledger, key=lambda line: line.id):
            assert line.before == replayed
            replayed = line.after
        assert replayed == group.state
        waits = [q for q in books.every(QueuedReview) if q.subject == group.proposal]
        assert len(waits) == bool(group.proposal)
