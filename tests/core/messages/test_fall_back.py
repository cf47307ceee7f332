"""What does not arrive goes out another way, once each; when none is left, a person is asked."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kasstroom.access.model import Actor, Role
from kasstroom.changes import Work
from kasstroom.debtors.model import Channel, Contact, Debtor
from kasstroom.debtors.usecases import DebtorPatch, correct
from kasstroom.errors import Forbidden, NotFound, Refused
from kasstroom.events.dunning import DunningSkipped
from kasstroom.events.messages import AddressSuppressed, MessageUndeliverable
from kasstroom.messages.attention import Attention, done
from kasstroom.messages.model import MessageState
from kasstroom.messages.sending import MOST_ATTEMPTS, OPTED_OUT, RETRY_MINUTES
from kasstroom.messages.suppression import Suppression, SuppressionReason, lift, suppressed
from kasstroom.messages.ways import reach
from kasstroom.settle import settle
from tests.core.messages.posting import (
    Post,
    books_with_debtor,
    changed,
    claimed,
    now_of,
    receipt,
    send,
)
from tests.people import NOW, ORG

S = MessageState
HARD = {"state": S.BOUNCED, "permanent": True, "detail": "Permanent/General"}
COLLECTOR = Actor("fatima", (Role.COLLECTOR,))


@pytest.fixture
def books():
    made = books_with_debtor()
    claimed(made)
    return made


@pytest.fixture
def post():
    return Post()


def waiting(books):
    return books.listing(Attention, ORG, after="", limit=10)


def ways(books, **kind):
    return [channel for channel, _ in reach(books, books.get(Debtor, ORG, "D1"), **kind).ways]


def test_a_bounce_goes_out_over_the_next_way(books, post):
    send(books, post)
    receipt(books, **HARD)
    message = now_of(books)
    assert (message.state, message.channel, message.tried) == (S.CLAIMED, "sms", ("email",))
    assert message.tries[0].reason == "Permanent/General" and message.tries[0].sent_at == NOW
    assert [due.id for due in books.due(Work.MESSAGE_CLAIM, NOW)] == ["msg_1"]
    send(books, post)
    assert [m.to for m in post.sent] == ["d1@klant.example", "+31612345678"]
    assert [m.attempt for m in post.sent] == [1, 2]
    assert waiting(books) == []


def test_a_bounce_that_is_reported_twice_moves_on_once(books, post):
    send(books, post)
    for _ in range(3):
        receipt(books, channel=Channel.EMAIL, attempt=1, **HARD)
    assert now_of(books).channel == "sms"
    send(books, post)
    receipt(books, channel=Channel.EMAIL, attempt=1, **HARD)
    receipt(books, S.DELIVERED, channel=Channel.EMAIL, attempt=1)
    assert (now_of(books).state, now_of(books).channel) == (S.SENT, "sms")


def test_a_bounced_address_is_not_tried_again_and_told_once(books, post):
    send(books, post)
    receipt(books, **HARD)
    (kept,) = books.listing(Suppression, ORG, after="", limit=10)
    assert (kept.reason, kept.address, kept.debtor) == ("bounced", "d1@klant.example", "D1")
    assert ways(books) == ["sms", "whatsapp"]
    assert ways(books, statutory=True) == ["sms", "whatsapp"]
    closed = reach(books, books.get(Debtor, ORG, "D1")).closed
    assert [(c.channel, c.reason) for c in closed] == [("email", "bounced")]
    assert [e for e in books.events if isinstance(e, AddressSuppressed)] != []


def test_a_soft_bounce_moves_on_and_suppresses_nothing(books, post):
    send(books, post)
    receipt(books, S.BOUNCED, detail="Transient/MailboxFull")
    assert now_of(books).channel == "sms"
    assert ways(books) == ["email", "sms", "whatsapp"]


def test_when_no_way_is_left_a_person_is_asked_once(books, post):
    for _ in range(3):
        send(books, post)
        receipt(books, **HARD)
    receipt(books, channel=Channel.WHATSAPP, attempt=3, **HARD)
    message = now_of(books)
    assert (message.state, message.failed_reason) == (S.BOUNCED, "Permanent/General")
    (item,) = waiting(books)
    assert (item.debtor, item.message, item.channel) == ("D1", "msg_1", "whatsapp")
    assert [t.channel for t in item.tries] == ["email", "sms", "whatsapp"]
    assert len([e for e in books.events if isinstance(e, MessageUndeliverable)]) == 1
    assert len(post.sent) == 3


def test_a_message_that_names_its_ways_takes_no_others(post):
    books = books_with_debtor()
    claimed(books, channels=(Channel.EMAIL, Channel.SMS))
    for _ in range(2):
        send(books, post)
        receipt(books, **HARD)
    assert now_of(books).state is S.BOUNCED and len(waiting(books)) == 1


def test_an_address_suppressed_after_the_claim_is_not_written_to(books, post):
    why = SuppressionReason.OPTED_OUT
    settle(books, lambda: (
        suppressed(books, ORG, Channel.EMAIL, "D1@klant.example", why, NOW), None,
    ))  # fmt: skip
    send(books, post)
    assert [m.to for m in post.sent] == ["+31612345678"]
    assert now_of(books).tries[0].reason == "opted_out"


def test_a_provider_who_knows_a_stop_closes_the_way(books, post):
    post.errors[Channel.EMAIL] = Refused("message_refused", "no")
    post.errors[Channel.SMS] = Refused(OPTED_OUT, "asked to stop")
    send(books, post)
    assert now_of(books).channel == "whatsapp" and now_of(books).state is S.SENT
    (kept,) = books.listing(Suppression, ORG, after="", limit=10)
    assert (kept.channel, kept.reason) == ("sms", SuppressionReason.OPTED_OUT)


def test_refused_everywhere_is_failed_and_waits_for_a_person(books, post):
    for channel in Channel:
        post.errors[channel] = Refused("message_refused", "no")
    assert send(books, post).state is S.FAILED
    assert [t.reason for t in waiting(books)[0].tries] == ["message_refused"] * 3
    assert any(isinstance(e, DunningSkipped) for e in books.events)


def test_held_back_is_sent_again_over_the_same_way_and_then_another(post):
    books = books_with_debtor(preferred=Channel.WHATSAPP)
    claimed(books)
    held = {"state": S.FAILED, "again_minutes": 60, "detail": "131056"}
    send(books, post)
    receipt(books, **held)
    message = now_of(books)
    assert (message.state, message.channel) == (S.CLAIMED, "whatsapp")
    assert message.claimed_until == NOW + timedelta(minutes=60)
    receipt(books, S.SENT, attempt=1)
    receipt(books, attempt=1, **held)
    assert now_of(books).state is S.CLAIMED, "what is known of the first attempt is history"
    for _ in range(3):
        send(books, post)
        receipt(books, **held)
    assert now_of(books).channel == "email"
    assert len(post.sent) == 4


def test_a_complaint_stops_mail_that_is_not_asked_by_law(books, post):
    send(books, post)
    assert receipt(books, S.DELIVERED).state is S.DELIVERED
    assert receipt(books, S.COMPLAINED, detail="abuse").state is S.COMPLAINED
    assert waiting(books) == []
    changed(books, email="ander@klant.example")
    assert ways(books) == ["sms", "whatsapp"]
    assert ways(books, statutory=True)[0] == "email"


def test_a_complaint_about_an_earlier_way_counts_too(books, post):
    send(books, post)
    receipt(books, S.BOUNCED, detail="Undetermined")
    send(books, post)
    receipt(books, S.COMPLAINED, channel=Channel.EMAIL, attempt=1)
    assert (now_of(books).state, now_of(books).channel) == (S.SENT, "sms")
    assert "email" not in ways(books)


def test_a_person_with_a_role_lifts_it(books, post):
    send(books, post)
    receipt(books, S.COMPLAINED)

    def lifted(actor, address="D1@Klant.example "):
        return settle(books, lambda: lift(books, ORG, Channel.EMAIL, address, actor, NOW))

    with pytest.raises(Forbidden):
        lifted(Actor("webshop"))
    with pytest.raises(NotFound):
        lifted(COLLECTOR, "wie@klant.example")
    assert lifted(COLLECTOR).lifted_by == "fatima"
    assert ways(books)[0] == "email"
    with pytest.raises(NotFound):
        lifted(COLLECTOR)


def test_a_corrected_address_ends_it_and_the_message_goes_out_again(post):
    books = books_with_debtor(phone="", whatsapp_opt_in_at=None)
    claimed(books)
    send(books, post)
    receipt(books, **HARD)
    assert now_of(books).state is S.BOUNCED
    right = DebtorPatch(contact=Contact("goed@klant.example"))
    settle(books, lambda: correct(books, ORG, "D1", right, NOW + timedelta(days=1)))
    (item,) = waiting(books)
    assert item.done_at and item.note == "address corrected"
    message = now_of(books)
    assert (message.state, message.address) == (S.CLAIMED, "goed@klant.example")
    send(books, post)
    receipt(books, channel=Channel.EMAIL, attempt=1, **HARD)
    assert now_of(books).state is S.SENT, "the bounce of the old address is history"
    assert [m.to for m in post.sent] == ["d1@klant.example", "goed@klant.example"]


def test_a_changed_name_corrects_no_address(post):
    books = books_with_debtor(phone="", whatsapp_opt_in_at=None)
    claimed(books)
    send(books, post)
    receipt(books, **HARD)
    settle(books, lambda: correct(books, ORG, "D1", DebtorPatch(name="Ander"), NOW))
    assert waiting(books)[0].done_at is None


def test_a_person_says_that_it_is_settled(post):
    books = books_with_debtor(phone="", whatsapp_opt_in_at=None)
    claimed(books)
    send(books, post)
    receipt(books, **HARD)
    (item,) = waiting(books)
    for _ in range(2):
        after = settle(books, lambda: done(books, ORG, item.id, "fatima", "gebeld", NOW))
    assert (after.done_by, after.note) == ("fatima", "gebeld")
    with pytest.raises(NotFound):
        done(books, ORG, "att_nope", "fatima", "", NOW)


def test_an_opt_in_withdrawn_after_the_claim_counts(post):
    books = books_with_debtor(preferred=Channel.WHATSAPP)
    claimed(books)
    changed(books, whatsapp_opt_in_at=None)
    send(books, post)
    assert (now_of(books).channel, now_of(books).tries[0].reason) == ("email", "no_opt_in")


def test_the_timeline_tells_every_way_that_was_tried(books, post):
    from kasstroom.debtors.timeline import load, timeline

    send(books, post)
    receipt(books, **HARD)
    send(books, post)
    page = timeline(load(books, ORG, "D1"), sees_lists=False, after="", limit=20)
    told = {item.text for item in page.items if item.kind == "message"}
    assert told == {
        "reminder by email: sent",
        "reminder by email: bounced (Permanent/General), then by sms",
        "reminder by sms: sent",
    }


def test_an_outage_of_half_a_day_is_outlasted_and_then_a_person_looks():
    waits = [RETRY_MINUTES[min(n, len(RETRY_MINUTES)) - 1] for n in range(1, MOST_ATTEMPTS)]
    assert sum(waits) >= 12 * 60 and sorted(waits) == waits and waits[0] == 2
