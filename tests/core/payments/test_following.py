"""A link goes with its invoices, whichever way they were paid, credited, given up or disputed; and
a payment that is still open on it is called off."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest

from kasstroom.access.model import Actor
from kasstroom.changes import Changes
from kasstroom.errors import NotFound, Refused
from kasstroom.events.payments import PaymentLinkPaid, PaymentLinkRevoked
from kasstroom.invoices.adjustments import NewAdjustment, claim_again, give_up
from kasstroom.invoices.model import DocumentKind, Invoice
from kasstroom.payments.attempts import start
from kasstroom.payments.booking import record_all
from kasstroom.payments.following import follow
from kasstroom.payments.handling import NewAllocations, Wanted, reallocate
from kasstroom.payments.link_terms import Terms
from kasstroom.payments.links import by_token, create, renew, revoke
from kasstroom.payments.model import AttemptState, LinkState, PaymentAttempt, PaymentLink
from kasstroom.payments.shop import shop_from
from kasstroom.resolution.disputes import NewDispute, Outcome, decide, open_dispute
from kasstroom.resolution.model import DisputeReason, DisputeState
from kasstroom.settle import settle
from tests.memory_books import MemoryBooks
from tests.people import NOW, ORG, debtor, eur, invoice, organisation, received
from tests.tills import HOSTS, FakeProviders

ANNA = Actor("anna", ())
TOKEN = "A" * 22


@pytest.fixture
def world():
    """A link over F1 (250.00), and another over F1 and F2 (80.00)."""
    books = MemoryBooks()
    organisation(books)
    debtor(books)
    invoice(books, "F1", "250.00")
    invoice(books, "F2", "80.00")
    providers, keys = FakeProviders(NOW), iter(range(99))
    shop = shop_from(
        "https://b.example", lambda *_: "s", tuple(HOSTS.values()), lambda org: "Van Dijk"
    )

    def link(token, *numbers, terms=Terms()):
        made = settle(
            books, lambda: create(books, ORG, "D1", numbers, token=token, now=NOW, terms=terms)
        )
        return made.link.id

    def look(now=NOW):
        return follow(books, providers, ORG, "D1", now)

    def press(token=TOKEN):
        return start(books, providers, shop, token, now=NOW, new_key=lambda: f"k{next(keys)}").url

    one, both = link(TOKEN, "F1"), link("B" * 22, "F1", "F2")
    books.events.clear()
    return SimpleNamespace(
        books=books, look=look, press=press, link=link, one=one, both=both, **providers.each,
        told=lambda kind: [e for e in books.events if isinstance(e, kind)],
        state=lambda id=one: (found := books.get(PaymentLink, ORG, "D1", id)).state.value
        + (f" {found.ended_for}" if found.ended_for else ""),
        do=lambda use, *args: settle(books, lambda: use(books, ORG, *args)),
    )  # fmt: skip


def by_bank(world):
    return received(world.books, "250.00", "F1", source="bank")


def credited(world):
    invoice(world.books, "C1", "250.00", kind=DocumentKind.CREDIT_NOTE, credits="F1")


def given_up(world):
    world.do(give_up, "F1", NewAdjustment("bankrupt"), ANNA, NOW)


def disputed(world):
    new = NewDispute("F1", DisputeReason.DAMAGED)
    return world.do(open_dispute, new, "anna", NOW)


@pytest.mark.parametrize(
    ("happens", "state", "told"),
    [
        (by_bank, "paid", PaymentLinkPaid),
        (credited, "revoked credited", PaymentLinkRevoked),
        (given_up, "revoked written_off", PaymentLinkRevoked),
        (disputed, "revoked disputed", PaymentLinkRevoked),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_a_link_ends_with_its_invoice_and_is_told_once(world, happens, state, told):
    happens(world)
    assert (world.look(), world.look()) == (1, 0)
    assert (world.state(), world.state(world.both)) == (state, "open")
    (event,) = world.told(told)
    assert event.subject == world.one
    if told is PaymentLinkPaid:
        assert event.amount == eur("0.00"), "nothing of it came in on this link"
    else:
        assert event.reason == state.removeprefix("revoked ")


def test_what_ended_by_itself_opens_again_when_that_is_over(world):
    given_up(world)
    world.look()
    with pytest.raises(NotFound):
        by_token(world.books, TOKEN, NOW)
    world.do(claim_again, "F1", NewAdjustment("found"), ANNA, NOW)
    dispute = disputed(world)
    world.look()
    assert world.state() == "revoked disputed"
    assert by_token(world.books, TOKEN, NOW).id == world.one, "its page says why it waits"
    world.do(decide, dispute.id, Outcome(DisputeState.REJECTED, "in order"), "anna", NOW)
    world.look()
    assert world.state() == "open" and world.press().endswith("mollie_1")


def test_money_that_is_moved_to_another_invoice_opens_the_link_again(world):
    money = by_bank(world)
    world.look()
    elsewhere = NewAllocations((Wanted("F2", eur("80.00")),), "for F2")
    world.do(reallocate, money.id, elsewhere, ANNA, NOW)
    assert world.look() == 1
    assert world.state() == "open"


def test_what_people_ended_stays_ended(world):
    disputed(world)
    world.look()
    world.do(revoke, world.one, NOW)
    assert world.state() == "revoked revoked_by_creditor"
    by_bank(world)
    world.look()
    assert world.state() == "revoked revoked_by_creditor"
    with pytest.raises(NotFound):
        by_token(world.books, TOKEN, NOW)
    with pytest.raises(Refused, match="was ended"):
        world.do(lambda books, org: renew(books, org, world.one, token="C" * 22, now=NOW))


@pytest.mark.parametrize("happens", [by_bank, credited, given_up, disputed])
def test_an_open_payment_is_called_off_once_nothing_is_asked(world, happens):
    world.press()
    assert (world.look(), world.mollie.canceled) == (0, [])
    happens(world)
    world.look()
    assert world.mollie.canceled == ["mollie_1"]


def test_an_open_payment_for_more_than_is_left_is_called_off_and_a_smaller_one_is_not(world):
    world.press("B" * 22)
    world.press()
    received(world.books, "80.00", "F2")
    assert world.look() == 0
    assert world.mollie.canceled == ["mollie_1"], "330.00 is not asked any more, 250.00 is"


def test_an_open_payment_of_a_link_that_was_revoked_is_called_off(world):
    world.press()
    world.do(revoke, world.one, NOW)
    world.look()
    assert world.mollie.canceled == ["mollie_1"]


def test_who_pays_all_the_same_paid_too_much_and_it_is_kept(world):
    world.press()
    by_bank(world)
    world.look()
    (attempt,) = world.books.all_of(PaymentAttempt, ORG, "D1")
    paid = replace(world.mollie.payments["mollie_1"], state=AttemptState.PAID, paid_at=NOW)
    record_all(world.books, ORG, attempt.id, paid, mode="test", now=NOW)
    world.look()
    assert world.books.get(Invoice, ORG, "D1", "F1").open == eur("0.00")
    (kept,) = [i for i in world.books._items.values() if type(i).__name__ == "UnmatchedMoney"]
    assert kept.amount == eur("250.00")
    assert world.state() == "paid" and len(world.told(PaymentLinkPaid)) == 1


def test_credentials_that_are_gone_do_not_hold_up_the_links(world):
    world.press()
    by_bank(world)
    world.mollie.payments.clear()
    world.mollie.cancel = lambda id: (_ for _ in ()).throw(Refused("no_credentials", "gone"))
    assert world.look() == 1 and world.state() == "paid"


def test_a_link_past_its_day_is_left_alone(world):
    by_bank(world)
    assert world.look(NOW + timedelta(days=91)) == 0
    assert world.state() == "open"


def test_a_chargeback_while_we_look_is_not_overwritten(world):
    """Between our look and our commit the invoice is open again: the commit is refused."""
    money, commit = by_bank(world), world.books.commit
    known = world.books.get(Invoice, ORG, "D1", "F1")

    def meanwhile(changes):
        world.books.commit = commit
        commit(Changes(update=(replace(known, open=eur("250.00"), settled_on=None),)))
        commit(changes)

    world.books.commit = meanwhile
    assert (world.look(), world.state()) == (0, "open")
    assert money.amount == eur("250.00")


def test_a_part_of_a_part_that_was_credited_away_thanks_who_paid(world):
    """60.00 of 250.00 came in on the link, and the rest was credited: that is no dead link."""
    known = world.books.get(PaymentLink, ORG, "D1", world.one)
    world.books.commit(Changes(update=(replace(known, paid_minor=6_000),)))
    credited(world)
    world.look()
    assert world.state() == LinkState.PAID.value
