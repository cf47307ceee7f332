"""MT940 and MT942 as parsed statements, by the `mt-940` library and our own reading of `:86:`.

The library reads one field or line at a time: it would lose a whole file over one odd field, and
cannot say on which line. Anonymised or hand-made files that do not balance are found out later.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kasstroom.bank.model import ParsedEntry, ParsedStatement, StatementFormat
from kasstroom.bank.quarantine import Quarantined
from kasstroom.errors import Refused
from kasstroom_documents.bank_values import at, line, words
from kasstroom_documents.limits import Limits
from kasstroom_documents.mt940_entries import Currency, balance, entry
from kasstroom_documents.mt940_fields import Block, Field, blocks
from kasstroom_documents.text import shown

_OPENING, _CLOSING = ("60F", "60M", "60"), ("62F", "62M", "62")
_ACCOUNT, _NUMBER = ("25", "25P"), ("28C", "28")
_ONCE = (_OPENING, _CLOSING, _ACCOUNT, _NUMBER)
_INTERIM = ("34F", "13D", "90D", "90C")
"""Fields of an MT942, which tells during the day and has no balances."""


def read_mt940(content: bytes, limits: Limits) -> tuple[ParsedStatement, ...]:
    """Every statement of the file; Quarantined with the line when one of it cannot be read."""
    found = blocks(content, limits)
    count = sum(f.tag == "61" for block in found for f in block.fields)
    if count > limits.max_rows:
        detail = f"The file has {count} lines; send at most {limits.max_rows} at a time."
        raise Quarantined("too_many_lines", detail)
    return tuple(_statement(block) for block in found)


def _statement(block: Block) -> ParsedStatement:
    first = block.fields[0]
    for tags in _ONCE:
        _check_once(block, tags)
    opening, closing = _field(block, _OPENING), _field(block, _CLOSING)
    is_interim = opening is None and any(f.tag in _INTERIM for f in block.fields)
    with at(line(first.number)):
        account = _required(block, _ACCOUNT)
        if not is_interim and (opening is None or closing is None):
            what = ":60F: (opening balance)" if opening is None else ":62F: (closing balance)"
            raise Refused("statement_cut_off", f"the statement has no {what}: it is cut off.")
        currency = _currency(block, opening)
        entries = tuple(_entries(block, currency))
        opened, closed = (f and balance(f) for f in (opening, closing))
        days = [e.booked_on for e in entries] or [d for d in [_made_on(block)] if d]
        return ParsedStatement(
            position=line(first.number),
            format=StatementFormat.MT942 if is_interim else StatementFormat.MT940,
            account=words(account.text, 40),
            id=words(first.text, 35),
            number=_number(_field(block, _NUMBER)),
            opening=opened[0] if opened else None,
            closing=closed[0] if closed else None,
            from_on=opened[1] if opened else min(days, default=None),
            to_on=closed[1] if closed else max(days, default=None),
            entries=entries,
        )


def _field(block: Block, tags: tuple[str, ...]) -> Field | None:
    return next((f for f in block.fields if f.tag in tags), None)


def _required(block: Block, tags: tuple[str, ...]) -> Field:
    found = _field(block, tags)
    if found is None or not found.text:
        raise Refused("statement_cut_off", f"the statement has no :{tags[0]}: field.")
    return found


def _check_once(block: Block, tags: tuple[str, ...]) -> None:
    found = [f for f in block.fields if f.tag in tags]
    if len(found) > 1:
        detail = f"field :{found[1].tag}: stands twice in one statement."
        raise Quarantined("field_repeated", detail, line(found[1].number))


def _number(found: Field | None) -> str:
    """`00004/00001` is statement 4, page 1."""
    parts = found.text.split("/") if found else []
    return "/".join(p.lstrip("0") or "0" for p in parts if p)[:20]


def _currency(block: Block, opening: Field | None) -> Currency:
    """Of the opening balance, or of an MT942's floor limit."""
    source = opening or _field(block, ("34F", "90D", "90C"))
    letters = "".join(c for c in (source.text if source else "") if c.isalpha()).upper()
    start = 1 if opening else 0
    found = letters[start : start + 3]
    if source is None or len(found) != 3:
        raise Refused("unknown_currency", f"the currency {shown(letters)} cannot be read.")
    return Currency(found, wide_reference=_is_asn(block))


def _is_asn(block: Block) -> bool:
    """SNS, ASN and RegioBank put an account number of 34 characters where others have 16."""
    told = block.heading + "".join(f.text for f in block.fields if f.tag in _ACCOUNT)
    return any(bank in told.upper() for bank in ("SNSB", "ASNB", "RBRB"))


def _made_on(block: Block) -> date | None:
    found = _field(block, ("13D", "13"))
    digits = found.text[:6] if found else ""
    if not digits.isdigit():
        return None
    try:
        return date(2000 + int(digits[:2]), int(digits[2:4]), int(digits[4:6]))
    except ValueError:
        return None


def _entries(block: Block, currency: Currency) -> Iterator[ParsedEntry]:
    """Each `:61:` with the `:86:` right below it; an `:86:` under a balance is about that."""
    fields = block.fields
    for index, found in enumerate(fields):
        if found.tag == "61":
            below = fields[index + 1] if index + 1 < len(fields) else None
            with at(line(found.number)):
                yield entry(found, below if below and below.tag == "86" else None, currency)
