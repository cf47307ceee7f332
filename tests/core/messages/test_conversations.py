"""Answers to our numbers: STOP ends this way, START opens it again, WhatsApp opens its window."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kasstroom.debtors.model import Channel, Debtor
from kasstroom.messages.conversations import Conversation, answered, pair
from kasstroom.messages.model import MessageState, Reply
from kasstroom.messages.suppression import SuppressionReason, found, suppressed
from kasstroom.messages.usecases import heard
from kasstroom.messages.ways import reach
from kasstroom.settle import settle
from tests.core.messages.posting import OURS, Post, books_with_debtor, claimed, now_of, send
from tests.people import NOW, ORG

SMS, WHATSAPP, EMAIL = Channel.SMS, Channel.WHATSAPP, Channel.EMAIL
LATER = NOW + timedelta(hours=2)


def written(channel):
    books, post = books_with_debtor(preferred=channel), Post()
    claimed(books)
    send(books, post)
    assert now_of(books).state is MessageState.SENT
    return books


def says(books, channel, text, sender="+31612345678"):
    reply = Reply(channel, sender, OURS[channel], text, LATER)
    return settle(books, lambda: answered(books, reply))


def ways(books):
    return [channel for channel, _ in reach(books, books.get(Debtor, ORG, "D1")).ways]


@pytest.mark.parametrize("text", ["STOP", "stop", " Stop! ", "STOPALL", "Afmelden.", "unsubscribe"])
@pytest.mark.parametrize("channel", [SMS, WHATSAPP])
def test_stop_ends_this_way_and_no_other(channel, text):
    books = written(channel)
    says(books, channel, text)
    stopped = found(books, ORG, channel, "+31612345678")
    assert (stopped.reason, stopped.debtor) == (SuppressionReason.OPTED_OUT, "D1")
    assert ways(books) == [c for c in (EMAIL, SMS, WHATSAPP) if c is not channel]


def test_stop_twice_is_told_once_and_start_opens_it_again():
    books = written(SMS)
    says(books, SMS, "STOP")
    says(books, SMS, "STOP")
    assert [type(e).__name__ for e in books.events].count("AddressSuppressed") == 1
    says(books, SMS, "START")
    assert ways(books)[0] == SMS
    says(books, SMS, "STOP")
    assert SMS not in ways(books)


def test_a_number_that_bounced_is_not_opened_by_its_owner():
    books = written(SMS)
    why = SuppressionReason.BOUNCED
    settle(books, lambda: (suppressed(books, ORG, SMS, "+31612345678", why, NOW), None))
    says(books, SMS, "START")
    assert SMS not in ways(books)


@pytest.mark.parametrize(
    "text", ["Ik betaal morgen", "Stop met die brieven aan mij, ik heb betaald", "", "👍"]
)
def test_other_words_are_no_stop(text):
    books = written(SMS)
    says(books, SMS, text)
    assert ways(books)[0] == SMS


def test_an_answer_on_whatsapp_opens_the_window_for_a_day():
    books = written(WHATSAPP)
    says(books, WHATSAPP, "Wanneer?", sender="31612345678")
    talk = books.find(Conversation, "", id=pair(WHATSAPP, OURS[WHATSAPP], "+31612345678"))
    assert talk.session_until == LATER + timedelta(hours=24)
    says(books, WHATSAPP, "Wanneer?", sender="31612345678")
    assert books.find(Conversation, "", id=talk.id).version == talk.version


def test_our_number_is_known_in_each_of_aws_s_spellings():
    arn = "arn:aws:social-messaging:eu-west-1:123456789012:phone-number-id/976c72a7"
    assert pair(WHATSAPP, arn, "31612345678") == pair(
        WHATSAPP, "phone-number-id-976c72a7", "+31612345678"
    )


def test_who_was_never_written_to_is_counted_and_left():
    books = books_with_debtor()
    reply = Reply(SMS, "+31699999999", OURS[SMS], "STOP", LATER)
    assert settle(books, lambda: heard(books, reply, LATER)) == "Reply_unknown"
    assert books.events[1:] == [] or found(books, ORG, SMS, "+31699999999") is None
