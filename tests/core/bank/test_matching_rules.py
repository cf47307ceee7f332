"""What is booked without a person, and what never is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kasstroom.bank.candidates import Payer, Pointed
from kasstroom.bank.model import LineKind
from kasstroom.payments.references import rf_reference
from tests.known_debtors import (
    DAY,
    IBAN,
    JANSEN,
    KENMERK,
    OTHER_IBAN,
    POLICY,
    REFERENCES,
    Known,
    item,
    known,
    line,
    matched,
)


def booked(*facts, books=None, **more):
    made = matched(line(*facts, **more), books).automatic
    return (made.debtor, made.invoices) if made else None


STRANGER = {"name": "P. Onbekend", "iban": OTHER_IBAN}


@pytest.mark.parametrize(
    ("text", "minor", "who", "code"),
    [
        (rf_reference("F20261001"), 10_000, STRANGER, "amount_exact"),
        (rf_reference("F20261001"), 4_000, STRANGER, "part_payment"),
        (rf_reference("F20261001"), 99_000, STRANGER, "paid_more"),
        (KENMERK, 25_000, STRANGER, "amount_exact"),
        (KENMERK, 12_000, {}, "part_payment"),
        ("F-2026-1001", 10_000, STRANGER, "amount_exact"),
        ("F-2026-1001", 9_910, {}, "small_difference"),
        ("F-2026-1001", 9_800, {}, "discount_taken"),
        ("F-2026-1002", 9_000, {}, "part_payment"),
        ("F-2026-1001 1003", 17_050, {}, "amount_exact"),
        ("F-2026-1001, F-2026-1002", 35_000, {}, "amount_exact"),
        ("F-2026-1001", 17_050, {}, "with_other_items"),
        ("2026-1002", 25_000, {}, "amount_exact"),
    ],
)
def test_proof_books_by_itself(text, minor, who, code):
    made = matched(line(text, minor, **who))
    assert made.automatic is not None, made.why
    assert made.automatic.debtor == "10" and code in made.automatic.why


@pytest.mark.parametrize(
    ("text", "minor", "who"),
    [
        ("", 10_000, {}),
        ("", 10_000, STRANGER),
        ("betaling", 42_050, {}),
        ("F-2026-1001", 4_000, STRANGER),
        ("F-2026-1001", 25_000, {}),
        ("F-2026-1001", 10_000, {"name": "Schilders Bakker"}),
        ("2026-1002", 25_000, STRANGER),
        (KENMERK, 12_000, STRANGER),
        ("F-2026-1001 F-2026-2001", 20_000, {}),
        ("F-2026-9999", 10_000, {}),
        ("klantnr 10", 10_000, STRANGER),
        (rf_reference("F20261001").replace("1001", "1002"), 10_000, {}),
    ],
)  # fmt: skip
def test_what_is_not_proven_waits_for_a_person(text, minor, who):
    made = matched(line(text, minor, **who))
    assert made.automatic is None and made.why


def test_an_amount_alone_or_a_name_alone_never_books():
    name_only = matched(line("", 10_000))
    assert name_only.proposals[0].debtor == "10" and "name_alike" in name_only.proposals[0].why
    nobody = matched(line("", 10_000, **STRANGER))
    assert nobody.proposals == () and nobody.why == ("nobody_found",)


def test_a_remembered_account_books_the_exact_amount_of_its_one_debtor():
    payers = {IBAN: (Payer("10", 1, DAY),)}
    assert booked("", 25_000, books=known(payers=payers)) == ("10", ("F-2026-1002",))
    assert booked("", 42_050, books=known(payers=payers))[0] == "10", "all that is open"
    assert booked("", 35_000, books=known(payers=payers)) is None, "a sum is only a proposal"
    assert booked("F-2026-7777", 25_000, books=known(payers=payers)) is None


def test_who_pays_for_several_is_never_booked_by_its_account():
    payers = {IBAN: (Payer("10", 9, DAY), Payer("20", 1, DAY))}
    made = matched(line("", 25_000), known(payers=payers))
    assert made.automatic is None and "iban_shared" in made.proposals[0].why
    assert booked("F-2026-1002", 25_000, books=known(payers=payers)) == ("10", ("F-2026-1002",))


def test_who_says_for_whom_is_not_taken_for_the_account_holder():
    payers = {IBAN: (Payer("10", 3, DAY),)}
    third = {"ultimate_name": "Schilders Bakker", "name": "Bouwbedrijf Jansen BV"}
    assert booked("", 25_000, books=known(payers=payers), **third) is not None
    third["name"] = "Administratiekantoor Zuid"
    assert booked("", 25_000, books=known(payers=payers), **third) is None


def test_a_credit_note_that_was_deducted_is_netted():
    made = matched(line("F-2026-2001", 8_500, name="Schilders Bakker"))
    assert made.automatic.invoices == ("F-2026-2001", "CN-0001")
    assert "credit_notes_netted" in made.automatic.why


def test_invoices_of_several_debtors_are_proposed_with_their_parts():
    made = matched(line("F-2026-1002 F-2026-2001", 35_000))
    assert made.automatic is None
    parts = {proposal.debtor: proposal.amount.minor for proposal in made.proposals}
    assert parts == {"10": 25_000, "20": 10_000}


def test_another_currency_is_never_the_same_amount():
    dollars = replace(JANSEN, items=(item("F-2026-1001", 10_000, "USD"),))
    made = matched(line("F-2026-1001", 10_000), Known(dollars))
    assert made.automatic is None and "other_currency" in made.proposals[0].why


def test_an_invoice_paid_before_is_proposed_not_booked():
    settled = replace(JANSEN, items=())
    books = Known(settled, references={rf_reference("F20261001"): Pointed("10", "F-2026-1001")})
    made = matched(line(rf_reference("F20261001"), 10_000), books)
    assert made.automatic is None and "settled_already" in made.proposals[0].why


def test_one_reference_for_all_invoices_of_a_debtor_goes_by_the_exact_amount():
    books = Known(JANSEN, references={KENMERK: Pointed("10", "F-2026-0001")})
    assert booked(KENMERK, 7_050, books=books) == ("10", ("F-2026-1003",))
    assert booked(KENMERK, 7_051, books=books) is None


def test_two_parts_on_two_accounts_of_ours_add_up():
    """A G-account split (Wka): the first is a part, the second the rest."""
    text = rf_reference("F20261001")
    policy = replace(POLICY, g_accounts=frozenset({"NL"}))
    made = matched(line(text, 6_000), policy=policy)
    assert made.automatic.invoices == ("F-2026-1001",) and "g_account" in made.automatic.why
    rest = replace(JANSEN, items=(item("F-2026-1001", 4_000),))
    books = Known(rest, references=REFERENCES)
    assert booked(text, 4_000, books=books) == ("10", ("F-2026-1001",))


ALIKE = {"name": "Bouwbedrijf Jansen Zuid"}
ON_G = replace(POLICY, g_accounts=frozenset({"NL"}))


def test_money_on_a_g_account_says_so_whatever_it_pays():
    made = matched(line("F-2026-1001", 10_000), policy=ON_G)
    assert made.automatic.why[-1] == "g_account"
    assert "g_account" not in matched(line("F-2026-1001", 10_000)).automatic.why
    elsewhere = replace(POLICY, g_accounts=frozenset({"NL2"}))
    made = matched(line("F-2026-1001", 6_000), policy=elsewhere)
    assert "part_payment" in made.automatic.why and "g_account" not in made.automatic.why


def test_a_part_on_the_g_account_needs_a_name_that_is_alike():
    assert matched(line("F-2026-1001", 6_000, **ALIKE)).automatic is None
    assert matched(line("F-2026-1001", 6_000, **ALIKE), policy=ON_G).automatic
    assert matched(line("F-2026-1001", 6_000, **STRANGER), policy=ON_G).automatic is None


def test_too_much_and_another_s_number_on_a_g_account_prove_no_more_than_elsewhere():
    for text, minor in (("F-2026-1001", 25_000), ("F-2026-1001", 99_000), ("2026-1002", 9_000)):
        plain, blocked = (
            matched(line(text, minor, **ALIKE), policy=policy).automatic
            for policy in (POLICY, ON_G)
        )
        assert (plain is None) == (blocked is None)
    other = matched(line("F-2026-1001", 6_000, name="Schilders Bakker"), policy=ON_G)
    assert other.automatic is None


@pytest.mark.parametrize("kind", sorted(set(LineKind) - {LineKind.RECEIPT}))
def test_other_lines_are_not_matched_with_invoices(kind):
    made = matched(line("F-2026-1001", 10_000, kind=kind))
    assert made.automatic is None and made.why == (f"is_{kind}",)
