"""What reminders, calls, bank lines, decisions and accounts contribute."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kasstroom.bank.model import BankLine, LineKind, LineState
from kasstroom.credit.decision import Decision, Outcome
from kasstroom.credit.model import CoverTerms, CreditAccount, CreditLimit, LimitSource, Profile
from kasstroom.debtors.model import Channel
from kasstroom.messages.calls import CallOutcome, CallTask, CallTry
from kasstroom.messages.model import Message, MessageState
from kasstroom.money import Money
from kasstroom.organisations.model import Language
from kasstroom.payments.model import UnmatchedMoney, WorkState
from kasstroom.reports.contributing.messages import kept_by
from kasstroom.reports.contributions import contributions
from kasstroom.reports.measures import Cell, Measure
from kasstroom.reports.sources import KnownFromBooks
from tests.contributed import DUE, NOW, TODAY, invoice, of
from tests.memory_books import MemoryBooks
from tests.people import ORG

M = Measure


def decision(order, at, policy, id="dec_1"):
    zero = Money(0)
    return Decision(
        ORG, "D1", id, id, "", order, Money(5_000), Outcome.APPROVED_PARTIAL, (), (), policy, None,
        zero, zero, zero, zero, at, approved=Money(3_000),
    )  # fmt: skip


def test_a_decision():
    found = of(decision("O1", NOW, "default.2"))
    where = (TODAY, "default.2", "approved_partial")
    assert found == {
        (M.DECISIONS, *where): 1, (M.ASKED, *where): 5_000, (M.GRANTED, *where): 3_000
    }  # fmt: skip


def message(template="reminder", state=MessageState.SENT, numbers=("F1",), **more):
    return Message(
        ORG, "D1", "msg_1", template, Channel.EMAIL, Language.NL, "", numbers, Money(1), state,
        NOW, NOW, **({"sent_at": NOW} | more),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("days", "result"), [(-3, "paid"), (0, "paid"), (14, "paid"), (15, "not"), (None, "not")]
)
def test_a_reminder_worked_when_all_it_asked_was_paid_in_fourteen_days(days, result):
    on = None if days is None else TODAY + timedelta(days=days)
    credit = invoice("C1", -500)
    found = of(message(numbers=("F1", "C1")), invoice(settled_on=on), credit)
    assert found[M.MESSAGES, TODAY, "reminder", "email", "sent"] == 1
    assert found[M.REMINDED, TODAY, "reminder", "email", result] == 1


def test_one_of_two_paid_is_not_paid():
    both = (invoice(settled_on=TODAY), invoice("F2"))
    found = of(message(numbers=("F1", "F2")), *both)
    assert (M.REMINDED, TODAY, "reminder", "email", "not") in found


@pytest.mark.parametrize(
    "said",
    [
        message("thank_you"),
        message("collection_notice"),
        message(state=MessageState.BOUNCED),
        message(state=MessageState.CLAIMED, sent_at=None),
    ],
)
def test_what_asks_for_nothing_or_did_not_go_out_is_no_reminder(said):
    found = of(said, invoice(settled_on=TODAY))
    assert [key[0] for key in found] == [M.MESSAGES]


def test_a_letter_counts_from_the_post():
    posted = message(posted_on=date(2026, 9, 3))
    assert (M.REMINDED, date(2026, 9, 3), "reminder", "email", "not") in of(posted, invoice())


def call(*outcomes, on=None):
    tries = tuple(CallTry(outcome, NOW, "anna") for outcome in outcomes)
    return CallTask(
        ORG, "D1", "call_1", "msg_1", 1, "", "", Language.NL, "", Money(700), ("F1",), NOW, NOW,
        tries=tries, follow_up_on=on,
    )  # fmt: skip


def test_a_promise_is_kept_within_two_working_days():
    friday = date(2026, 9, 4)
    assert kept_by(friday) == date(2026, 9, 8)
    assert kept_by(date(2026, 12, 24)) == date(2026, 12, 29)  # Christmas and a weekend between
    promised = call(CallOutcome.NO_ANSWER, CallOutcome.REACHED_PROMISE, on=friday)
    kept = of(promised, invoice(settled_on=date(2026, 9, 8)))
    assert kept == {
        (M.CALLS, TODAY, "no_answer"): 1,
        (M.CALLS, TODAY, "reached_promise"): 1,
        (M.PROMISES, friday, "kept"): 1,
        (M.PROMISED, friday, "kept"): 700,
    }
    assert (M.PROMISES, friday, "not") in of(promised, invoice(settled_on=date(2026, 9, 9)))
    assert (M.PROMISED, friday, "not") in of(promised)
    assert (M.PROMISES, friday, "not") not in of(call(CallOutcome.NO_ANSWER, on=friday))


def line(state, note="", kind=LineKind.RECEIPT):
    return BankLine(
        ORG, "lin_1", "NL", "s", "1", kind, Money(900), TODAY, TODAY, NOW, state=state, note=note
    )


@pytest.mark.parametrize(
    ("one", "how", "waiting"),
    [
        (line(LineState.OPEN), "waiting", 900),
        (line(LineState.PROPOSED), "waiting", 900),
        (line(LineState.OPEN, kind=LineKind.RETURN), "waiting", None),
        (line(LineState.MATCHED, "automatic"), "automatic", None),
        (line(LineState.MATCHED, "by anna"), "person", None),
        (line(LineState.CLEARED, "settlement s"), "automatic", None),
        (line(LineState.SET_ASIDE, "anna: tax"), "set_aside", None),
    ],
)
def test_a_bank_line_by_what_became_of_it(one, how, waiting):
    found = of(one)
    assert found[M.BANK_LINES, TODAY, one.kind, how] == 1
    assert found.get((M.UNMATCHED, None, "bank")) == waiting


def test_money_of_a_debtor_without_an_invoice_while_it_is_open():
    left = UnmatchedMoney(ORG, "D1", "unm_1", Money(80), "ent_1", "overpaid", NOW, "x", TODAY)
    assert of(left) == {(M.UNMATCHED, None, "debtor"): 80}
    assert of(replace(left, state=WorkState.RESOLVED)) == {}


def test_an_account_with_its_cover():
    account = CreditAccount(
        ORG, "D1", open_by_due={DUE: 100_001}, other_open={"USD": 500, "GBP": -5},
        limits=(
            CreditLimit(LimitSource.OWN, Money(80_000), "anna", NOW),
            CreditLimit(LimitSource.TEMPORARY, Money(90_000), "anna", NOW, valid_to=DUE),
            CreditLimit(LimitSource.BUREAU, Money(1), "bureau", NOW, valid_to=date.max),
        ),
        cover=CoverTerms("cov_1", Money(50_000), 90, 60), profile=Profile(rating="C"),
    )  # fmt: skip
    known = KnownFromBooks(MemoryBooks())
    found = contributions(account, known)
    assert found == {
        Cell(M.LIMIT, "EUR", None, ("own", "")): 80_000,
        Cell(M.LIMIT, "EUR", None, ("temporary", "2026-09-30")): 90_000,
        Cell(M.LIMIT, "EUR", None, ("bureau", "")): 1,
        Cell(M.EXPOSURE, "EUR", None, ("covered",)): 45_000,
        Cell(M.EXPOSURE, "EUR", None, ("uncovered",)): 55_001,
        Cell(M.EXPOSURE, "EUR", None, ("above_limit",)): 10_001,
        Cell(M.EXPOSURE, "USD", None, ("uncovered",)): 500,
        Cell(M.AT_RISK, "EUR", None, ("C",)): 55_001,
        Cell(M.AT_RISK, "USD", None, ("C",)): 500,
        # 3 % x 60 % x 550.01 = 9.90018
        Cell(M.EXPECTED_LOSS, "EUR"): 990,
    }
    failed = replace(account, cover=None, limits=(), profile=Profile(insolvent=True))
    cells = contributions(failed, known)
    assert cells[Cell(M.AT_RISK, "EUR", None, ("insolvent",))] == 100_001
    assert cells[Cell(M.EXPECTED_LOSS, "EUR")] == 60_001
    assert contributions(CreditAccount(ORG, "D2", open_by_due={DUE: -5}), known) == {}
