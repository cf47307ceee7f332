"""Mandates: what is written down, what time does to them, and the names they are known by."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kasstroom.debtors.model import DebtorKind
from kasstroom.errors import Conflict, Duplicate, NotFound, Refused
from kasstroom.mandates.calendar import lapses_on, settles, settling_day
from kasstroom.mandates.collection import Collecting
from kasstroom.mandates.identifiers import (
    SEPA_IBANS,
    bare,
    is_creditor_id,
    is_mandate_reference,
    is_sepa_iban,
)
from kasstroom.mandates.model import MandateState, Scheme
from kasstroom.mandates.reasons import REASONS, NextStep, reason_of
from kasstroom.mandates.registering import Revocation, mandate_of, revoke, usable
from kasstroom.settle import settle
from tests.collecting import ANNA, CREDITOR_ID, mandate
from tests.memory_books import MemoryBooks
from tests.people import NOW, ORG, debtor, organisation


@pytest.fixture
def books():
    made = MemoryBooks()
    organisation(made)
    debtor(made)
    debtor(made, "D2", kind=DebtorKind.CONSUMER)
    return made


@pytest.mark.parametrize(
    "iban", ["NL91 ABNA 0417 1643 00", "DE89370400440532013000", "be68539007547034",
             "NO9386011117947", "MT84MALT011000012345MTLCAST001S"],
)  # fmt: skip
def test_an_account_in_sepa_is_known(iban):
    assert is_sepa_iban(bare(iban))


@pytest.mark.parametrize(
    "iban",
    ["", "NL91ABNA0417164301", "NL91ABNA041716430", "AE070331234567890123456", "NL91-ABNA",
     "TR330006100519786457841326"],
)  # fmt: skip
def test_others_cannot_be_debited(iban):
    assert not is_sepa_iban(bare(iban))


def test_every_sepa_country_has_a_length_an_iban_can_have():
    assert all(15 <= length <= 34 for length in SEPA_IBANS.values())


@pytest.mark.parametrize(
    "id", [CREDITOR_ID, "DE98ZZZ09999999999", "AT61ZZZ01234567890", "DE98ABC09999999999"]
)
def test_a_creditor_id_has_right_check_digits_whatever_the_business_code(id):
    """DE98... and AT61... are the central banks' published examples."""
    assert is_creditor_id(id)


@pytest.mark.parametrize(
    "id", ["", "NL57ZZZ123456780000", "NL69ZZZ12345678000", "DE98ZZZ09999999998", "12345678"]
)
def test_a_mistyped_creditor_id_is_not_taken(id):
    assert not is_creditor_id(id)


@pytest.mark.parametrize(
    ("reference", "good"),
    [("M-5407", True), ("2024/0012", True), ("a" * 35, True), ("", False), ("a" * 36, False),
     ("M 5407", False), ("M_5407", False), ("/M", False), ("M/", False), ("M//1", False),
     ("é", False), ("M#1", False)],
)  # fmt: skip
def test_a_mandate_reference_is_in_characters_every_bank_reads(reference, good):
    assert is_mandate_reference(reference) is good


def test_a_mandate_is_found_by_its_id_and_its_reference_is_taken(books):
    made = mandate(books, reference="2024/0012", iban="nl53 knab 0730 6996 60")
    assert (made.iban, made.holder) == ("NL53KNAB0730699660", "Klant D1")
    assert mandate_of(books, ORG, made.id).reference == "2024/0012"
    with pytest.raises(Duplicate) as found:
        mandate(books, "D2", reference="2024/0012")
    assert found.value.code == "mandate_exists"
    assert books.get(Collecting, ORG, "D1").claims == ()
    with pytest.raises(NotFound):
        mandate_of(books, ORG, "mnd_nothing")


def test_we_choose_a_reference_when_there_is_none_yet(books):
    one, other = mandate(books), mandate(books)
    assert is_mandate_reference(one.reference) and one.reference != other.reference


@pytest.mark.parametrize(
    ("facts", "code"),
    [({"iban": "NL91ABNA0417164301"}, "invalid_iban"),
     ({"reference": "M 1"}, "invalid_reference"),
     ({"signed_on": date(2026, 9, 2)}, "invalid_day"),
     ({"signed_on": date(1985, 1, 1)}, "invalid_day"),
     ({"holder": "A\u202eB"}, "forbidden_character")],
)  # fmt: skip
def test_what_cannot_be_collected_with_is_refused(books, facts, code):
    with pytest.raises(Refused) as found:
        mandate(books, **facts)
    assert found.value.code == code


def test_a_consumer_signs_core_only(books):
    with pytest.raises(Refused) as found:
        mandate(books, "D2", scheme=Scheme.B2B)
    assert found.value.code == "consumer_b2b"
    assert mandate(books, "D1", scheme=Scheme.B2B).scheme is Scheme.B2B
    with pytest.raises(NotFound):
        mandate(books, "nobody")


def test_a_mandate_lapses_after_36_months_without_a_collection(books):
    made = mandate(books, signed_on=date(2024, 2, 29))
    assert made.state_on(date(2027, 2, 28)) is MandateState.ACTIVE
    assert made.state_on(date(2027, 3, 1)) is MandateState.EXPIRED
    used = replace(made, collections=3, last_collected_on=date(2026, 9, 15))
    assert used.state_on(date(2029, 9, 15)) is MandateState.ACTIVE
    assert used.state_on(date(2029, 9, 16)) is MandateState.EXPIRED
    assert lapses_on(date(2026, 9, 15)) == date(2029, 9, 16)


def test_a_mandate_for_one_collection_is_used_up_by_it(books):
    made = mandate(books, recurrent=False)
    assert made.state_on(date(2026, 9, 15)) is MandateState.ACTIVE
    assert replace(made, collections=1).state_on(date(2026, 9, 15)) is MandateState.EXPIRED


def test_a_revoked_mandate_stays_revoked_and_the_one_signed_last_is_used(books):
    old = mandate(books, signed_on=date(2026, 1, 1))
    new = mandate(books, signed_on=date(2026, 8, 1))
    other = mandate(books, signed_on=date(2026, 8, 20), scheme=Scheme.B2B)
    day = date(2026, 9, 15)
    assert usable(books, ORG, "D1", Scheme.CORE, day).id == new.id
    assert usable(books, ORG, "D1", Scheme.B2B, day).id == other.id
    gone = settle(books, lambda: revoke(books, ORG, new.id, Revocation("asked"), ANNA, NOW))
    assert (gone.state, gone.reason) == (MandateState.REVOKED, "asked")
    assert usable(books, ORG, "D1", Scheme.CORE, day).id == old.id
    with pytest.raises(Conflict):
        revoke(books, ORG, new.id, Revocation("again"), ANNA, NOW)


@pytest.mark.parametrize(
    ("day", "open_"),
    [(date(2026, 9, 15), True), (date(2026, 9, 19), False), (date(2026, 4, 3), False),
     (date(2026, 4, 6), False), (date(2026, 5, 1), False), (date(2026, 12, 25), False),
     (date(2026, 4, 27), True), (date(2026, 5, 25), True)],
)  # fmt: skip
def test_banks_settle_on_target_days(day, open_):
    """Good Friday and Easter Monday 2026 are 3 and 6 April; King's day and Whit Monday are open."""
    assert settles(day) is open_
    assert settles(settling_day(day)) and settling_day(day) - day < timedelta(days=5)


@pytest.mark.parametrize(
    ("code", "suspends", "next_step"),
    [("AC01", True, NextStep.NEW_MANDATE), ("AC04", True, NextStep.NEW_MANDATE),
     ("MD01", True, NextStep.NEW_MANDATE), ("MD07", True, NextStep.CONTACT),
     ("AM04", False, NextStep.TRY_AGAIN), ("MD06", False, NextStep.CONTACT),
     ("MS03", False, NextStep.CONTACT), ("XX99", False, NextStep.CONTACT)],
)  # fmt: skip
def test_a_reason_says_what_to_do(code, suspends, next_step):
    reason = reason_of(code)
    assert (reason.suspends, reason.next) == (suspends, next_step)
    assert reason.nl and reason.en


def test_reasons_are_told_in_plain_words():
    for code, reason in REASONS.items():
        assert code == reason.code and len(code) == 4
        assert not (reason.nl + reason.en).count("!")
