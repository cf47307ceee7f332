"""What can be paid on a link, for every kind of link; and the brakes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kasstroom.dunning.model import OpenItem
from kasstroom.errors import Refused
from kasstroom.invoices.model import DocumentKind, Invoice
from kasstroom.money import Money
from kasstroom.organisations.model import Language
from kasstroom.payments.link_terms import MOST_INVOICES, Terms, asked, valid_until
from kasstroom.payments.model import Entry, EntryKind, Instalment, LinkKind, LinkState, PaymentLink
from kasstroom.payments.payable import (
    Standing,
    Wish,
    chosen,
    is_settled,
    open_total,
    payable,
    received_on,
    smallest,
    standing,
    way_chosen,
    ways,
)
from kasstroom.payments.throttle import Brake, allowed, counter_of, network_of

NOW = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
DUE = date(2026, 8, 20)


def invoice(number: str, minor: int, currency: str = "EUR", **more) -> Invoice:
    amount = Money(minor, currency)
    return Invoice(
        "o", "d", number, DocumentKind.INVOICE, DUE, DUE, amount, amount, NOW, **more
    )  # fmt: skip


def link(kind: LinkKind = LinkKind.ALL, minor: int = 25_000, **more) -> PaymentLink:
    return PaymentLink(
        "o", "d", "lnk_1", "h", ("F1",), Money(minor), Language.NL, LinkState.OPEN, NOW,
        NOW + timedelta(days=90), kind=kind, **more,
    )  # fmt: skip


def code(refusing) -> tuple[str, str]:
    with pytest.raises(Refused) as caught:
        refusing()
    return caught.value.code, caught.value.pointer


def test_costs_and_interest_are_asked_with_the_principal():
    assert (
        open_total([invoice("F1", 25_000, costs_minor=4_000, interest_minor=125)]).minor == 29_125
    )


def test_what_is_disputed_is_not_asked_and_stops_a_link_over_nothing_else():
    plain, part = invoice("F2", 8_000), invoice("F1", 25_000, disputed_minor=5_000)
    whole = replace(part, disputed_minor=25_000)
    assert payable(link(), (part, plain)) == Money(28_000)
    assert payable(link(), (whole, plain)) == Money(8_000)
    assert standing(link(), (whole, plain)) is Standing.PAYABLE
    assert standing(link(), (whole, replace(plain, disputed_minor=8_000))) is Standing.DISPUTED


def test_paid_down_to_what_is_disputed_nothing_is_asked_any_more():
    left = replace(invoice("F1", 25_000, disputed_minor=9_000), open=Money(6_000))
    assert left.disputed == Money(6_000) and not left.claimable
    assert not payable(link(), (left,))


@pytest.mark.parametrize(
    ("state", "invoices", "expected"),
    [
        (LinkState.OPEN, (invoice("F1", 25_000),), Standing.PAYABLE),
        (LinkState.PAID, (invoice("F1", 0),), Standing.PAID),
        (LinkState.OPEN, (invoice("F1", 0, settled_on=DUE),), Standing.PAID),
        (LinkState.OPEN, (invoice("F1", 0),), Standing.STOPPED),
        (LinkState.OPEN, (invoice("F1", 100), invoice("C1", -100)), Standing.STOPPED),
        (LinkState.OPEN, (), Standing.STOPPED),
    ],
    ids=["open", "paid", "paid another way", "credited", "netted", "no invoices"],
)
def test_where_a_link_stands(state, invoices, expected):
    assert standing(replace(link(), state=state), invoices) is expected


@given(
    opened=st.integers(0, 10**7), part=st.integers(1, 10**7), came_in=st.integers(-(10**5), 10**7)
)
def test_a_part_asks_no_more_than_is_left_of_it_or_open(opened, part, came_in):
    one = link(LinkKind.PART, part, paid_minor=came_in)
    left = payable(one, [invoice("F1", opened)]).minor
    assert 0 <= left <= opened and left <= max(0, part - came_in)
    assert bool(left) == (opened > 0 and came_in < part)
    assert is_settled(one, opened) == (opened <= 0 or came_in >= part)


@given(most=st.integers(1, 10**7), least=st.integers(0, 10**7), typed=st.integers(-100, 2 * 10**7))
def test_a_free_amount_lies_between_the_minimum_and_what_is_open(most, least, typed):
    one = link(LinkKind.FREE, most, minimum_minor=least)
    wish = Wish(Money(typed))
    low = smallest(one, Money(most)).minor
    assert 1 <= low <= most
    if low <= typed <= most:
        assert chosen(one, Money(most), wish) == Money(typed)
    else:
        expected = "amount_too_low" if typed < low else "amount_too_high"
        assert code(lambda: chosen(one, Money(most), wish))[0] == expected


@pytest.mark.parametrize(
    ("kind", "most", "wish", "refusal"),
    [
        (LinkKind.ALL, 0, Wish(), "nothing_open"),
        (LinkKind.ALL, 500, Wish(shown=Money(600)), "amount_changed"),
        (LinkKind.FREE, 500, Wish(), "amount_missing"),
        (LinkKind.FREE, 500, Wish(Money(100, "SEK")), "amount_missing"),
    ],
)
def test_what_cannot_be_paid_is_refused(kind, most, wish, refusal):
    assert code(lambda: chosen(link(kind), Money(most), wish))[0] == refusal


def test_the_amount_that_was_shown_is_the_amount_that_is_paid():
    assert chosen(link(), Money(500), Wish(shown=Money(500))) == Money(500)
    assert chosen(link(), Money(500), Wish(Money(3))) == Money(500), "nobody types here"


@pytest.mark.parametrize(
    ("enabled", "amount", "expected"),
    [
        (("ideal",), Money(5_000_000), (("ideal",),)),
        (("ideal",), Money(5_000_001), ()),
        (("ideal",), Money(100, "SEK"), ()),
        (("bancontact", "wero", "ideal"), Money(100), (("ideal", "wero"), ("bancontact",))),
        (("ideal", "creditcard"), Money(5_000_001), (("creditcard",),)),
        (("creditcard",), Money(100, "SEK"), (("creditcard",),)),
        ((), Money(100), ()),
    ],
)
def test_ways_to_pay_with_ideal_first(enabled, amount, expected):
    assert ways(enabled, amount) == expected


def test_a_way_that_is_not_offered_is_refused():
    enabled = ("ideal", "wero", "bancontact")
    assert way_chosen(enabled, Money(100), "") == ("ideal", "wero")
    assert way_chosen(enabled, Money(100), "bancontact") == ("bancontact",)
    assert code(lambda: way_chosen(enabled, Money(100), "creditcard"))[0] == "unknown_method"
    assert code(lambda: way_chosen(enabled, Money(1, "SEK"), ""))[0] == "not_online"


def test_only_money_counts_as_received_on_a_link():
    def entry(kind, minor, currency="EUR"):
        return Entry("o", "d", "e", kind, Money(minor, currency), (), NOW, DUE, "mollie", "x")

    entries = [
        entry(EntryKind.PAYMENT, -10_000), entry(EntryKind.SMALL_DIFFERENCE, -3),
        entry(EntryKind.REFUND, 2_500), entry(EntryKind.PAYMENT, -900, "SEK"),
        entry(EntryKind.RECOVERY, 77),
    ]  # fmt: skip
    assert received_on(link(), entries) == 7_500


ITEMS = (
    OpenItem("F1", date(2026, 8, 1), Money(10_000)),
    OpenItem("F2", date(2026, 7, 1), Money(5_000)),
    OpenItem("C1", date(2026, 7, 2), Money(-1_000)),
    OpenItem("S1", date(2026, 7, 2), Money(900, "SEK")),
)
EUROS = ("F1", "F2", "C1")
PART = Instalment(1, 3, date(2026, 10, 1))


@pytest.mark.parametrize(
    ("numbers", "terms", "refusal", "pointer"),
    [
        (("F1", "F9"), Terms(), "invoice_not_open", "/body/invoices/1"),
        ((), Terms(), "mixed_currencies", "/body/invoices"),
        (("C1",), Terms(), "nothing_open", "/body/debtor"),
        (EUROS, Terms(Money(0)), "invalid_amount", "/body/amount/value"),
        (EUROS, Terms(Money(14_001)), "more_than_open", "/body/amount/value"),
        (EUROS, Terms(Money(1, "SEK")), "wrong_currency", "/body/amount/currency"),
        (EUROS, Terms(Money(1), free=True), "amount_twice", "/body/free_amount"),
        (EUROS, Terms(free=True, minimum=Money(14_001)), "more_than_open",
         "/body/free_amount/minimum/value"),
        (EUROS, Terms(instalment=PART), "instalment_without_amount", "/body/amount"),
        (EUROS, Terms(Money(1), instalment=replace(PART, number=4)), "invalid_instalment",
         "/body/instalment/number"),
        (EUROS, Terms(Money(1), instalment=replace(PART, of=0)), "invalid_instalment",
         "/body/instalment/of"),
        (EUROS, Terms(Money(1), instalment=replace(PART, due_on=date(2096, 1, 1))),
         "invalid_instalment", "/body/instalment/due_on"),
    ],
)  # fmt: skip
def test_a_link_that_cannot_be_says_where_and_why(numbers, terms, refusal, pointer):
    assert code(lambda: asked(ITEMS, numbers, terms, NOW)) == (refusal, pointer)


def test_more_invoices_than_a_booking_holds_are_refused():
    many = tuple(OpenItem(f"F{n}", DUE, Money(100)) for n in range(MOST_INVOICES + 1))
    assert len(asked(many, (), Terms(), NOW).invoices) == MOST_INVOICES
    numbers = tuple(item.number for item in many)
    assert code(lambda: asked(many, numbers, Terms(), NOW))[0] == "too_many_invoices"


def test_kinds_of_links():
    everything = asked(ITEMS, EUROS, Terms(), NOW)
    assert (everything.kind, everything.amount) == (LinkKind.ALL, Money(14_000))
    part = asked(ITEMS, ("F1", "F2"), Terms(Money(5_000), instalment=PART), NOW)
    assert (part.kind, part.amount, part.invoices) == (LinkKind.PART, Money(5_000), ("F1", "F2"))
    free = asked(ITEMS, ("F1", "F2"), Terms(free=True, minimum=Money(500)), NOW)
    assert (free.kind, free.minimum_minor) == (LinkKind.FREE, 500)
    assert free.invoices == ("F2", "F1"), "the oldest first"
    foreign = asked(ITEMS, ("S1",), Terms(), NOW)
    assert foreign.amount == Money(900, "SEK")


def test_an_instalment_stays_payable_after_its_day():
    assert valid_until(NOW) == datetime(2026, 11, 30, 22, 59, 59, tzinfo=UTC), "all of that day"
    assert valid_until(NOW, PART) == datetime(2026, 12, 30, 22, 59, 59, tzinfo=UTC)
    assert valid_until(NOW, replace(PART, due_on=date(2026, 1, 1))) == valid_until(NOW)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("", ""),
        ("not an address", ""),
    ],
)
def test_whom_an_address_stands_for(address, network):
    assert network_of(address) == network


class Counters:
    def __init__(self):
        self.seen = {}

    def allows(self, counter):
        self.seen[counter.key] = self.seen.get(counter.key, 0) + 1
        return self.seen[counter.key] <= counter.brake.most


def test_a_brake_lets_through_so_many_in_a_window_and_forgets():
    counters, brake = Counters(), Brake("b", 2)
    tries = ((brake, "me"), (brake, ""))
    assert [allowed(counters, tries, NOW) for _ in range(3)] == [True, True, False]
    assert allowed(counters, ((brake, "other"),), NOW)
    assert allowed(counters, tries, NOW + timedelta(seconds=60))
    assert counter_of(brake, "me", NOW).gone_at == NOW + timedelta(seconds=660)
