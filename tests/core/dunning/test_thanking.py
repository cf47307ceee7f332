"""Who pays after a reminder is thanked: once, for all of it, by day, and not who should be left."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from kasstroom.changes import Changes
from kasstroom.debtors.model import Channel, Debtor
from kasstroom.dunning import thanking
from kasstroom.dunning.brought_in import REMINDED_DAYS
from kasstroom.dunning.model import BlockReason
from kasstroom.dunning.pausing import NewPause, pause
from kasstroom.dunning.thanking import FRESH_DAYS, plan_thanks, resume, thank, thanks_id
from kasstroom.dunning.usecases import remind
from kasstroom.errors import Refused
from kasstroom.invoices.model import DocumentKind
from kasstroom.messages.attention import Attention
from kasstroom.messages.model import THANK_YOU, Message, MessageState
from kasstroom.messages.sending import Sender
from kasstroom.messages.suppression import SuppressionReason, silenced, suppressed
from kasstroom.messages.template_text import TemplateKind
from kasstroom.organisations.model import Organisation
from kasstroom.settle import settle
from kasstroom_pages.showing import written as reminder_written
from kasstroom_pages.thanking import written
from tests.collecting import Post
from tests.memory_books import MemoryBooks
from tests.people import NOW, ORG, debtor, eur, invoice, organisation, received

LATER = NOW + timedelta(days=1)
NIGHT = datetime(2026, 9, 2, 20, 0, tzinfo=UTC)
MORNING = datetime(2026, 9, 3, 7, 30, tzinfo=UTC)


class Queue:
    def __init__(self) -> None:
        self.asked: list[tuple[str, str, str]] = []

    def put(self, org, debtor, message_id="") -> None:
        self.asked.append((org, debtor, message_id))


@pytest.fixture
def books():
    books = MemoryBooks()
    organisation(books)
    debtor(books)
    invoice(books, "F1", "250.00")
    invoice(books, "F2", "80.00")
    return books


@pytest.fixture
def post():
    return Post()


def sender(books, post) -> Sender:
    return Sender(books, dict.fromkeys(Channel, post), written)


def reminded(books) -> Message:
    writes = partial(reminder_written, public_url="https://betalen.example")
    return remind(Sender(books, dict.fromkeys(Channel, Post()), writes), ORG, "D1", NOW)


def thanked(books, post, number="F1", now=LATER) -> Message | None:
    return thank(sender(books, post), ORG, "D1", number, now)


def of_thanks(books) -> list[Message]:
    return [m for m in books.all_of(Message, ORG, "D1") if m.template == THANK_YOU]


def test_all_of_the_message_has_to_be_paid_and_then_one_thanks_goes_out(books, post):
    reminder = reminded(books)
    received(books, "250.00", "F1")
    assert thanked(books, post) is None and not of_thanks(books)
    received(books, "80.00", "F2", id="tr_2")
    before = len(books.events)
    for number in ("F2", "F1", "F2"):
        thanked(books, post, number)
    (message,) = of_thanks(books)
    assert (message.state, message.amount, message.about) == ("sent", eur("330.00"), reminder.id)
    assert (message.id, message.invoices) == (thanks_id(reminder), ("F1", "F2"))
    (mail,) = post.sent
    assert "330,00" in mail.text and "F1" in mail.text and mail.unsubscribe_url == ""
    assert len(books.events) == before  # It is no reminder: nobody counts it as one.


def test_who_was_not_reminded_is_not_thanked(books, post):
    received(books, "250.00", "F1")
    assert thanked(books, post) is None
    assert TemplateKind.THANK_YOU == THANK_YOU


def test_long_after_the_reminder_it_is_not_about_that_any_more(books, post):
    reminded(books)
    received(books, "330.00", "F1", "F2")
    late = NOW + timedelta(days=REMINDED_DAYS + 1)
    assert thanked(books, post, now=late) is None and thanked(books, post) is not None


def test_what_was_credited_is_not_paid(books, post):
    reminded(books)
    for number, amount in (("F1", "250.00"), ("F2", "80.00")):
        invoice(books, f"C{number}", amount, kind=DocumentKind.CREDIT_NOTE, credits=number)
    assert thanked(books, post) is None


def test_an_organisation_can_switch_it_off(books, post):
    reminded(books)
    received(books, "330.00", "F1", "F2")
    known = books.get(Organisation, ORG)
    books.commit(Changes(update=(replace(known, thank_you=False),)))
    assert thanked(books, post) is None


@pytest.mark.parametrize("reason", sorted(thanking.QUIET))
def test_in_a_house_of_mourning_nobody_is_cheerful(books, post, reason):
    reminded(books)
    new = NewPause(BlockReason(reason), debtor="D1", whole_debtor=True)
    settle(books, lambda: pause(books, ORG, new, "anna", NOW))
    received(books, "330.00", "F1", "F2")
    assert thanked(books, post) is None


def test_only_over_the_way_of_the_reminder_and_only_if_it_is_open(books, post):
    reminder = reminded(books)
    received(books, "330.00", "F1", "F2")
    person = books.get(Debtor, ORG, "D1")
    kept = suppressed(
        books, ORG, Channel.EMAIL, person.contact.email, SuppressionReason.BOUNCED, NOW,
        debtor="D1", detail="550",
    )  # fmt: skip
    books.commit(kept)
    assert reminder.channel is Channel.EMAIL and thanked(books, post) is None


def test_who_called_our_mail_spam_gets_no_thanks(books, post):
    reminded(books)
    received(books, "330.00", "F1", "F2")
    books.commit(silenced(books, ORG, "D1", Channel.EMAIL, NOW))
    assert thanked(books, post) is None


def test_at_night_it_waits_for_the_morning(books, post):
    reminded(books)
    received(books, "330.00", "F1", "F2")
    assert thanked(books, post, now=NIGHT) is None
    (message,) = of_thanks(books)
    queue = Queue()
    assert (plan_thanks(books, queue, NIGHT), plan_thanks(books, queue, MORNING)) == (0, 1)
    assert queue.asked == [(ORG, "D1", message.id)]
    sent = resume(sender(books, post), ORG, "D1", message.id, MORNING)
    assert (sent.state, len(post.sent)) == (MessageState.SENT, 1)
    assert resume(sender(books, post), ORG, "D1", message.id, MORNING) is None


def test_what_waited_too_long_or_was_paid_back_is_cancelled(books, post):
    reminded(books)
    received(books, "330.00", "F1", "F2")
    thanked(books, post, now=NIGHT)
    (message,) = of_thanks(books)
    late = MORNING + timedelta(days=FRESH_DAYS + 1)
    assert resume(sender(books, post), ORG, "D1", message.id, late) is None
    assert of_thanks(books)[0].state is MessageState.CANCELLED and not post.sent


def test_thanks_that_nobody_takes_bother_nobody(books):
    reminded(books)
    received(books, "330.00", "F1", "F2")
    message = thanked(books, Post(Refused("no_such_mailbox", "550")))
    assert message.state is MessageState.FAILED
    assert not books.listing(Attention, ORG, after="", limit=10)
