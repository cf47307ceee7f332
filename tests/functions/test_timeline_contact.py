"""The timeline of what was said to a debtor and answered, and of what comes next."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from kasstroom.changes import Changes
from kasstroom.debtors.model import Channel, Contact, Debtor
from kasstroom.debtors.timeline_contact import told
from kasstroom.dunning.model import BlockReason
from kasstroom.dunning.pausing import NewPause, lift, pause
from kasstroom.dunning.proposals import DunningProposal, ProposalState
from kasstroom.dunning.strategy import End, StepKind
from kasstroom.messages.model import Message, MessageState, Try
from kasstroom.organisations.model import Language
from kasstroom.payments.links import create
from kasstroom.resolution.model import DisputeReason
from kasstroom.resolution.objecting import disagree
from kasstroom.resolution.replies import cannot_pay, done, says_paid
from kasstroom.resolution.reply_model import Disagrees, SaysPaid
from kasstroom.settle import settle
from tests.people import NOW, ORG, eur, received

PATH = "/v1/debtors/D1/timeline"
S = MessageState


def read(api, query=""):
    answer = api("debtors/api", "GET", PATH + query)
    assert answer.status == 200, answer.body
    return answer.body


def minutes(count: int):
    return NOW + timedelta(minutes=count)


def message(state, **facts) -> Message:
    return Message(
        ORG, "D1", "msg_1", StepKind.REMINDER, facts.pop("channel", Channel.SMS), Language.NL,
        "a@b.example", ("F1",), eur("250.00"), state, NOW, NOW, **facts,
    )  # fmt: skip


LOST = Try(Channel.EMAIL, "a@b.example", S.BOUNCED, minutes(2), "5.1.1", "p", minutes(1))


@pytest.mark.parametrize(
    ("given", "lines"),
    [
        (message(S.CLAIMED), ["waits to be sent"]),
        (message(S.CANCELLED), ["cancelled"]),
        (message(S.FAILED, failed_reason="not_sent"), ["failed (not_sent)"]),
        (
            message(S.READ, sent_at=NOW, delivered_at=minutes(1), read_at=minutes(2)),
            ["sent", "delivered", "read"],
        ),
        (message(S.COMPLAINED, sent_at=NOW), ["sent", "called spam"]),
    ],
    ids=["claimed", "cancelled", "failed", "read", "complained"],
)
def test_a_message_tells_each_state(given, lines):
    assert [text for at, _, _, text in told(given) if at] == [
        f"reminder by sms: {line}" for line in lines
    ]


def test_a_message_tells_the_ways_it_tried_and_which_came_next():
    found = [text for at, _, _, text in told(message(S.SENT, tries=(LOST,), sent_at=NOW)) if at]
    assert found == [
        "reminder by email: sent", "reminder by email: bounced (5.1.1), then by sms",
        "reminder by sms: sent",
    ]  # fmt: skip
    gone = message(S.BOUNCED, tries=(LOST,), channel=Channel.EMAIL, sent_at=minutes(1))
    found = [text for at, _, _, text in told(gone) if at]
    assert found == ["reminder by email: sent", "reminder by email: bounced (5.1.1)"]


def test_replies_pauses_disputes_and_proposals_stand_in_it(api, books):
    link = settle(books, lambda: create(books, ORG, "D1", (), token="t" * 22, now=NOW)).link
    settle(books, lambda: says_paid(books, link, SaysPaid(account_end="4300"), NOW))
    poor = settle(books, lambda: cannot_pay(books, link, "Ik kan 20 euro", minutes(1)))
    settle(books, lambda: done(books, ORG, poor.id, "anna", "regeling", minutes(2)))
    said = Disagrees("F1", DisputeReason.DAMAGED, eur("50.00"))
    settle(books, lambda: disagree(books, link, said, minutes(3)))
    new = NewPause(BlockReason.MANUAL, debtor="D1", note="vakantie")
    held = settle(books, lambda: pause(books, ORG, new, "bob", minutes(4)))
    settle(books, lambda: lift(books, ORG, held.id, "anna", minutes(5)))
    asked = DunningProposal(
        ORG, "D1", "dpr_1", StepKind.HAND_OVER, End.AGENCY, ("F1",), eur("250.00"), minutes(6),
        ProposalState.REJECTED, minutes(7), "anna", "nog niet",
    )  # fmt: skip
    books.commit(Changes(create=(asked,)))
    kinds = ("reply", "pause", "dispute", "dunning_proposal")
    items = [i["text"] for i in read(api)["items"] if i["kind"].startswith(kinds)]
    assert items[::-1] == [
        *sorted([
            "reminders of F1 paused until 2026-09-08 by debtor, says paid",
            "says paid: F1 from an account that ends with 4300",
        ], key=lambda text: items[::-1].index(text)),
        *sorted([
            "reminders paused until 2026-09-08 by debtor, cannot pay",
            "says cannot pay: F1 “Ik kan 20 euro”",
        ], key=lambda text: items[::-1].index(text)),
        "dealt with by anna: regeling",
        "disputed by debtor, damaged: EUR 50.00 of F1",
        "reminders paused by bob, manual: vakantie",
        "pause lifted by anna",
        "hand over of EUR 250.00 proposed",
        "hand over rejected by anna: nog niet",
    ]  # fmt: skip


def test_the_first_page_tells_what_comes_in_the_next_month(api, books):
    page = read(api, "?limit=1")
    assert [(step["step"], step["channel"], step["invoices"]) for step in page["planned"]] == [
        ("reminder", "email", ["F1"]), ("second_reminder", "email", ["F1"]),
        ("final_demand", "email", ["F1"]),
    ][: len(page["planned"])] and page["planned"]  # fmt: skip
    assert page["planned_note"] == ""
    following = read(api, f"?limit=1&cursor={page['next_cursor']}")
    assert (following["planned"], following["planned_note"]) == ([], "")


def _paused(books) -> None:
    new = NewPause(BlockReason.LEGAL, debtor="D1")
    settle(books, lambda: pause(books, ORG, new, "anna", NOW))


def _disputed(books) -> None:
    link = settle(books, lambda: create(books, ORG, "D1", (), token="t" * 22, now=NOW)).link
    said = Disagrees("F1", DisputeReason.DAMAGED)
    settle(books, lambda: disagree(books, link, said, NOW))


def _unreachable(books) -> None:
    known = books.get(Debtor, ORG, "D1")
    books.commit(Changes(update=(replace(known, contact=Contact()),)))


@pytest.mark.parametrize(
    ("happens", "note"),
    [
        (_paused, "It is in a legal procedure."),
        (_disputed, "All of it is disputed; decide on the dispute."),
        (_unreachable, "There is no address for the channels of this step; add one."),
        (lambda books: received(books, "250.00", "F1"), "Nothing is overdue."),
    ],
    ids=["paused", "disputed", "unreachable", "paid"],
)
def test_when_nothing_comes_it_says_why(api, books, happens, note):
    happens(books)
    page = read(api)
    assert (page["planned"], page["planned_note"]) == ([], note)
