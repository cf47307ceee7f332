"""One line of an MT940 statement (`:61:` with its `:86:`), and its balances."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

import mt940

from kasstroom.bank.accounts import account_key, is_iban
from kasstroom.bank.model import EntryStatus, ParsedEntry, ParsedTransaction
from kasstroom.errors import Refused
from kasstroom.money import Money
from kasstroom_documents.amounts import exact_money
from kasstroom_documents.bank_values import at, iban, line, name, reference, words
from kasstroom_documents.mt940_details import Details, details_of
from kasstroom_documents.mt940_fields import Field
from kasstroom_documents.text import shown

_UNREADABLE = (RuntimeError, ValueError, ArithmeticError)
"""What the library raises for a field that is not as it should be, found by feeding it damage."""
_BLANK_BEFORE_TYPE = re.compile(r"(,[0-9]{0,2})\s+([NFS][A-Z0-9]{3})")
_DUTCH_IBAN = re.compile(r"NL[0-9]{2}[A-Z]{4}[0-9]{10}\Z")
_OPTIONS = mt940.Options.all()


@dataclass(frozen=True, slots=True)
class Currency:
    """The currency of the account; `wide_reference` for banks that put an account number of 34
    characters in the customer reference."""

    code: str
    wide_reference: bool = False


def balance(field: Field) -> tuple[Money, date]:
    """Signed amount and day of a `:60:` or `:62:`; Quarantined when it cannot be read."""
    with at(line(field.number)):
        data = _read(f":{field.tag}:{field.text}", None).data
        if not data:
            raise Refused("invalid_balance", f":{field.tag}:{shown(field.text)} cannot be read.")
    found = next(iter(data.values()))
    return _money(found.amount), date(found.date.year, found.date.month, found.date.day)


def entry(field: Field, below: Field | None, currency: Currency) -> ParsedEntry:
    """Refused when the line cannot be read. `RC` and `RD` are reversals."""
    data, details = _line(field, below, currency), _details(below)
    amount = _money(data["amount"])
    value_on = _day(data["date"])
    booked_on = _day(data["entry_date"]) if data.get("entry_date") else value_on
    code = words(data.get("id"), 10)
    transaction = _transaction(data, details, amount, extra_is_name=currency.wide_reference)
    return ParsedEntry(
        position=line(field.number),
        amount=amount,
        status=EntryStatus.BOOKED,
        booked_on=booked_on,
        value_on=value_on,
        reference="",
        bank_reference=reference(data.get("bank_reference")),
        reversal=str(data.get("status") or "").upper().startswith("R"),
        code=code,
        transactions=(transaction,),
    )


def _transaction(
    data: dict[str, Any], details: Details, amount: Money, *, extra_is_name: bool
) -> ParsedTransaction:
    customer = reference(str(data.get("customer_reference") or "").strip().removeprefix("KREF+"))
    extra = words(data.get("extra_details"))
    is_name = extra_is_name and not is_account(extra)
    called = details.name or data.get("applicant_name") or (extra if is_name else "")
    accounts = (details.iban, data.get("applicant_iban"), customer, extra)
    end_to_end = details.end_to_end_id or data.get("end_to_end_reference")
    return ParsedTransaction(
        amount=amount,
        counterparty_name=name(called),
        counterparty_iban=iban(next((a for a in accounts if a and is_account(a)), "")),
        ultimate_name=name(details.ultimate_name),
        end_to_end_id=reference(end_to_end or ("" if is_account(customer) else customer)),
        mandate_id=reference(details.mandate_id or data.get("additional_position_reference")),
        reference=details.reference,
        reference_kind=details.reference_kind,
        text=_text(data, details, extra),
        return_reason=details.return_reason,
    )


def is_account(text: str) -> bool:
    """An IBAN, or a Dutch one by its form: only those may turn a reference into an account."""
    key = account_key(text)
    return is_iban(key) or bool(_DUTCH_IBAN.match(key))


def _text(data: dict[str, Any], details: Details, extra: str) -> str:
    german = [data.get(part) for part in ("purpose", "additional_purpose", "posting_text")]
    if any(german):
        return words(next(part for part in german if part))
    return details.text or ("" if is_account(extra) else extra)


def _details(below: Field | None) -> Details:
    return details_of(below.lines) if below else Details()


def _line(field: Field, below: Field | None, currency: Currency) -> dict[str, Any]:
    """The library wants a balance above the line, for its currency."""
    first = _BLANK_BEFORE_TYPE.sub(r"\1\2", field.lines[0].strip())
    rest = " ".join(part.strip() for part in field.lines[1:])
    german = f"\n:86:{_joined(below)}" if below and _is_german(below) else ""
    text = f":60F:C000101{currency.code}0,\n:61:{first}" + (f"\n{rest}" if rest else "") + german
    readers = [mt940.tags.Statement, mt940.tags.StatementASNB, mt940.tags.StatementGLS]
    if currency.wide_reference:
        readers[:2] = readers[1::-1]
    for reader in readers:
        try:
            return _read(text, reader()).transactions[0].data
        except (*_UNREADABLE, Refused) as error:
            reason = error
    raise Refused("invalid_line", f":61:{shown(first, 80)} cannot be read.") from reason


def _is_german(below: Field) -> bool:
    """`166?00...?20...`: a code and numbered parts, which the library reads itself."""
    return bool(re.match(r"[0-9]{3}\?[0-9]{2}", below.lines[0]))


def _joined(below: Field | None) -> str:
    return "\n".join(below.lines) if below else ""


def _read(text: str, reader: Any) -> Any:
    """Its own log tells each failure in full, with what people paid for: that is kept out."""
    logging.getLogger("mt940").setLevel(logging.CRITICAL)
    found = mt940.models.Transactions(
        options=_OPTIONS, tags={reader.id: reader} if reader else None
    )
    try:
        found.parse(text)
    except _UNREADABLE as error:
        raise Refused("invalid_field", f"{shown(text, 80)} cannot be read.") from error
    if reader and not found.transactions:
        raise Refused("invalid_field", f"{shown(text, 80)} cannot be read.")
    return found


def _money(amount: Any) -> Money:
    currency = str(amount.currency or "")
    return exact_money(amount.amount, currency)


def _day(found: Any) -> date:
    return date(found.year, found.month, found.day)
