"""What has to be true of a statement, what its lines are, and which account it may be of."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kasstroom.access.model import Actor
from kasstroom.bank.accounts import NameAccount, account_key, accounts, is_iban, own_iban, put
from kasstroom.bank.chain import directly_follows
from kasstroom.bank.identity import bank_reference, told_of
from kasstroom.bank.kinds import kind_of
from kasstroom.bank.model import LineKind, LineState
from kasstroom.bank.providers import payout_of
from kasstroom.bank.quarantine import Quarantined
from kasstroom.bank.statements import check_file
from kasstroom.errors import Refused
from kasstroom.money import Money
from tests.bank_files import IBAN, Line, Paper, Part, read, receipt, source
from tests.memory_books import MemoryBooks
from tests.people import ORG, organisation

GOOD = Paper((receipt(1_000, "R1"), receipt(2_000, "R2")))


def refusal(statements):
    with pytest.raises(Quarantined) as caught:
        check_file(statements)
    return caught.value


def test_a_good_file_passes():
    check_file(read(GOOD, GOOD.next(receipt(5, "R3"))))


def test_lines_that_do_not_make_the_closing_balance():
    error = refusal(read(Paper(GOOD.lines, closing=103_001)))
    assert (error.code, error.position) == ("balance_broken", "line 7")
    assert "EUR 1030.00" in error.detail and "EUR 1030.01" in error.detail


@pytest.mark.parametrize("apart", [-1, 1])
def test_a_statement_that_does_not_open_where_the_one_before_closed(apart):
    second = replace(GOOD.next(receipt(5, "R3")), opening=GOOD.ends + apart)
    assert refusal(read(GOOD, second)).code == "balance_chain_broken"
    assert refusal(read(second, GOOD)).code == "balance_chain_broken"


def test_a_missing_number_in_a_file_is_a_gap_not_a_contradiction():
    third = replace(GOOD.next(receipt(5, "R3")), number=9, opening=4)
    check_file(read(GOOD, third))


def test_the_same_line_twice_under_one_reference_names_both_places():
    error = refusal(read(Paper((receipt(1_000, "R1"), receipt(500, "R2"), receipt(1_000, "R1")))))
    assert error.code == "duplicate_line"
    assert error.position == "line 48" and "line 14" in error.detail
    check_file(read(Paper((receipt(1_000), receipt(1_000)))))


def test_the_same_statement_twice_in_a_file():
    error = refusal(read(GOOD, GOOD))
    assert error.code == "statement_repeated" and "line 7" in error.detail


def test_a_batch_that_does_not_add_up():
    (statement,) = read(Paper((Line((Part(1_000), Part(2_000)), "B"),)))
    entry = replace(statement.entries[0], amount=Money(3_001))
    error = refusal([replace(statement, entries=(entry,))])
    assert (error.code, error.position) == ("details_do_not_add_up", "line 14")


def test_an_amount_in_another_currency():
    (statement,) = read(GOOD)
    assert refusal([replace(statement, closing=Money(103_000, "SEK"))]).code == "currency_mismatch"
    entry = replace(statement.entries[0], amount=Money(1_000, "USD"))
    assert refusal([replace(statement, entries=(entry,))]).code == "currency_mismatch"
    zero = replace(statement, opening=Money.zero("USD"), closing=None)
    assert refusal([zero]).code == "currency_mismatch"


def test_a_file_without_statements():
    assert refusal([]).code == "no_statement"


@given(st.lists(st.integers(-(10**10), 10**10).filter(bool), max_size=12), st.integers(-1, 1))
@settings(max_examples=60, deadline=None)
def test_a_statement_passes_exactly_when_its_balance_closes(amounts, off):
    (statement,) = read(GOOD)
    entry = statement.entries[0]
    entries = tuple(
        replace(entry, amount=Money(minor), transactions=(), bank_reference=f"R{n}REFERENCE")
        for n, minor in enumerate(amounts)
    )
    closing = Money(100_000 + sum(amounts) + off)
    changed = replace(statement, entries=entries, closing=closing)
    if off:
        assert refusal([changed]).code == "balance_broken"
    else:
        check_file([changed])


@pytest.mark.parametrize(
    ("code", "text", "name", "minor", "returned", "reversal", "kind"),
    [
        ("PMNT/RCDT/ESCT", "F-1", "Jansen", 100, "", False, LineKind.RECEIPT),
        ("PMNT/RCDT/ESCT", "F-1", "Jansen", 100, "AC04", False, LineKind.RETURN),
        ("PMNT/IDDT/UPDD", "F-1", "Jansen", -100, "", False, LineKind.RETURN),
        ("PMNT/IDDT/UPDD", "F-1", "Jansen", -100, "MS03", True, LineKind.RETURN),
        ("NRTI", "F-1", "Jansen", -100, "", False, LineKind.RETURN),
        ("PMNT/RCDT/ESCT", "F-1", "Jansen", -100, "", True, LineKind.REVERSAL),
        ("PMNT/MDOP/CHRG", "Kosten", "", -795, "", False, LineKind.COSTS),
        ("ACMT/MCOP/INTR", "Creditrente", "", 795, "", False, LineKind.COSTS),
        ("NCHG", "Kosten", "", -795, "", False, LineKind.COSTS),
        ("PMNT/ICDT/ESCT", "F-1", "Leverancier", -100, "", False, LineKind.PAYMENT),
        ("NTRF", "1234567.2608.03", "Stichting Mollie Payments", 9, "", False, LineKind.PAYOUT),
        ("NTRF", "TX12345678XT batch 12", "Adyen N.V.", 9, "", False, LineKind.PAYOUT),
        ("NTRF", "factuur 2026-12", "Mollie B.V.", 9, "", False, LineKind.RECEIPT),
        ("NTRF", "1234567.2608.03", "Jansen", 9, "", False, LineKind.RECEIPT),
    ],
)
def test_what_a_line_is(code, text, name, minor, returned, reversal, kind):
    (statement,) = read(GOOD)
    entry = replace(statement.entries[0], code=code, reversal=reversal)
    transaction = replace(
        entry.transactions[0], amount=Money(minor), text=text, return_reason=returned,
        counterparty_name=name, counterparty_iban="NL53KNAB0730699660" if name else "",
    )  # fmt: skip
    assert kind_of(entry, transaction) is kind


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("Stg Mollie Payments", "uitbetaling 1234567.2608.03", ("mollie", "1234567.2608.03")),
        ("Stripe Payments Europe", "Uitbetaling STRIPE A1B2C3D4", ("stripe", "STRIPE A1B2C3D4")),
        ("Stripe Payments Europe", "Payout", ("stripe", "Payout")),
        ("Adyen N.V.", "batch TX8834XT", ("adyen", "TX8834XT")),
        ("Mollie B.V.", "uitbetaling", None),
        ("Jansen", "uitbetaling STRIPE A1B2C3D4", None),
    ],
)
def test_a_payout_names_its_provider_and_its_reference(name, text, expected):
    found = payout_of(name, text)
    assert (found and (found.provider, found.settlement)) == expected


def test_costs_and_our_own_payments_wait_for_nobody():
    paper = Paper((Line((), "C", -795, code="MDOP/CHRG"), Line((Part(-5),), "P"), receipt(9, "R")))
    (statement,) = read(paper)
    states = [told.line.state for told in told_of(statement, IBAN, source())]
    assert states == [LineState.SET_ASIDE, LineState.SET_ASIDE, LineState.OPEN]


def test_a_line_is_known_by_its_reference_whatever_else_is_read_of_it():
    (statement,) = read(GOOD)
    first = statement.entries[0]
    better = replace(first, transactions=(replace(first.transactions[0], text="beter gelezen"),))
    changed = replace(statement, entries=(better, statement.entries[1]))
    ids = [[t.line.id for t in told_of(s, IBAN, source())] for s in (statement, changed)]
    assert ids[0] == ids[1]
    assert all(id.startswith("2026-08-31_") and len(id) <= 64 for id in ids[0])


@pytest.mark.parametrize(("reference", "known"), [("3", ""), ("20260125-137113",) * 2])
def test_a_reference_that_only_counts_is_none(reference, known):
    (statement,) = read(Paper((receipt(5),)))
    entry = replace(statement.entries[0], reference=reference)
    assert bank_reference(statement, entry) == known


@pytest.mark.parametrize(
    ("first", "second", "days", "follows"),
    [
        ("7", "8", 1, True), ("7", "9", 1, False), ("7", "8", 365, False), ("0", "1", 1, False),
        ("7/1", "7/2", 0, True), ("7/3", "8/1", 1, True), ("7/3", "8/3", 1, False),
        ("", "", 1, False), ("8", "7", 1, False),
    ],
)  # fmt: skip
def test_which_statement_follows_which(first, second, days, follows):
    (statement,) = read(GOOD)
    before = replace(statement, number=first)
    after = replace(statement, number=second, to_on=statement.to_on + timedelta(days=days))
    assert directly_follows(before, after) is follows


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("nl91 abna 0417 1643 00", IBAN), (f"{IBAN}EUR", IBAN), ("517852257", "517852257"),
        ("25040066/0123456789", "250400660123456789"), (f"{IBAN} EUR", IBAN),
    ],
)  # fmt: skip
def test_an_account_has_one_spelling(written, key):
    assert account_key(written) == key


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (IBAN, IBAN), ("0417164300", IBAN), ("417164300", IBAN), ("417164301", None), ("", None),
        ("250400660123456789", "DE02250400660123456789"),
    ],
)  # fmt: skip
def test_older_formats_name_an_account_by_its_local_number(text, found):
    assert own_iban([IBAN, "DE02250400660123456789"], text) == found


def test_a_person_adds_an_account_and_a_typing_error_is_refused():
    books, anna = MemoryBooks(), Actor("anna", ("credit_manager",))
    organisation(books)
    changes, made = put(books, ORG, "nl02 abna 0123 4567 89", NameAccount("Zakelijk"), anna)
    books.commit(changes)
    assert is_iban(made.iban) and made.name == "Zakelijk"
    assert {a.iban for a in accounts(books, ORG)} == {IBAN, made.iban}
    changes, named = put(books, ORG, made.iban, NameAccount("Spaar"), anna)
    books.commit(changes)
    assert named.name == "Spaar"
    for wrong in ("NL02ABNA0123456788", "x", "NL"):
        with pytest.raises(Refused, match="check its digits"):
            put(books, ORG, wrong, NameAccount(), anna)
    with pytest.raises(Refused, match="credit_manager"):
        put(books, ORG, made.iban, NameAccount(), Actor("webshop"))
