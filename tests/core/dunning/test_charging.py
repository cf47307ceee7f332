"""Costs and interest: never before the law allows, never more than it allows, once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kasstroom.changes import Changes
from kasstroom.compliance.statutory_rates import KNOWN_UNTIL
from kasstroom.debtors.model import Address, Channel, DebtorKind
from kasstroom.dunning import strategies
from kasstroom.dunning.outlook import outlook
from kasstroom.dunning.standing import standing_of
from kasstroom.dunning.strategies import Assignment, StrategyDraft
from kasstroom.dunning.strategy import End, Step, StepKind
from kasstroom.invoices.model import DocumentKind, Invoice
from kasstroom.messages.model import Message, MessageState
from kasstroom.payments.model import Entry, EntryKind
from kasstroom.resolution.disputes import NewDispute, open_dispute
from kasstroom.resolution.model import DisputeReason
from kasstroom.settle import settle
from kasstroom_pages.showing import written
from tests.core.dunning.reminding import BOSS, at, case_of, claimed, played, sent
from tests.memory_books import MemoryBooks
from tests.people import ORG, debtor, eur, invoice, organisation, received

DUE = date(2026, 8, 20)
START = at("2026-08-21T10:00")
LETTER_DAY = at("2026-09-04T10:00")
"""Fifteen days after the due date; by e-mail the safe day is 25 September."""
SAFE = at("2026-09-25T10:00")
PLAN = StrategyDraft(
    (
        Step(StepKind.REMINDER, 3),
        Step(StepKind.FOURTEEN_DAY_LETTER, 15),
        Step(StepKind.FINAL_DEMAND, 36, costs=True, interest=True),
        Step(StepKind.HAND_OVER, 60),
    ),
    end=End.AGENCY,
)


def books_with(*amounts, kind=DebtorKind.CONSUMER, plan=PLAN, country="NL"):
    books = MemoryBooks()
    organisation(books)
    made = debtor(books, kind=kind)
    moved = replace(made, version=1, address=Address("Weg", "1", "1234 AB", "Utrecht", country))
    books.commit(Changes(update=(moved,)))
    for n, amount in enumerate(amounts, 1):
        invoice(books, f"F{n}", amount, due_on=DUE)
    version = settle(books, lambda: strategies.write(books, ORG, "own", plan, BOSS, START))
    settle(books, lambda: strategies.activate(books, ORG, "own", version.number, BOSS, START))
    wanted = Assignment(default="own")
    settle(books, lambda: strategies.assign(books, ORG, wanted, BOSS, START))
    return books


def charged(books, kind=EntryKind.COSTS):
    return [e.amount.value for e in books.all_of(Entry, ORG, "D1") if e.kind is kind]


def why(books, now):
    standing = standing_of(books, ORG, "D1", now)
    return outlook(standing.case, standing.facts, now).code


def test_a_consumer_from_reminder_to_costs():
    books = books_with("412.30")
    assert played(books, START, 60) == [
        ("2026-08-24", "reminder"),
        ("2026-09-04", "fourteen_day_letter"),
        ("2026-09-25", "final_demand"),
    ]
    (letter,) = case_of(books).letters
    assert (letter.demand.total_costs, letter.charged) == (eur("61.85"), True)
    assert charged(books) == ["61.85"]
    final = next(m for m in books.all_of(Message, ORG, "D1") if m.template == "final_demand")
    # EUR 412.30, EUR 61.85 costs, and no interest yet on the safe day itself.
    assert final.amount == eur("474.15") == books.get(Invoice, ORG, "D1", "F1").payable


def test_the_term_holds_the_next_step_up_and_says_so():
    books = books_with("412.30")
    played(books, START, 15)
    quick = replace(PLAN, steps=(*PLAN.steps[:2], Step(StepKind.FINAL_DEMAND, 20)))
    version = settle(books, lambda: strategies.write(books, ORG, "own", quick, BOSS, START))
    settle(books, lambda: strategies.activate(books, ORG, "own", version.number, BOSS, START))
    assert why(books, at("2026-09-15T10:00")) == "fourteen_day_term_running"
    assert claimed(books, at("2026-09-24T10:00")) is None
    assert sent(books, SAFE).template == "final_demand"
    assert charged(books) == []


@pytest.mark.parametrize(("paid", "costs"), [("400.00", ["90.00"]), ("900.00", ["40.00"])])
def test_what_was_paid_in_time_bears_no_costs(paid, costs):
    books = books_with("1000.00")
    played(books, START, 15)
    paid_on(books, paid, date(2026, 9, 10))
    played(books, at("2026-09-05T10:00"), 30)
    assert charged(books) == costs


def test_what_is_paid_after_the_term_changes_nothing():
    books = books_with("1000.00")
    played(books, START, 15)
    paid_on(books, "900.00", date(2026, 9, 26))
    played(books, at("2026-09-26T10:00"), 10)
    assert charged(books) == ["150.00"]


def paid_on(books, value, day):
    received(books, value, "F1", now=at(f"{day}T12:00"))


def test_a_credit_note_and_a_dispute_lower_the_costs_whenever_they_come():
    books = books_with("1000.00")
    played(books, START, 15)
    invoice(
        books, "C1", "500.00", kind=DocumentKind.CREDIT_NOTE, credits="F1", due_on=DUE,
        now=LETTER_DAY + timedelta(days=2),
    )  # fmt: skip
    new = NewDispute("F1", DisputeReason.DAMAGED, eur("100.00"))
    settle(books, lambda: open_dispute(books, ORG, new, "bea", START))
    played(books, at("2026-09-05T10:00"), 30)
    assert charged(books) == ["60.00"]


def test_several_claims_bear_one_fee():
    books = books_with("100.00", "100.00", "100.00")
    played(books, START, 60)
    assert charged(books) == ["45.00"]


def test_a_letter_that_came_back_bears_no_costs():
    books = books_with("412.30")
    played(books, START, 15)
    letter = books.get(Message, ORG, "D1", case_of(books).letters[0].message)
    books.commit(Changes(update=(replace(letter, state=MessageState.BOUNCED),)))
    played(books, at("2026-09-05T10:00"), 60)
    assert charged(books) == [] and not case_of(books).letters[0].charged


def test_a_later_invoice_has_its_own_letter_and_shares_the_first_fee():
    books = books_with("412.30")
    played(books, START, 40)
    invoice(books, "F2", "50.00", due_on=date(2026, 9, 30))
    played(books, at("2026-10-01T10:00"), 60)
    first, second = case_of(books).letters
    assert (first.claims, second.claims) == (("F1",), ("F2",))
    assert sorted(charged(books)) == ["40.00", "61.85"]


def test_a_business_owes_costs_and_interest_without_a_letter():
    books = books_with("1000.00", kind=DebtorKind.COMPANY)
    assert [step for _, step in played(books, START, 50)] == ["reminder", "final_demand"]
    assert charged(books) == ["150.00"]
    # 10.40 % over 36 days: 1000.00 * 0.104 * 36 / 365 = 10.26.
    assert charged(books, EntryKind.INTEREST) == ["10.26"]
    again = sent(books, at("2026-11-02T10:00"))
    assert again is None and charged(books) == ["150.00"]


def test_interest_is_never_counted_twice():
    twice = StrategyDraft(
        (
            Step(StepKind.NOTICE, 10),
            Step(StepKind.FINAL_DEMAND, 36, interest=True),
            Step(StepKind.FINAL_DEMAND, 66, interest=True),
        )
    )
    books = books_with("1000.00", kind=DebtorKind.COMPANY, plan=twice)
    played(books, START, 80)
    total = sum(eur(v).minor for v in charged(books, EntryKind.INTEREST))
    # 67 days at 10.40 % (day 66 is a Sunday): 19.09, rounded in two parts.
    assert abs(total - 1909) <= 1 and len(charged(books, EntryKind.INTEREST)) == 2


def test_days_without_a_published_rate_bear_no_interest_yet():
    late = StrategyDraft((Step(StepKind.FINAL_DEMAND, 200, interest=True),))
    books = books_with("1000.00", kind=DebtorKind.COMPANY, plan=late)
    played(books, at("2027-03-08T10:00"), 3)
    known = books.get(Invoice, ORG, "D1", "F1").interest_until
    assert known == KNOWN_UNTIL


def test_elsewhere_another_law_holds_and_nothing_is_charged():
    books = books_with("412.30", country="DE")
    assert [step for _, step in played(books, START, 60)] == ["reminder", "final_demand"]
    assert charged(books) == [] and charged(books, EntryKind.INTEREST) == []


def test_the_ledger_agrees_after_all_of_it():
    books = books_with("412.30", "80.00")
    played(books, START, 60)
    entries = books.all_of(Entry, ORG, "D1")
    for one in books.all_of(Invoice, ORG, "D1"):
        booked = sum(
            a.amount.minor for e in entries for a in e.allocations if a.invoice == one.number
        )
        assert booked == one.payable.minor
    items = {item.number: item.open for item in case_of(books).items}
    assert items == {i.number: i.payable for i in books.all_of(Invoice, ORG, "D1")}


def test_said_again_nothing_is_charged_again():
    books = books_with("412.30")
    played(books, START, 36)
    for _ in range(3):
        assert claimed(books, SAFE + timedelta(hours=1)) is None
    assert charged(books) == ["61.85"]


def test_a_letter_on_paper_counts_from_the_day_it_was_posted():
    by_post = replace(PLAN.steps[1], channels=(Channel.LETTER,))
    plan = replace(PLAN, steps=(PLAN.steps[0], by_post, *PLAN.steps[2:]))
    books = books_with("412.30", plan=plan)
    played(books, START, 15)
    assert why(books, at("2026-10-20T10:00")) == "fourteen_day_term_running"
    letter = books.get(Message, ORG, "D1", case_of(books).letters[0].message)
    assert letter.channel is Channel.LETTER
    posted = replace(letter, posted_on=date(2026, 9, 7))
    books.commit(Changes(update=(posted,)))
    assert played(books, at("2026-09-05T10:00"), 40)[0] == ("2026-09-28", "final_demand")
    assert charged(books) == ["61.85"]


def test_what_a_lost_letter_demanded_is_demanded_anew_by_the_next():
    books = books_with("412.30")
    played(books, START, 15)
    lost = books.get(Message, ORG, "D1", case_of(books).letters[0].message)
    books.commit(Changes(update=(replace(lost, state=MessageState.BOUNCED),)))
    invoice(books, "F2", "50.00", due_on=date(2026, 9, 1))
    played(books, at("2026-09-05T10:00"), 60)
    (letter,) = case_of(books).letters
    assert letter.claims == ("F1", "F2") and letter.message != lost.id
    assert charged(books) == ["69.35"]  # 15 percent of 462.30, once.


def test_instalments_of_one_contract_bear_the_costs_of_one():
    books = books_with()
    months = [date(2026, 8, 20), date(2026, 9, 20), date(2026, 10, 20)]
    for n, due_on in enumerate(months, 1):
        invoice(books, f"T{n}", "100.00", due_on=due_on, contract="energy-7")
    invoice(books, "X1", "100.00", due_on=date(2026, 12, 1))
    played(books, START, 160)
    # EUR 40 for the first instalment, nothing for those after it, and EUR 40 for another claim.
    assert charged(books) == ["40.00", "40.00"]
    assert {one.contract for one in case_of(books).letters} == {"energy-7", ""}


def test_a_letter_is_about_what_no_letter_demanded_and_can_be_written():
    books = books_with("412.30")
    played(books, START, 40)
    invoice(books, "F2", "50.00", due_on=date(2026, 9, 30))
    invoice(books, "C1", "20.00", kind=DocumentKind.CREDIT_NOTE, due_on=DUE)
    played(books, at("2026-10-01T10:00"), 14)
    draft = claimed(books, at("2026-10-15T10:00"))
    assert [item.number for item in draft.items] == ["F2", "C1"]
    assert draft.message.amount == draft.demand.principal == eur("30.00")
    # The wording is checked where it is written: a second amount would cost the costs.
    assert "40,00" in written(draft, "https://betalen.example").text
