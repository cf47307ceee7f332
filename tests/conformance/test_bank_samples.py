"""Public and synthetic statements: read exactly as their answer sheets say, or quarantined with a
reason; none is half booked and none crashes."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from kasstroom.bank.accounts import account_key
from kasstroom.bank.importing import import_file
from kasstroom.bank.kinds import kind_of
from kasstroom.bank.model import (
    BankAccount,
    BankLine,
    EntryStatus,
    LineKind,
    ParsedTransaction,
    ReferenceKind,
    StatementFormat,
)
from kasstroom.bank.quarantine import Quarantined
from kasstroom.bank.statements import check_file
from kasstroom.changes import Changes
from kasstroom.errors import Refused
from kasstroom.payments.references import compact, is_betalingskenmerk, is_rf
from kasstroom_documents.bank_reader import read_bank
from kasstroom_documents.limits import Limits
from kasstroom_documents.reader import read
from tests.bank_files import Jobs, source
from tests.memory_books import MemoryBooks
from tests.people import ORG, organisation
from tests.shared import SHARED, shared

SYNTHETIC = ("nl-camt053-v08-mixed", "nl-camt053-v08-mixed-b")
CAMT = sorted(str(p.relative_to(SHARED)) for p in SHARED.glob("data/camt/*/*.xml"))
MT940 = sorted(
    str(p.relative_to(SHARED)) for p in SHARED.glob("data/mt940/*/*") if "LICENSE" not in p.name
)
KINDS = {
    "sct": LineKind.RECEIPT, "batch": LineKind.RECEIPT, "sdd": LineKind.RETURN,
    "bank": LineKind.COSTS,
}  # fmt: skip
CHECKS = {ReferenceKind.RF: is_rf, ReferenceKind.BETALINGSKENMERK: is_betalingskenmerk}

# What the files that are read tell, by hand: statements and lines booked. The rest is quarantined.
READ = {
    "camt/genkgo/camt052.v8.xml": (1, 0), "camt/genkgo/camt53.only-Dt-with-DtTm.xml": (1, 0),
    "camt/genkgo/camt054.v8-with-financial-institution.xml": (1, 0),
    "camt/newinnovations/example-camt053-a.xml": (2, 11),
    "camt/newinnovations/test-camt053.xml": (1, 2),
    "camt/synthetic-nl/nl-camt053-v08-mixed.xml": (1, 14),
    "camt/synthetic-nl/nl-camt053-v08-mixed-b.xml": (1, 14),
    "mt940/jejik/generic.txt": (2, 2), "mt940/jejik/lbbw.txt": (1, 2),
    "mt940/jejik/rabobank-iban.txt": (2, 4), "mt940/jejik/sns.txt": (2, 2),
    "mt940/jejik/sparkasse_interim_balance.txt": (3, 2),
    "mt940/wolph/betterplace__sepa_mt9401.sta": (26, 97),
    "mt940/wolph/betterplace__with_binary_character.sta": (2, 4),
    "mt940/wolph/mBank__mt940.sta": (1, 3),
    "mt940/wolph/self-provided__february_30.sta": (1, 1),
    "mt940/wolph/self-provided__long_statement_number.sta": (1, 0),
    "mt940/wolph/self-provided__mt942.sta": (1, 1),
}  # fmt: skip


def parsed(path: Path):
    return read_bank(path.name, path.read_bytes(), Limits())


@pytest.mark.parametrize("name", SYNTHETIC)
def test_the_synthetic_statements_are_read_exactly_as_expected(name):
    folder = shared("data/camt/synthetic-nl")
    expected = json.loads((folder / f"{name}.expected.json").read_text())
    (statement,) = parsed(folder / f"{name}.xml").statements
    check_file([statement])
    assert statement.account == expected["account"]
    assert statement.opening.decimal == Decimal(expected["opening"])
    assert statement.closing.decimal == Decimal(expected["closing"])
    assert len(statement.entries) == len(expected["entries"]) == 13
    for entry, told in zip(statement.entries, expected["entries"], strict=True):
        _check_entry(entry, told)


def _check_entry(entry, told):
    assert entry.reference == told["entry_ref"]
    assert entry.amount.decimal == Decimal(told["amount"])
    assert entry.status == EntryStatus(told["status"])
    assert len(entry.transactions) == len(told["transactions"])
    for transaction, facts in zip(entry.transactions, told["transactions"], strict=True):
        _check_transaction(transaction, facts)
    if entry.status is EntryStatus.BOOKED:
        kind = KINDS[told["kind"].split("_")[0]]
        parts = entry.transactions or (ParsedTransaction(entry.amount),)
        assert {kind_of(entry, part) for part in parts} == {kind}


def _check_transaction(transaction, facts):
    known = {
        "amount": lambda: transaction.amount.decimal == Decimal(facts["amount"]),
        "reference": lambda: transaction.reference == facts["reference"],
        "ref_type": lambda: transaction.reference_kind == ReferenceKind(facts["ref_type"]),
        "ref_valid": lambda: (
            CHECKS[transaction.reference_kind](transaction.reference) is facts["ref_valid"]
        ),
        "counterparty_iban": lambda: transaction.counterparty_iban == facts["counterparty_iban"],
        "counterparty_name": lambda: transaction.counterparty_name == facts["counterparty_name"],
        "ultimate_debtor": lambda: transaction.ultimate_name == facts["ultimate_debtor"],
        "end_to_end_id": lambda: transaction.end_to_end_id == facts["end_to_end_id"],
        "mandate_id": lambda: transaction.mandate_id == facts["mandate_id"],
        "return_reason": lambda: transaction.return_reason == facts["return_reason"],
        "invoice_numbers": lambda: all(
            compact(number) in compact(transaction.text) for number in facts["invoice_numbers"]
        ),
    }
    wrong = [fact for fact in facts if not known[fact]()]
    assert not wrong, (wrong, transaction)
    if "reference" not in facts:
        assert transaction.reference == ""


@pytest.mark.parametrize("path", [*CAMT, *MT940])
def test_every_public_file_is_booked_whole_or_quarantined_with_a_reason(path):
    found = shared(path)
    books = MemoryBooks()
    organisation(books)
    try:
        file = parsed(found)
        accounts = {account_key(s.account) for s in file.statements}
        books.commit(Changes(create=tuple(BankAccount(ORG, iban) for iban in accounts)))
        import_file(books, Jobs(), file, source())
    except Quarantined as error:
        assert error.code and len(error.detail) > 20
        assert "line " in error.detail.lower() or error.code == "no_statement"
        assert not list(books.every(BankLine)) and not books.events
        assert path.removeprefix("data/") not in READ, error.detail
        return
    statements, lines = len(file.statements), len(list(books.every(BankLine)))
    assert (statements, lines) == READ[path.removeprefix("data/")]
    assert len(books.events) == statements
    for statement in file.statements:
        if statement.opening and statement.closing and statement.format in ("camt.053", "mt940"):
            booked = sum(e.amount.minor for e in statement.entries if e.status == "BOOK")
            assert statement.opening.minor + booked == statement.closing.minor


def test_what_is_no_statement_at_all_is_refused_by_the_reader():
    content = shared("data/mt940/wolph/self-provided__invalid_statement.sta").read_bytes()
    with pytest.raises(Refused):
        list(read("x.sta", content))


def test_a_broken_betalingskenmerk_of_abn_amro_is_one_number_again():
    file = parsed(shared("data/mt940/jejik/abnamro.txt"))
    assert "0000000421886595314606715" in file.statements[0].entries[0].transactions[0].text


def test_the_account_number_of_a_dutch_statement_is_found_where_its_bank_puts_it():
    rabo = parsed(shared("data/mt940/jejik/rabobank-iban.txt")).statements[0].entries[0]
    assert rabo.transactions[0].counterparty_iban == "NL70ABNA0987654321"
    assert rabo.transactions[0].counterparty_name == "CONTRA ACCOUNT HOLDER"
    sns = parsed(shared("data/mt940/jejik/sns.txt")).statements[0].entries[0]
    assert sns.transactions[0].counterparty_name == "marechal s"


def test_an_mt942_is_no_statement_of_a_day():
    (found,) = parsed(shared("data/mt940/wolph/self-provided__mt942.sta")).statements
    assert found.format is StatementFormat.MT942
