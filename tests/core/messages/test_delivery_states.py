"""Receipts come late, twice and in any order; a message only moves forward."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kasstroom.debtors.model import Channel
from kasstroom.messages.model import LOST, MessageState
from kasstroom.messages.states import is_forward
from tests.core.messages.posting import Post, books_with_debtor, claimed, now_of, receipt, send
from tests.people import NOW

S = MessageState
GOOD = (S.SENT, S.DELIVERED, S.READ)


@pytest.mark.parametrize("order", list(permutations(GOOD)))
def test_good_news_in_any_order_ends_the_same(order):
    books = books_with_debtor()
    claimed(books)
    for state in order:
        receipt(books, state, at=NOW + timedelta(seconds=GOOD.index(state)))
        receipt(books, state, at=NOW + timedelta(hours=1))
    after = now_of(books)
    assert after.state is S.READ and after.read_at == NOW + timedelta(seconds=2)
    assert after.sent_at and after.delivered_at
    assert [type(e).__name__ for e in books.events].count("DunningSent") == 1


@given(st.lists(st.sampled_from(list(S)), max_size=8))
def test_no_order_of_states_ever_comes_back_to_an_earlier_one(states):
    seen = [S.CLAIMED]
    for state in states:
        if is_forward(seen[-1], state):
            seen.append(state)
    assert len(seen) == len(set(seen))
    assert seen[-1] in LOST or not set(seen) & LOST


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([S.SENT, S.DELIVERED, S.READ, S.BOUNCED, S.FAILED, S.COMPLAINED]),
            st.booleans(), st.sampled_from([Channel.EMAIL, Channel.SMS, Channel.WHATSAPP]),
            st.integers(0, 3),
        ),
        max_size=12,
    )
)  # fmt: skip
def test_whatever_comes_in_no_channel_is_used_twice(reports):
    books, post = books_with_debtor(), Post()
    claimed(books)
    send(books, post)
    for state, permanent, channel, attempt in reports:
        receipt(books, state, permanent=permanent, channel=channel, attempt=attempt)
        if now_of(books).state is S.CLAIMED:
            send(books, post)
    used = [m.to + ("@" if "@" in m.to else m.sender) for m in post.sent]
    assert len(used) == len(set(used)) <= 3


def test_a_receipt_proves_that_a_claim_was_sent():
    books = books_with_debtor()
    claimed(books)
    receipt(books, S.DELIVERED)
    assert now_of(books).state is S.DELIVERED and now_of(books).due is None


def test_a_telephone_does_not_send_back_what_it_showed():
    books = books_with_debtor()
    claimed(books)
    receipt(books, S.READ)
    assert receipt(books, S.FAILED).state is S.READ
    assert receipt(books, S.BOUNCED).state is S.READ
