"""camt.052, .053 and .054 (versions .02 to .08 and later) as parsed statements.

Elements are found by their local name: the versions differ in namespace and in a few places
(`Sts` or `Sts/Cd`, `Nm` or `Pty/Nm`, `Dt` or `DtTm`), not in what they say. Positions are lines.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from lxml import etree

from kasstroom.bank.model import EntryStatus, ParsedEntry, ParsedStatement, StatementFormat
from kasstroom.bank.quarantine import Quarantined
from kasstroom.errors import Refused
from kasstroom.money import Money
from kasstroom_documents import safe_xml
from kasstroom_documents.bank_values import at, decimal_money, line, reference, words
from kasstroom_documents.camt_details import batch_names, of_nobody, transactions
from kasstroom_documents.dates import xsd_day
from kasstroom_documents.limits import Limits, size_text
from kasstroom_documents.text import clean, shown

_MESSAGES = {
    "BkToCstmrStmt": ("Stmt", StatementFormat.CAMT_053),
    "BkToCstmrAcctRpt": ("Rpt", StatementFormat.CAMT_052),
    "BkToCstmrDbtCdtNtfctn": ("Ntfctn", StatementFormat.CAMT_054),
}
_STATUS = {
    "BOOK": EntryStatus.BOOKED,
    "PDNG": EntryStatus.PENDING,
    "FUTR": EntryStatus.PENDING,
    "INFO": EntryStatus.INFORMATION,
}
_OPENING, _CLOSING = ("OPBD", "PRCD"), ("CLBD",)
"""ISO 20022 balance types: opening booked, previously closed booked; closing booked."""
_CHARSET_WORDS = ("encoding", "UTF-", "labelled")


def read_camt(content: bytes, limits: Limits) -> tuple[ParsedStatement, ...]:
    """Every statement of the message; Quarantined with the line when one of it cannot be read."""
    message = _message(parsed(content, limits))
    tag, format = _MESSAGES[message.tag]
    found = message.findall(tag)
    if not found:
        detail = f"the message holds no {tag}: there is no statement in it."
        raise Quarantined("no_statement", detail, line(message.sourceline))
    entries = len(message.findall(f"{tag}/Ntry"))
    if entries > limits.max_rows:
        detail = f"The file has {entries} lines; send at most {limits.max_rows} at a time."
        raise Quarantined("too_many_lines", detail)
    return tuple(_statement(element, format) for element in found)


def parsed(content: bytes, limits: Limits) -> etree._Element:
    """The root of a bank's message; Quarantined for what is no safe XML."""
    if len(content) > limits.max_statement_bytes:
        most = size_text(limits.max_statement_bytes)
        detail = f"The statement has {size_text(len(content))}; send at most {most} at a time."
        raise Quarantined("document_too_large", detail)
    try:
        return safe_xml.parse(content, Limits(max_document_bytes=limits.max_statement_bytes))
    except Refused as error:
        raise _told(error, content) from None


def _told(error: Refused, content: bytes) -> Quarantined:
    if error.code == "doctype_not_allowed":
        plain = content.replace(b"\0", b"")
        before = plain[: max(plain.upper().find(b"<!DOCTYPE"), 0)]
        detail = "the message holds a DOCTYPE, which no bank sends; get it from the bank again."
        return Quarantined(error.code, detail, line(before.count(b"\n") + 1))
    wrong_charset = any(word in error.detail for word in _CHARSET_WORDS)
    return Quarantined("wrong_charset" if wrong_charset else error.code, error.detail)


def _message(root: etree._Element) -> etree._Element:
    for element in root.iter():
        element.tag = etree.QName(element).localname
    for element in root.iter(*_MESSAGES):
        return element
    detail = f"{shown(root.tag)} is no camt.052, camt.053 or camt.054 message."
    raise Quarantined("not_camt", detail, line(root.sourceline))


def _statement(element: etree._Element, format: StatementFormat) -> ParsedStatement:
    position = line(element.sourceline)
    with at(position):
        opening, opened_on = _balance(element, _OPENING, 0)
        closing, closed_on = _balance(element, _CLOSING, -1)
        made_on = _day(element, "CreDtTm")
        number = element.findtext("ElctrncSeqNb") or element.findtext("LglSeqNb")
        account = element.findtext("Acct/Id/IBAN") or element.findtext("Acct/Id/Othr/Id")
        to_on = closed_on or _day(element, "FrToDt/ToDtTm") or made_on
        return ParsedStatement(
            position=position,
            format=format,
            account=words(account, 34),
            id=words(element.findtext("Id"), 100),
            number=words(number, 20),
            opening=opening,
            closing=closing,
            from_on=opened_on or _day(element, "FrToDt/FrDtTm") or made_on,
            to_on=to_on,
            entries=tuple(_entry(e, account or "", to_on) for e in element.findall("Ntry")),
        )


def _balance(
    element: etree._Element, types: tuple[str, ...], which: int
) -> tuple[Money | None, date | None]:
    """A page may carry intermediate balances as well: the first opens it, the last closes it."""
    for wanted in types:
        found = [b for b in element.findall("Bal") if b.findtext("Tp/CdOrPrtry/Cd") == wanted]
        if found:
            with at(line(found[which].sourceline)):
                return signed(found[which]), _day(found[which], "Dt")
    return None, None


def signed(element: etree._Element) -> Money:
    amount = element.find("Amt")
    if amount is None:
        raise Refused("invalid_amount", f"{element.tag} has no Amt.")
    money = decimal_money(clean(amount.text), amount.get("Ccy", ""))
    direction = clean(element.findtext("CdtDbtInd"))
    if direction not in ("CRDT", "DBIT"):
        raise Refused("invalid_direction", f"CdtDbtInd {shown(direction)} must be CRDT or DBIT.")
    return money if direction == "CRDT" else -money


def _day(element: etree._Element, path: str) -> date | None:
    """`Dt`, `DtTm`, or the text itself; of an instant the bank's own calendar day."""
    found = element.find(path)
    if found is None:
        return None
    text = clean(found.findtext("Dt") or found.findtext("DtTm") or found.text)
    if not text and (inner := found.find(".//DtTm")) is not None:
        text = clean(inner.text)
    return xsd_day(text[:10] if "T" in text else text, path)


def _status(element: etree._Element) -> EntryStatus:
    code = clean(element.findtext("Sts/Cd") or element.findtext("Sts"))
    if code not in _STATUS:
        raise Refused("unknown_status", f"Sts {shown(code)} must be BOOK, PDNG, INFO or FUTR.")
    return _STATUS[code]


def _entry(element: etree._Element, account: str, to_on: date | None) -> ParsedEntry:
    position = line(element.sourceline)
    with at(position):
        amount, status = signed(element), _status(element)
        told_on, value_on = _day(element, "BookgDt"), _day(element, "ValDt")
        booked_on = told_on or value_on or to_on
        if booked_on is None:
            raise Refused("no_booking_date", "the line has no BookgDt.")
        reversal = clean(element.findtext("RvslInd")) in ("true", "1")
        booked = status is EntryStatus.BOOKED
        found = transactions(element, amount, account, reversal) if booked else ()
        batch = batch_names(element)
        if batch and len(found) == 1 and of_nobody(found[0]):
            # One set of details that stands for a batch as a whole.
            found = (replace(found[0], text=words(f"{found[0].text} {batch}")),)
        text = f"{element.findtext('AddtlNtryInf') or ''} {batch}"
        return ParsedEntry(
            position, amount, status, booked_on, value_on or booked_on,
            reference(element.findtext("NtryRef")), reference(element.findtext("AcctSvcrRef")),
            reversal, _code(element), found, words(text),
            told_on is not None,
        )  # fmt: skip


def _code(element: etree._Element) -> str:
    """`PMNT/RCDT/ESCT`, or the bank's own code."""
    paths = ("Domn/Cd", "Domn/Fmly/Cd", "Domn/Fmly/SubFmlyCd")
    parts = [clean(element.findtext(f"BkTxCd/{path}")) for path in paths]
    return "/".join(parts) if all(parts) else words(element.findtext("BkTxCd/Prtry/Cd"), 35)
