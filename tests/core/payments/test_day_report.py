"""The report of a day against a second way to count it: two providers, fees, refunds, chargebacks,
payouts on their way for days, other currencies, work by hand, direct debits, a G-account."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kasstroom.bank.accepted import BankStatement
from kasstroom.bank.model import BankAccount, BankLine, LineKind, LineState, StatementFormat
from kasstroom.bank.people import Confirmation, Why, confirm, reopen
from kasstroom.bank.shares import ForDebtor
from kasstroom.bank.usecases import Ways
from kasstroom.changes import Changes
from kasstroom.money import EUR, Money
from kasstroom.payments.day_findings import DayStatus, FindingCode
from kasstroom.payments.differences import Difference, DifferenceKind, differs, resolve
from kasstroom.payments.model import BookedPayment
from kasstroom.payments.payouts import Settlement
from kasstroom.payments.provider_days import Day, ProviderDay, keep_days
from kasstroom.payments.reconciliation import report
from kasstroom.payments.reported import NewsKind, ProviderNews
from kasstroom.settle import settle
from tests.collecting import ANNA
from tests.memory_books import MemoryBooks
from tests.people import NOW, ORG, debtor, invoice, organisation

ON = date(2026, 9, 1)
LATER = NOW + timedelta(days=1)
MAIN, G = "NL91ABNA0417164300", "NL53KNAB0730699660"
CURRENCIES = ("EUR", "USD")

cents = st.integers(1, 99_999)
currencies = st.sampled_from(CURRENCIES)
items = st.tuples(
    st.sampled_from(("mollie", "stripe")), st.sampled_from(NewsKind), cents, currencies,
    st.sampled_from(("same", "less", "missing")),
)  # fmt: skip
"""Provider, what, how much, and what the ledger has of it."""
bookings = st.tuples(
    st.sampled_from(("mollie", "stripe", "bank", "sepa")), cents, currencies, st.booleans()
)
"""Source, how much, and whether it was taken out again by hand."""
bank_lines = st.tuples(
    st.sampled_from(LineKind), st.sampled_from(LineState), st.integers(-99_999, 99_999),
    currencies, st.sampled_from((MAIN, G)), st.sampled_from((0, 0, 1)),
)  # fmt: skip
payouts = st.tuples(
    st.sampled_from(("mollie", "stripe")), cents, st.integers(0, 50), currencies,
    st.integers(-12, 1), st.sampled_from((None, 0, 1, 3)),
)  # fmt: skip
"""Provider, gross, fee, currency, days from the day it was sent, days until the bank showed it."""


def build(books, world):
    happened, booked, shown, sent = world
    days = {name: Day() for name in ("mollie", "stripe")}
    for nth, (name, kind, minor, currency, here) in enumerate(happened):
        amount = Money(minor, currency)
        ours = {"same": amount, "less": Money(minor - 1, currency), "missing": None}[here]
        item = ProviderNews(kind, f"it_{nth}", f"it_{nth}", amount, NOW, True)
        days[name] = days[name].with_one(item, ours, agrees=here == "same")
        if here != "same":
            why = DifferenceKind.AMOUNT if ours else DifferenceKind.NOT_IN_LEDGER
            differs(books, ORG, name, item, why, ours, LATER)
    for name, day in days.items():
        keep_days(books, ORG, name, {ON: day}, LATER)
    made = []
    for nth, (source, minor, currency, undone) in enumerate(booked):
        for sign in (1, -1) if undone else (1,):
            amount = Money(sign * minor, currency)
            made.append(
                BookedPayment(ORG, ON, f"p{nth}{sign}", "D1", amount, amount, (), source, "x", NOW)
            )
    for nth, (kind, state, minor, currency, account, after) in enumerate(shown):
        day = ON + timedelta(days=after)
        made.append(bank_line(f"{day}_{nth}", kind, state, Money(minor, currency), day, account))
    for nth, (name, gross, fee, currency, on, shows) in enumerate(sent):
        paid_on = ON + timedelta(days=on)
        line = ""
        if shows is not None:
            day = paid_on + timedelta(days=shows)
            # On an account of its own, so that the day's other lines stay what they are.
            line = f"{day}_payout{nth}"
            made.append(bank_line(line, LineKind.PAYOUT, LineState.CLEARED,
                                  Money(gross - fee, currency), day))  # fmt: skip
        made.append(
            Settlement(
                ORG, f"{paid_on}#{name}#stl_{nth}", name, f"r{nth}", Money(gross - fee, currency),
                Money(gross, currency), Money(fee, currency), paid_on, 1, 0, line,
            )
        )  # fmt: skip
    made.append(BankAccount(ORG, MAIN, closed_on=ON + timedelta(days=1)))
    books.commit(Changes(create=(*made, statement(), statement(G))))


def statement(account=MAIN, id="s"):
    """Accepted: what is of another one does not count."""
    return BankStatement(ORG, account, id, StatementFormat.CAMT_053, "1", "1", ON, ON, NOW, "f", 9)


def bank_line(id, kind, state, amount, day, account=MAIN):
    return BankLine(ORG, id, account, "s", "1", kind, amount, day, day, NOW, state=state)


@settings(max_examples=60, deadline=None)
@given(
    st.tuples(
        st.lists(items, max_size=6), st.lists(bookings, max_size=5),
        st.lists(bank_lines, max_size=5), st.lists(payouts, max_size=4),
    )
)  # fmt: skip
def test_it_counts_what_happened_each_currency_apart(world):
    books = MemoryBooks()
    build(books, world)
    happened, booked, shown, sent = world
    for currency in CURRENCIES:
        day = report(books, ORG, ON, currency, today=ON + timedelta(days=20))
        ledger, bank, there, here, back = (Counter() for _ in range(5))
        for source, minor, of, undone in booked:
            ledger[source] += minor if of == currency and not undone else 0
        for name, kind, minor, of, known in happened:
            if of == currency:
                sign = 1 if kind is NewsKind.PAYMENT else -1
                there[name] += sign * minor
                here[name] += sign * {"same": minor, "less": minor - 1, "missing": 0}[known]
                back[name] += minor if sign < 0 else 0
        for kind, state, minor, of, _, after in shown:
            if of == currency and not after:
                bank[f"{kind}.{state}"] += minor
        in_transit = of_day = 0
        for _, gross, fee, of, on, shows in sent:
            if of != currency:
                continue
            if shows is not None and on + shows == 0:
                bank["payout.cleared"] += gross - fee
            if on <= 0 and (shows is None or on + shows > 0):
                in_transit += gross - fee
            of_day += (gross - fee) if on == 0 else 0
        assert {s.what: s.amount.minor for s in day.ledger if s.amount} == +ledger
        assert {s.what: s.amount.minor for s in day.bank if s.amount} == {
            what: minor for what, minor in bank.items() if minor
        }
        for side in day.providers:
            name = side.provider
            assert side.amount.minor == there[name] and side.booked.minor == here[name]
            assert side.difference.minor == there[name] - here[name]
            assert side.went_back.minor == back[name]
            assert side.received.minor - back[name] == there[name]
        assert {p.provider for p in day.providers} == {"mollie", "stripe"}
        assert (day.in_transit.amount.minor, day.currency) == (in_transit, currency)
        assert sum(p.amount.minor for p in day.payouts) == of_day
        wrong = [c for c in happened if c[3] == currency and c[4] != "same"]
        waits = [
            c for c in shown
            if c[3] == currency and not c[5] and c[1] in (LineState.OPEN, LineState.PROPOSED)
        ]  # fmt: skip
        missing = [p for p in sent if p[3] == currency and p[4] == 0 and p[5] is None]
        codes = Counter(f.code for f in day.findings)
        assert codes == Counter(
            {FindingCode.DIFFERENCE: len(wrong), FindingCode.BANK_LINE_WAITS: len(waits),
             FindingCode.PAYOUT_LATE: len(missing)}
        )  # fmt: skip
        assert day.complete is not bool(wrong or waits or missing)
        assert all(f.explanation and f.what_to_do and f.link for f in day.findings)


@pytest.fixture
def books():
    made = MemoryBooks()
    made.commit(Changes(create=(BankAccount(ORG, MAIN, closed_on=ON), statement())))
    return made


def codes(day):
    return [finding.code.value for finding in day.findings]


def test_a_day_on_which_nothing_happened_is_right(books):
    keep_days(books, ORG, "mollie", {}, LATER)
    day = report(books, ORG, ON)
    assert (day.status, day.complete) == (DayStatus.RIGHT, True)
    assert day.explanation == "2026-09-01 is right: ledger, providers and bank agree."
    assert [side.explanation for side in day.providers] == ["Nothing happened here in EUR."]


def test_who_has_no_provider_compares_ledger_and_bank(books):
    assert report(books, ORG, ON).complete
    books.commit(Changes(update=(replace(books.get(BankAccount, ORG, id=MAIN), closed_on=None),)))
    day = report(books, ORG, ON)
    assert codes(day) == ["statement_missing"] and day.status is DayStatus.WAITS


def test_one_of_two_providers_that_was_silent_is_missed(books):
    """Compared the day before and not since: the other one agrees, and the day is not right."""
    keep_days(books, ORG, "stripe", {}, NOW - timedelta(days=1))
    keep_days(books, ORG, "mollie", {}, LATER)
    day = report(books, ORG, ON)
    assert [(f.code.value, f.about) for f in day.findings] == [("provider_not_compared", "stripe")]
    assert (day.status, day.complete) == (DayStatus.WAITS, False)


def test_before_midnight_a_day_is_not_compared(books):
    keep_days(books, ORG, "mollie", {}, NOW)
    assert codes(report(books, ORG, ON)) == ["provider_not_compared"]


def test_a_comparison_that_saw_less_leaves_the_day_as_it_was_seen(books):
    one = ProviderNews(NewsKind.PAYMENT, "tr_1", "tr_1", Money(100), NOW, True)
    seen = Day().with_one(one, Money(100), agrees=True)
    keep_days(books, ORG, "mollie", {ON: seen}, NOW)
    keep_days(books, ORG, "mollie", {}, LATER)
    kept = books.get(ProviderDay, ORG, ON.isoformat(), "mollie")
    assert (kept.seen, kept.compared_at) == (seen, LATER)


def test_a_payout_is_in_transit_until_the_statement_and_late_after_five_days(books):
    keep_days(books, ORG, "mollie", {}, LATER)
    sent = Settlement(
        ORG, f"{ON}#mollie#stl_1", "mollie", "1234567.2609.01", Money(24_961), Money(25_000),
        Money(39), ON, 1, 0,
    )  # fmt: skip
    books.commit(Changes(create=(sent,)))
    day = report(books, ORG, ON, today=ON + timedelta(days=2))
    assert codes(day) == ["payout_in_transit"] and day.status is DayStatus.WAITS
    assert (day.in_transit.count, day.in_transit.amount) == (1, Money(24_961))
    assert "249.61" in day.payouts[0].explanation
    day = report(books, ORG, ON, today=ON + timedelta(days=6))
    assert codes(day) == ["payout_late"] and day.status is DayStatus.DIFFERS
    assert report(books, ORG, ON + timedelta(days=3)).in_transit.count == 1
    kept = books.get(Settlement, ORG, id=sent.id)
    arrived = bank_line("2026-09-03_a", LineKind.PAYOUT, LineState.CLEARED, sent.amount,
                        date(2026, 9, 3))  # fmt: skip
    books.commit(Changes(create=(arrived,), update=(replace(kept, line_id=arrived.id),)))
    assert report(books, ORG, ON).complete and report(books, ORG, ON).in_transit.count == 1
    assert report(books, ORG, date(2026, 9, 3)).in_transit.count == 0


def test_a_payout_that_does_not_add_up_is_told_with_its_day(books):
    keep_days(books, ORG, "mollie", {}, LATER)
    sent = Settlement(
        ORG, f"{ON}#mollie#stl_1", "mollie", "r1", Money(24_900), Money(25_000), Money(39), ON, 1,
        0, "2026-09-01_a",
    )  # fmt: skip
    books.commit(Changes(create=(sent,)))
    told = ProviderNews(NewsKind.PAYMENT, "stl_1", "stl_1", Money(24_900), LATER, True, "r1")
    differs(books, ORG, "mollie", told, DifferenceKind.PAYOUT, Money(24_961), LATER)
    day = report(books, ORG, ON)
    assert codes(day) == ["difference"] and day.payouts[0].status is DayStatus.DIFFERS
    assert "does not add up" in day.findings[0].explanation


def test_what_a_person_settled_is_explained_and_the_day_is_right(books):
    item = ProviderNews(NewsKind.PAYMENT, "tr_9", "tr_9", Money(500), NOW, True)
    keep_days(books, ORG, "mollie", {ON: Day().with_one(item, None, agrees=False)}, LATER)
    differs(books, ORG, "mollie", item, DifferenceKind.NOT_IN_LEDGER, None, LATER)
    (finding,) = report(books, ORG, ON).findings
    assert finding.link == f"/v1/payment-differences/{finding.about}"
    assert "tr_9 of EUR 5.00 is not in the ledger" in finding.explanation
    settle(books, lambda: resolve(books, ORG, finding.about, "of the other shop", "anna", LATER))
    assert report(books, ORG, ON).complete
    known = books.get(Difference, ORG, id=finding.about)
    assert known.gone_at > LATER + timedelta(days=365), "it explains the day as long as that lasts"


def test_a_reversal_that_nobody_looked_at_keeps_the_day_open(books):
    line = bank_line("2026-09-01_r", LineKind.REVERSAL, LineState.OPEN, Money(-500, EUR), ON)
    books.commit(Changes(create=(line,)))
    (finding,) = report(books, ORG, ON).findings
    assert (finding.about, finding.link) == (line.id, f"/v1/bank-lines/{line.id}")
    assert finding.amount == Money(-500)


def test_lines_of_a_statement_that_was_never_accepted_do_not_count(books):
    half = bank_line("2026-09-01_h", LineKind.RECEIPT, LineState.OPEN, Money(500), ON)
    books.commit(Changes(create=(replace(half, statement="quarantined"),)))
    day = report(books, ORG, ON)
    assert day.bank == () and day.complete


def test_a_day_that_nobody_compared_is_not_right():
    assert codes(report(MemoryBooks(), ORG, ON)) == ["statement_missing"]


def test_a_payment_taken_out_by_hand_is_taken_off_the_ledger_s_side():
    """Booked for the wrong debtor, undone, and booked again: the bank brought it once."""
    books = MemoryBooks()
    organisation(books)
    debtor(books, "D1")
    invoice(books, "F1", "250.00")
    books.commit(Changes(create=(bank_line("2026-09-01_a", LineKind.RECEIPT, LineState.OPEN,
                                           Money(25_000), ON), statement())))  # fmt: skip
    said = Confirmation((ForDebtor("D1", ("F1",), Money(25_000)),))
    for _ in range(2):
        settle(books, lambda: confirm(books, ORG, "2026-09-01_a", said, ANNA, NOW, Ways()))
        settle(books, lambda: reopen(books, ORG, "2026-09-01_a", Why("x"), ANNA, NOW, Ways()))
    settle(books, lambda: confirm(books, ORG, "2026-09-01_a", said, ANNA, NOW, Ways()))
    day = report(books, ORG, ON)
    assert [(side.what, side.amount) for side in day.ledger] == [("bank", Money(25_000))]
    assert [(side.what, side.amount) for side in day.bank] == [("receipt.matched", Money(25_000))]
