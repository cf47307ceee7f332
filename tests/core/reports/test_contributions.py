"""What each entity contributes, number by number."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from kasstroom.credit.decision import Decision, Outcome
from kasstroom.money import Money
from kasstroom.payments.model import Allocation, Entry, EntryKind, Part
from kasstroom.reports.measures import Measure
from kasstroom.resolution.model import Dispute, DisputeReason, DisputeState
from tests.contributed import ISSUED, NOW, TODAY, invoice, of
from tests.people import ORG

M = Measure


def entry(kind=EntryKind.PAYMENT, minor=-10_000, *allocations, **more):
    fields = {"booked_at": NOW, "booked_on": TODAY, "source": "api", "external_id": "x"} | more
    lands = tuple(Allocation(n, Money(m), part) for n, m, part in allocations)
    return Entry(ORG, "D1", "ent_1", kind, Money(minor), lands, **fields)


def test_an_entry_counts_where_it_lands():
    paid = entry(
        EntryKind.PAYMENT, -10_000, ("F1", -6_000, Part.PRINCIPAL), ("C1", 500, Part.PRINCIPAL),
        ("F1", -1_000, Part.COSTS), ("gone", -200, Part.PRINCIPAL), booked_on=date(2026, 8, 30),
    )  # fmt: skip
    on, found = date(2026, 8, 30), of(paid, invoice(), invoice("C1", -500))
    assert found == {
        (M.OPEN, None, "invoice", "2026-09-30"): -6_000,
        (M.OPEN, None, "credit_note", "2026-09-30"): 500,
        (M.OPEN, None, "invoice", ""): -200,
        (M.OPEN_MOVED, on, "invoice", "2026-09-30"): -6_000,
        (M.OPEN_MOVED, on, "credit_note", "2026-09-30"): 500,
        (M.OPEN_MOVED, on, "invoice", ""): -200,
        (M.CHARGES, None, "costs"): -1_000,
        (M.CHARGES_MOVED, on, "costs"): -1_000,
        (M.UNALLOCATED, None): -3_300,
        (M.UNALLOCATED_MOVED, on): -3_300,
        (M.BOOKED, on, "payment"): -10_000,
        (M.BOOKED_ITEMS, on, "payment"): 1,
    }


def test_an_invoice_counts_from_its_day_of_issue_and_no_later_than_it_was_booked():
    booked = entry(EntryKind.INVOICE, 100, ("F1", 100, Part.PRINCIPAL), external_id="F1")
    assert (M.BOOKED, ISSUED, "invoice") in of(booked, invoice())
    assert (M.BOOKED, TODAY, "invoice") in of(booked, invoice(issued_on=date(2027, 1, 1)))
    assert (M.BOOKED, TODAY, "invoice") in of(booked)


def decision(order, at, policy, id="dec_1"):
    zero = Money(0)
    return Decision(
        ORG, "D1", id, id, "", order, Money(5_000), Outcome.APPROVED_PARTIAL, (), (), policy, None,
        zero, zero, zero, zero, at, approved=Money(3_000),
    )  # fmt: skip


def test_what_is_lost_names_the_policy_that_granted_it():
    given_up = entry(EntryKind.WRITE_OFF, -400, ("F1", -400, Part.PRINCIPAL))
    ordered = invoice(order_reference="O1")
    made = [
        decision("O1", NOW - timedelta(days=9), "default.1", "dec_1"),
        decision("O1", NOW - timedelta(days=8), "default.2", "dec_2"),
        decision("O1", NOW + timedelta(days=1), "default.3", "dec_3"),
        decision("O2", NOW - timedelta(days=1), "other.1", "dec_4"),
    ]
    assert of(given_up, ordered, *made)[M.LOST, TODAY, "default.2"] == 400
    assert of(given_up, invoice(), *made)[M.LOST, TODAY, ""] == 400
    back = entry(EntryKind.RECOVERY, 150, ("F1", 150, Part.PRINCIPAL))
    assert of(back, ordered, *made)[M.LOST, TODAY, "default.2"] == -150


def test_an_invoice_open_and_settled():
    assert of(invoice()) == {
        (M.SOLD, ISSUED, "invoice"): 10_000,
        (M.SOLD_ITEMS, ISSUED, "invoice"): 1,
        (M.OPEN_ITEMS, None, "invoice", "2026-09-30"): 1,
        (M.OPEN_BY_ISSUE, None, "invoice", "2026-08-31"): 10_000,
    }
    paid = of(invoice(open_minor=0, settled_on=date(2026, 10, 5)))
    assert paid[M.SETTLED, date(2026, 10, 5), "5"] == 10_000
    assert of(invoice(open_minor=0, settled_on=TODAY))[M.SETTLED, TODAY, "-29"] == 10_000
    credit = of(invoice("C1", -500, open_minor=0, settled_on=TODAY))
    assert not any(key[0] is M.SETTLED for key in credit)


def dispute(id, minor, reason, state=DisputeState.OPEN, **more):
    return Dispute(ORG, "D1", id, "F1", Money(minor), reason, "", NOW, "anna", state, **more)


def test_what_is_disputed_is_what_disputes_hold_of_what_is_payable():
    damaged = dispute("dsp_1", 3_000, DisputeReason.DAMAGED, DisputeState.ACCEPTED)
    wrong = dispute("dsp_2", 2_000, DisputeReason.WRONG_AMOUNT)
    ended = dispute("dsp_0", 9_000, DisputeReason.OTHER, DisputeState.REJECTED)
    held = of(invoice(disputed_minor=5_000), wrong, damaged, ended)
    assert held[M.DISPUTED, None, "damaged"] == 3_000
    assert held[M.DISPUTED, None, "wrong_amount"] == 2_000
    assert (M.DISPUTED, None, "other") not in held
    partly = of(invoice(disputed_minor=5_000, open_minor=3_500), wrong, damaged)
    assert partly[M.DISPUTED, None, "wrong_amount"] == 500
    assert partly[M.OPEN_DISPUTED, None, "2026-09-30"] == 3_500
    unknown = of(invoice(disputed_minor=700, open_minor=0, costs_minor=900))
    assert unknown[M.DISPUTED, None, "other"] == 700
    assert not any(key[0] is M.OPEN_DISPUTED for key in unknown)


def test_a_dispute_is_counted_when_it_was_opened_and_when_it_ended():
    opened = dispute("dsp_1", 1, DisputeReason.DAMAGED)
    assert of(opened) == {(M.DISPUTES_OPENED, TODAY, "damaged"): 1}
    # Half past midnight in Amsterdam.
    late = datetime(2026, 9, 10, 22, 30, tzinfo=UTC)
    ended = replace(opened, state=DisputeState.REJECTED, decided_at=late)
    assert of(ended)[M.DISPUTES_DECIDED, date(2026, 9, 11), "rejected"] == 1
    assert of(ended)[M.DISPUTE_DAYS, date(2026, 9, 11)] == 10
