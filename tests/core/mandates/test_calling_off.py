"""Who was told of a direct debit is told when it does not take place: once, by day, nothing to pay;
who was not told hears nothing of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from kasstroom.changes import Changes
from kasstroom.debtors.model import Debtor
from kasstroom.errors import Conflict, Refused, Unavailable
from kasstroom.events.mandates import CollectionCancelled
from kasstroom.mandates import notices
from kasstroom.mandates.notices import notice_of, plan_due
from kasstroom.mandates.telling import go_on, tell
from kasstroom.messages.model import Message, MessageState, Receipt
from kasstroom.messages.usecases import record
from kasstroom.organisations.model import Language
from kasstroom.settle import settle
from kasstroom_aws.outbox import cloud_event
from tests.collecting import (
    DAY,
    THE_DAY_BEFORE,
    Post,
    Shelf,
    announced,
    cancel,
    collects,
    export,
    mandate,
    planned,
)
from tests.memory_books import MemoryBooks
from tests.people import NOW, ORG, debtor, invoice, organisation, received

LATER = NOW + timedelta(hours=1)
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


def called_off(books, post, now=LATER, times=1):
    """What the worker does with the event, as it leaves here."""
    (event,) = [e for e in books.events if isinstance(e, CollectionCancelled)]
    for _ in range(times):
        tell(post.sender(books), cloud_event(event), now)


def work(books, post, now):
    class Queue:
        jobs = []

        def put(self, org, debtor, message_id=""):
            self.jobs.append((org, debtor, message_id))

    queue = Queue()
    queue.jobs = []
    plan_due(books, queue, now)
    for job in queue.jobs:
        go_on(post.sender(books), *job, now)
    return len(queue.jobs)


def messages(books):
    return {m.template: m.state.value for m in books.all_of(Message, ORG, "D1")}


@pytest.mark.parametrize("mail", [True, False])
@pytest.mark.parametrize("language", Language)
def test_it_is_told_once_in_plain_words_without_anything_to_pay(books, post, language, mail):
    known = books.get(Debtor, ORG, "D1")
    contact = known.contact if mail else replace(known.contact, email="")
    books.commit(Changes(update=(replace(known, language=language, contact=contact),)))
    made = planned(books)
    announced(books, made.id, Post())
    cancel(books, made.id)
    called_off(books, post, times=3)
    (sent,) = post.sent
    day, amount, only = {
        Language.NL: ("15 september 2026", "330,00", "lleen"),
        Language.EN: ("15 September 2026", "330.00", "nly"),
        Language.DE: ("15. September 2026", "330,00", "ur "),
        Language.FY: ("15 septimber 2026", "330,00", "llinnich"),
    }[language]  # fmt: skip
    for text in (sent.text, sent.html) if mail else (sent.text,):
        for said in (day, amount, only, "F1", "Van Dijk"):
            assert said in text, (said, text)
        assert "http" not in text.replace("http-equiv", "") and "/p/" not in text
    assert len(sent.text) < 480 or mail
    assert messages(books) == {"collection_notice": "sent", "collection_called_off": "sent"}


def test_a_file_that_is_called_off_names_what_was_in_it(books, post):
    made = planned(books)
    announced(books, made.id, Post())
    received(books, "80.00", "F2")
    export(books, Shelf(), made.id)
    cancel(books, made.id, THE_DAY_BEFORE)
    called_off(books, post, THE_DAY_BEFORE)
    assert "250,00" in post.sent[0].text and "F2" not in post.sent[0].text


@pytest.mark.parametrize("lost", ["never", "refused", "bounced"])
def test_who_was_not_told_hears_nothing(books, post, lost):
    made = planned(books)
    if lost == "refused":
        announced(books, made.id, Post(Refused("address_refused", "No such mailbox.")))
    if lost == "bounced":
        announced(books, made.id, Post())
        id = notice_of(books, ORG, "D1", made.id).id
        told = Receipt(ORG, "D1", id, MessageState.BOUNCED, NOW, "provider-1")
        settle(books, lambda: record(books, told))
        known = books.get(Message, ORG, "D1", id)
        books.commit(Changes(update=(replace(known, state=MessageState.BOUNCED),)))
    cancel(books, made.id)
    called_off(books, post)
    work(books, post, NOW + timedelta(days=1))
    assert post.sent == [] and "collection_called_off" not in messages(books)


def test_a_notice_that_waits_for_the_morning_goes_nowhere_and_neither_does_this(books, post):
    made = planned(books, on=DAY + timedelta(days=1), now=NIGHT)
    announced(books, made.id, post, NIGHT)
    cancel(books, made.id, NIGHT)
    called_off(books, post, NIGHT)
    work(books, post, MORNING)
    assert post.sent == [] and messages(books) == {"collection_notice": "cancelled"}


def test_at_night_it_waits_for_the_morning(books, post):
    made = planned(books)
    announced(books, made.id, Post())
    cancel(books, made.id, NIGHT)
    called_off(books, post, NIGHT, times=2)
    assert work(books, post, NIGHT + timedelta(hours=1)) == 0 and post.sent == []
    assert work(books, post, MORNING) == 1 and len(post.sent) == 1
    assert work(books, post, MORNING + timedelta(hours=1)) == 0


def test_a_notice_whose_sender_died_may_have_arrived(books, post):
    """So its end is waited for, and then the debtor is told."""

    class Died(Post):
        def send(self, message):
            super().send(message)
            raise KeyboardInterrupt

    made = planned(books)
    with pytest.raises(KeyboardInterrupt):
        announced(books, made.id, Died())
    cancel(books, made.id, NOW + timedelta(minutes=1))
    called_off(books, post, NOW + timedelta(minutes=2), times=2)
    assert post.sent == []
    for minutes in (10, 20, 40, 60, 80):
        work(books, post, NOW + timedelta(minutes=minutes))
    assert len(post.sent) == 1
    assert messages(books) == {"collection_notice": "cancelled", "collection_called_off": "sent"}


def test_a_provider_that_is_silent_is_asked_again(books, post):
    made = planned(books)
    announced(books, made.id, Post())
    cancel(books, made.id)
    called_off(books, Post(Unavailable("down", "No answer.")))
    assert work(books, post, LATER + timedelta(minutes=5)) == 1 and len(post.sent) == 1


def test_weeks_later_nobody_waits_for_it(books, post):
    made = planned(books)
    announced(books, made.id, Post())
    cancel(books, made.id)
    called_off(books, Post(Unavailable("down", "No answer.")))
    work(books, post, THE_DAY_BEFORE + timedelta(days=7))
    assert post.sent == [] and messages(books)["collection_called_off"] == "cancelled"


def test_what_is_cancelled_between_reading_and_writing_is_not_announced(books):
    made = planned(books)
    changes, draft = notices.claim(books, ORG, "D1", made.id, NOW)
    assert draft
    cancel(books, made.id)
    with pytest.raises(Conflict):
        books.commit(changes)


def test_other_news_is_nobody_s(books, post):
    with pytest.raises(Refused):
        tell(post.sender(books), {"type": "invoice.paid", "organisation": ORG, "debtor": "D1",
                                  "subject": "F1"}, NOW)  # fmt: skip
