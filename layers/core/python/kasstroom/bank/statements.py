"""What has to be true of a statement before any of it is booked. Pure: no books, no clock.

Sources: ISO 20022 camt.053 message definition (balances, entries, transaction details) and the
Betaalvereniging guidelines for the Netherlands; SWIFT MT940 fields 60, 61 and 62.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kasstroom.bank.chain import check_chain
from kasstroom.bank.identity import FINAL, bank_reference, booked, numbers
from kasstroom.bank.model import ParsedEntry, ParsedStatement
from kasstroom.bank.quarantine import Quarantined
from kasstroom.money import Money


def check_file(statements: Sequence[ParsedStatement]) -> None:
    """Quarantined at the first thing that cannot be right, with its line and what to do."""
    if not statements:
        raise Quarantined("no_statement", "The file holds no bank statement.")
    for statement in statements:
        check(statement)
    _check_not_repeated(statements)
    for account in {statement.account for statement in statements}:
        of_account = [s for s in statements if s.account == account and s.format in FINAL]
        check_chain(sorted(of_account, key=lambda s: (str(s.to_on), numbers(s) or (0, 0))))


def check(statement: ParsedStatement) -> None:
    """One statement on its own: currency, details against entries, entries against balances."""
    _check_currency(statement)
    for entry in statement.entries:
        _check_details(entry)
    _check_balance(statement)
    _check_doubles(statement)


def _check_currency(statement: ParsedStatement) -> None:
    balances = [b for b in (statement.opening, statement.closing) if b is not None]
    amounts = [(statement.position, balance) for balance in balances]
    amounts += [(entry.position, entry.amount) for entry in statement.entries]
    for position, amount in amounts:
        expected = amounts[0][1].currency
        if amount.currency != expected:
            detail = f"the amount is in {amount.currency} and the account in {expected}."
            raise Quarantined("currency_mismatch", detail, position)


def _check_details(entry: ParsedEntry) -> None:
    """A batch adds up to its entry, to the cent."""
    for transaction in entry.transactions:
        if transaction.amount.currency != entry.amount.currency:
            detail = (
                f"a transaction is in {transaction.amount.currency} and its entry in"
                f" {entry.amount.currency}; ask the bank for the amount in the account's currency."
            )
            raise Quarantined("currency_mismatch", detail, entry.position)
    total = sum((t.amount.minor for t in entry.transactions), 0)
    if entry.transactions and total != entry.amount.minor:
        detail = (
            f"the transactions add up to {Money(total, entry.amount.currency)} and the entry is"
            f" {entry.amount}."
        )
        raise Quarantined("details_do_not_add_up", detail, entry.position)


def _check_balance(statement: ParsedStatement) -> None:
    """Opening balance and what was booked make the closing balance."""
    if statement.opening is None or statement.closing is None:
        return
    reached = statement.opening
    for entry in booked(statement):
        reached += entry.amount
    if reached != statement.closing:
        detail = (
            f"the opening balance {statement.opening} and the booked lines make {reached}, but the"
            f" closing balance is {statement.closing}; a line is missing, double or changed."
        )
        raise Quarantined("balance_broken", detail, statement.position)


def _check_doubles(statement: ParsedStatement) -> None:
    """The same line twice under one reference of the bank. Without a reference two equal lines are
    two payments."""
    seen: dict[ParsedEntry, str] = {}
    for entry in booked(statement):
        if bank_reference(statement, entry):
            facts = replace(entry, position="")
            if facts in seen:
                detail = f"this line is the same as {seen[facts]}, with the same bank reference."
                raise Quarantined("duplicate_line", detail, entry.position)
            seen[facts] = entry.position


def _check_not_repeated(statements: Sequence[ParsedStatement]) -> None:
    seen: dict[tuple[object, ...], str] = {}
    for s in statements:
        facts = (s.account, s.format, s.id, s.number, s.from_on, s.to_on, s.opening, s.closing)
        if facts in seen and s.format in FINAL:
            detail = f"this statement stands in the file already, at {seen[facts]}."
            raise Quarantined("statement_repeated", detail, s.position)
        seen[facts] = s.position
