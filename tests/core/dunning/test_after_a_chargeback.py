"""A payment that was taken back: time first, then the mildest step, an explanation, and no costs by
a letter that was answered in time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kasstroom.access.model import Actor, Role
from kasstroom.changes import Changes
from kasstroom.debtors.model import Debtor, DebtorKind
from kasstroom.dunning.blocks import with_block
from kasstroom.dunning.model import Block, BlockReason
from kasstroom.dunning.strategies import StrategyDraft
from kasstroom.dunning.strategy import Step, StepKind
from kasstroom.organisations.model import Language
from kasstroom.payments import handling
from kasstroom.payments.giving_back import Movement, come_back, give_back
from kasstroom.payments.handling import NewAllocations, Wanted
from kasstroom.payments.loading import load
from kasstroom.payments.model import Entry, EntryKind, MoneyIn
from kasstroom.payments.posting import Posted, changes_of
from kasstroom.settle import settle
from kasstroom_pages.showing import written
from tests.core.dunning.reminding import at, case_of, claimed, played, sent
from tests.core.dunning.test_charging import DUE, LETTER_DAY, PLAN, SAFE, START, books_with, charged
from tests.people import ORG, eur, received

IN_TIME, AFTER_IT = at("2026-09-10T12:00"), at("2026-10-20T12:00")
GRACE = timedelta(days=5)
BEA = Actor("bea", (Role.CREDIT_MANAGER,))


def taken_back(books, money, now, value=None, kind=EntryKind.CHARGEBACK):
    def plan():
        current = books.get(MoneyIn, ORG, money.debtor, money.id)
        gone = Movement(kind, eur(value) if value else money.amount, "mollie", f"chb_{now}", now)
        before = load(books, ORG, money.debtor, current.pays, (current,))
        posted = give_back(Posted(before), current, gone, now)
        return changes_of(before, posted, now), posted.entries[-1]

    return settle(books, plan)


def test_time_first_then_the_mildest_step_and_never_where_it_stood():
    books = books_with("412.30")
    played(books, START, 36)
    money = received(books, "474.15", "F1", now=at("2026-09-26T12:00"))
    books.events.clear()
    taken_back(books, money, AFTER_IT)
    assert [e.TYPE for e in books.events] == ["payment.charged_back", "invoice.reopened"]
    (block,) = case_of(books).blocks
    assert (block.reason, block.until) == (BlockReason.PAYMENT_RETURNED, AFTER_IT + GRACE)
    steps = played(books, at("2026-10-21T10:00"), 30)
    assert steps[:1] == [("2026-10-26", "reminder")]
    gaps = [date.fromisoformat(day) for day, _ in steps]
    assert all((b - a).days >= 7 for a, b in zip(gaps, gaps[1:], strict=False))
    assert charged(books) == ["61.85"], "they were owed before, and no second time"


@pytest.mark.parametrize("days", [1, 9])
def test_another_pause_never_makes_the_time_shorter(days):
    books = books_with("412.30")
    money = received(books, "412.30", "F1", now=IN_TIME)
    manual = Block(BlockReason.PROMISE, AFTER_IT + timedelta(days=days))
    books.commit(Changes(update=(with_block(case_of(books), manual, AFTER_IT),)))
    taken_back(books, money, AFTER_IT)
    until = max(manual.until, AFTER_IT + GRACE)
    assert max(block.until for block in case_of(books).blocks) == until


def test_each_return_gives_the_whole_time_anew():
    books = books_with("400.00")
    money = received(books, "400.00", "F1", now=IN_TIME)
    for now in (AFTER_IT, AFTER_IT + timedelta(days=3)):
        taken_back(books, money, now, "200.00")
        assert [block.until for block in case_of(books).blocks] == [now + GRACE]


@pytest.mark.parametrize("back_at", [at("2026-09-15T12:00"), AFTER_IT])
def test_a_letter_answered_in_time_bears_no_costs_and_another_may(back_at):
    """Also when the bank took it back within the term: whoever paid was not told to pay again."""
    books = books_with("1000.00")
    played(books, START, 15)
    money = received(books, "1000.00", "F1", now=IN_TIME)
    first = case_of(books).letters[0].message
    taken_back(books, money, back_at)
    steps = played(books, back_at + timedelta(hours=22), 80)
    kinds = [kind for _, kind in steps]
    assert kinds[:3] == ["reminder", "fourteen_day_letter", "final_demand"]
    letter, demanded = case_of(books).letters[-1], {kind: day for day, kind in steps}
    assert letter.message != first and len(case_of(books).letters) == 1
    waited = date.fromisoformat(demanded["final_demand"]) - letter.sent_on
    assert waited >= timedelta(days=21) and charged(books) == ["150.00"]


def test_what_was_paid_in_time_of_a_letter_over_more_is_demanded_apart():
    books = books_with("1000.00", "500.00")
    played(books, START, 15)
    money = received(books, "1000.00", "F1", now=IN_TIME)
    played(books, at("2026-09-11T10:00"), 20)
    assert charged(books) == ["75.00"], "over the 500.00 that was not paid"
    taken_back(books, money, AFTER_IT)
    played(books, at("2026-10-21T10:00"), 60)
    old, new = case_of(books).letters
    assert (old.claims, new.claims, new.demand.total_costs) == (("F2",), ("F1",), eur("150.00"))
    assert sorted(charged(books)) == ["150.00", "75.00"]


def test_money_matched_late_was_paid_the_day_it_came():
    books = books_with("1000.00")
    played(books, START, 15)
    money = received(books, "1000.00", now=IN_TIME)
    late = SAFE + timedelta(days=1)
    wanted = NewAllocations((Wanted("F1", eur("400.00")),), "found")
    settle(books, lambda: handling.reallocate(books, ORG, money.id, wanted, BEA, late))
    sent(books, late + timedelta(hours=1))
    assert charged(books) == ["90.00"]


def test_no_interest_over_the_days_on_which_we_had_the_money():

    plan = StrategyDraft((Step(StepKind.FINAL_DEMAND, 36, interest=True),))
    books = books_with("1000.00", kind=DebtorKind.COMPANY, plan=plan)
    money = received(books, "1000.00", "F1", now=at("2026-08-25T12:00"))
    taken_back(books, money, AFTER_IT)
    played(books, at("2026-10-21T10:00"), 20)
    # 10.40 % over the 6 days from 20 October, and not over the 67 since the due date.
    assert charged(books, EntryKind.INTEREST) == ["1.71"]


def test_what_waited_for_a_person_does_not_wait_again():
    plan = replace(PLAN, steps=(PLAN.steps[0], Step(StepKind.FINAL_DEMAND, 10, approval=True)))
    books = books_with("412.30", plan=plan)
    played(books, START, 12)
    assert case_of(books).proposal and case_of(books).waiting == ("F1",)
    money = received(books, "412.30", "F1", now=LETTER_DAY)
    assert (case_of(books).proposal, case_of(books).waiting) == ("", ())
    taken_back(books, money, AFTER_IT)
    assert played(books, at("2026-10-21T10:00"), 9) == [("2026-10-26", "reminder")]


@pytest.mark.parametrize("language", Language)
def test_nobody_who_paid_is_told_that_we_saw_no_payment(language):

    books = books_with("412.30", "80.00")
    person = books.get(Debtor, ORG, "D1")
    books.commit(Changes(update=(replace(person, language=language),)))
    money = received(books, "412.30", "F1", now=IN_TIME)
    received(books, "80.00", "F2", id="tr_2", now=IN_TIME)
    taken_back(books, money, AFTER_IT)
    draft = claimed(books, AFTER_IT + GRACE + timedelta(days=1))
    text = written(draft, "https://betalen.example").text
    word = {"nl": "teruggeboekt", "en": "reversed", "de": "zurückgebucht", "fy": "weromboekt"}
    none_seen = {
        "nl": "geen betaling", "en": "not seen a payment", "de": "keine Zahlung",
        "fy": "gjin betelling",
    }  # fmt: skip
    assert word[language] in text and none_seen[language] not in text


def test_money_that_is_given_back_goes_where_it_was():
    books = books_with("400.00", "300.00")
    money = received(books, "400.00", "F1", now=IN_TIME)
    wanted = NewAllocations((Wanted("F2", eur("300.00")), Wanted("F1", eur("100.00"))), "said so")
    settle(books, lambda: handling.reallocate(books, ORG, money.id, wanted, BEA, IN_TIME))
    went = taken_back(books, money, AFTER_IT)
    current = books.get(MoneyIn, ORG, "D1", money.id)
    before = load(books, ORG, "D1", ("F1", "F2"), (current,))
    came = Movement(EntryKind.REVERSAL, money.amount, "mollie", f"chb_{AFTER_IT}", AFTER_IT)
    posted = come_back(Posted(before), current, came, AFTER_IT, went)
    rests = {a.invoice: a.amount for a in posted.position.money[money.id].allocations}
    assert rests == {"F2": eur("300.00"), "F1": eur("100.00")}
    assert len(books.all_of(Entry, ORG, "D1")) == 5 and IN_TIME.date() > DUE
