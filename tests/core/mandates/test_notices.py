"""The debtor is told once, by day, in time; who is not told is not collected from."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from kasstroom.changes import Changes, Work
from kasstroom.debtors.model import Contact, Debtor
from kasstroom.errors import Refused, Unavailable
from kasstroom.events.dunning import DunningSent, DunningSkipped
from kasstroom.mandates.collection import LineState
from kasstroom.mandates.model import Scheme
from kasstroom.mandates.notices import TOO_LATE, announce, notice_of, plan_due, told_on
from kasstroom.mandates.telling import go_on
from kasstroom.messages.attention import Attention, corrected
from kasstroom.messages.model import MessageState, Receipt
from kasstroom.messages.usecases import record
from kasstroom.organisations.model import Language
from kasstroom.settle import settle
from tests.collecting import (
    CREDITOR_ID,
    DAY,
    THE_DAY_BEFORE,
    Post,
    Shelf,
    announced,
    cancel,
    collects,
    export,
    lines,
    mandate,
    planned,
)
from tests.memory_books import MemoryBooks
from tests.people import NOW, ORG, debtor, invoice, organisation

NIGHT = datetime(2026, 9, 1, 20, 0, tzinfo=UTC)
MORNING = datetime(2026, 9, 2, 5, 0, tzinfo=UTC)


@pytest.fixture
def books():
    made = MemoryBooks()
    organisation(made)
    collects(made)
    debtor(made, "D1")
    invoice(made, "F1", "250.00")
    invoice(made, "F2", "80.00")
    mandate(made, "D1", reference="M-1")
    return made


@pytest.fixture
def post():
    return Post()


def changed(books, **facts):
    known = books.get(Debtor, ORG, "D1")
    books.commit(Changes(update=(replace(known, **facts),)))


def reached_by(books, email="", phone=""):
    changed(
        books, contact=Contact(email, phone, None, books.get(Debtor, ORG, "D1").contact.preferred)
    )


def message(books, made):
    return notice_of(books, ORG, "D1", made.id)


def outcome(books, made, now=THE_DAY_BEFORE):
    export(books, Shelf(), made.id, now)
    return {(line.state, line.reason) for line in lines(books, made.id)}


LEFT_OUT = {(LineState.LEFT_OUT, "not_announced")}
TAKEN = {(LineState.COLLECTING, "")}


class Queue:
    def __init__(self):
        self.jobs = []

    def put(self, org, debtor, message_id=""):
        self.jobs.append((org, debtor, message_id))


def work(books, post, now):
    queue = Queue()
    plan_due(books, queue, now)
    for job in queue.jobs:
        go_on(post.sender(books), *job, now)
    return len(queue.jobs)


def test_told_once_whatever_is_repeated(books, post):
    made = planned(books)
    for days in (0, 0, 1, 30):
        announced(books, made.id, post, NOW + timedelta(days=days))
    (mail,) = post.sent
    assert (mail.to, mail.org, mail.debtor) == ("d1@klant.example", ORG, "D1")
    assert told_on(message(books, made)) == date(2026, 9, 1)
    assert not [e for e in books.events if isinstance(e, DunningSent)], "it is no reminder"
    assert outcome(books, made) == TAKEN


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("mail", [True, False])
def test_all_that_has_to_be_said_is_said(books, post, language, mail):
    changed(books, language=language)
    if not mail:
        reached_by(books, phone="+31612345678")
    announced(books, planned(books).id, post)
    (sent,) = post.sent
    day, amount = {
        Language.NL: ("15 september 2026", "330,00"), Language.EN: ("15 September 2026", "330.00"),
        Language.DE: ("15. September 2026", "330,00"), Language.FY: ("15 septimber 2026", "330,00"),
    }[language]  # fmt: skip
    for text in (sent.text, sent.html) if mail else (sent.text,):
        for said in (day, amount, "M-1", CREDITOR_ID, "9660", "F1", "F2", "Van Dijk"):
            assert said in text, (said, text)
    assert "!" not in sent.text + sent.subject
    assert len(sent.text) < 480 or mail
    assert ("8 weken" in sent.text) is (mail and language is Language.NL)


def test_who_signed_for_b2b_is_not_promised_a_refund(books, post):
    mandate(books, "D1", reference="M-B", scheme=Scheme.B2B)
    announced(books, planned(books, scheme=Scheme.B2B).id, post)
    assert "8 weken" not in post.sent[0].text


def test_a_name_cannot_write_the_mail(books, post):
    changed(books, name="<b>Jan</b>")
    announced(books, planned(books).id, post)
    assert "<b>Jan" not in post.sent[0].html and "&lt;b&gt;" in post.sent[0].html


def test_nothing_was_told_before_the_news_came(books):
    assert outcome(books, planned(books)) == LEFT_OUT


def asked(books):
    """What waits for a person, with why."""
    items = books.listing(Attention, ORG, after="", limit=9)
    return [(item.template, item.reason) for item in items if not item.done_at]


def test_without_an_address_nothing_is_collected(books, post):
    reached_by(books)
    made = planned(books)
    announced(books, made.id, post)
    assert (post.sent, message(books, made).state) == ([], MessageState.FAILED)
    assert asked(books) == [("collection_notice", "missing_address")]
    assert outcome(books, made) == LEFT_OUT


@pytest.mark.parametrize("lost", ["no address", "refused"])
def test_with_a_better_address_it_is_sent_again_in_time(books, post, lost):
    """Planned 20 days ahead: six days are left to tell the debtor."""
    if lost == "no address":
        reached_by(books)
    made = planned(books, on=date(2026, 9, 21))
    announced(books, made.id, Post(Refused("address_refused", "No such mailbox.")))
    assert message(books, made).state is MessageState.FAILED
    corrects(books, "new@klant.example", NOW + timedelta(days=3))
    assert asked(books) == []
    assert work(books, post, NOW + timedelta(days=3)) == 1
    assert [mail.to for mail in post.sent] == ["new@klant.example"]
    assert outcome(books, made) == TAKEN


def test_with_a_better_address_too_late_it_stays_out_and_a_person_is_asked(books, post):
    reached_by(books)
    made = planned(books, on=date(2026, 9, 21))
    announced(books, made.id, post)
    corrects(books, "new@klant.example", NOW + timedelta(days=7))
    work(books, post, NOW + timedelta(days=7))
    assert post.sent == [] and asked(books) == [("collection_notice", TOO_LATE)]
    assert outcome(books, made) == LEFT_OUT


def corrects(books, email, now):
    before = books.get(Debtor, ORG, "D1")
    after = replace(before, contact=replace(before.contact, email=email))
    books.commit(Changes(update=(after,)) + corrected(books, before, after, now))


def test_an_outage_is_outlasted_as_long_as_there_is_time(books, post):
    """Planned 20 days ahead, and for six days no provider answers."""
    made, down = planned(books, on=date(2026, 9, 21)), Post(Unavailable("down", "No answer."))
    announced(books, made.id, down)
    for hours in range(1, 24 * 6):
        work(books, down, NOW + timedelta(hours=hours))
    assert message(books, made).state is MessageState.CLAIMED and asked(books) == []
    assert work(books, post, NOW + timedelta(days=6)) == 1 and len(post.sent) == 1
    assert outcome(books, made) == TAKEN


def test_news_that_comes_too_late_is_not_told(books, post):
    """It would tell of a direct debit that does not take place."""
    made = planned(books)
    announced(books, made.id, post, NOW + timedelta(days=1))
    assert post.sent == [] and asked(books) == [("collection_notice", TOO_LATE)]


def test_a_refused_address_is_tried_the_other_way_and_then_fails(books):
    made, post = planned(books), Post(Refused("address_refused", "No such mailbox."))
    announced(books, made.id, post)
    found = message(books, made)
    assert (found.state, found.tried) == (MessageState.FAILED, ("email", "sms"))
    assert not [e for e in books.events if isinstance(e, DunningSkipped)]
    assert outcome(books, made) == LEFT_OUT


def test_not_at_night_and_the_day_it_went_out_counts(books, post):
    collects(books, notice_days=13)
    made = planned(books, now=NIGHT)
    announced(books, made.id, post, NIGHT)
    assert work(books, post, NIGHT + timedelta(hours=2)) == 0 and not post.sent
    assert work(books, post, MORNING) == 1 and len(post.sent) == 1
    assert work(books, post, MORNING + timedelta(hours=1)) == 0
    assert told_on(message(books, made)) == date(2026, 9, 2)
    assert outcome(books, made) == TAKEN


def test_planned_at_night_there_is_a_day_less(books):
    with pytest.raises(Refused) as found:
        planned(books, now=NIGHT)
    assert found.value.code == "too_soon" and "2026-09-16" in found.value.detail


def test_a_provider_that_is_silent_is_tried_again(books, post):
    made = planned(books)
    announced(books, made.id, Post(Unavailable("down", "No answer.")))
    assert message(books, made).state is MessageState.CLAIMED
    assert work(books, post, NOW + timedelta(minutes=3)) == 1
    assert outcome(books, made) == TAKEN and len(post.sent) == 1


def test_too_late_it_is_not_sent_any_more(books, post):
    made = planned(books)
    announced(books, made.id, Post(Unavailable("down", "No answer.")))
    work(books, post, NOW + timedelta(days=1))
    assert (post.sent, message(books, made).state) == ([], MessageState.FAILED)
    assert asked(books) == [("collection_notice", TOO_LATE)]
    assert outcome(books, made) == LEFT_OUT


def test_a_collection_that_was_cancelled_is_not_announced(books, post):
    made = planned(books, now=NIGHT, on=DAY + timedelta(days=1))
    announced(books, made.id, post, NIGHT)
    cancel(books, made.id, NIGHT)
    work(books, post, MORNING)
    assert (post.sent, message(books, made).state) == ([], MessageState.CANCELLED)
    again = planned(books)
    cancel(books, again.id)
    announced(books, again.id, post)
    announce(post.sender(books), ORG, "D1", "col_" + "0" * 26, NOW)
    assert message(books, again) is None and not post.sent


def test_a_sender_that_died_is_followed_by_one_that_asks_the_receipt(books, post):
    """Sent, and nobody wrote that down: the provider's receipt proves it."""
    made = planned(books)

    class Died(Post):
        def send(self, message):
            super().send(message)
            raise KeyboardInterrupt

    first = Died()
    with pytest.raises(KeyboardInterrupt):
        announced(books, made.id, first)
    assert len(first.sent) == 1 and message(books, made).state is MessageState.CLAIMED
    told = Receipt(ORG, "D1", message(books, made).id, MessageState.DELIVERED, NOW, "p-1")
    settle(books, lambda: record(books, told))
    assert work(books, post, NOW + timedelta(minutes=20)) == 0 and not post.sent
    assert outcome(books, made) == TAKEN


def test_what_bounced_was_not_told(books, post):
    made = planned(books)
    announced(books, made.id, post)
    told = Receipt(ORG, "D1", message(books, made).id, MessageState.BOUNCED, NOW, "p-1")
    settle(books, lambda: record(books, told))
    assert outcome(books, made) == LEFT_OUT


def test_the_reminder_planner_leaves_notices_alone(books, post):
    made = planned(books)
    announced(books, made.id, Post(Unavailable("down", "No answer.")))
    later = NOW + timedelta(hours=1)
    assert [d.debtor for d in books.due(Work.NOTICE, later)] == ["D1"]
    assert list(books.due(Work.MESSAGE_CLAIM, later)) == []
