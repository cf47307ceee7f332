"""An open-item list (CSV) as parsed invoices: one row is one open item.

The amount is the open amount when the file has that column, else the invoice amount. Negative is
a credit note; a row that calls itself a credit note is one also when its amount is positive, so it
can never be claimed. WhatsApp consent is never taken from a file: it needs proof of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kasstroom.errors import Refused
from kasstroom.imports.model import ParsedInvoice, RowProblem
from kasstroom.invoices.model import DocumentKind
from kasstroom.money import EUR, Money
from kasstroom_documents import csv_columns as col
from kasstroom_documents.amounts import exact_money
from kasstroom_documents.csv_amounts import decimal_marks, value, written_amount
from kasstroom_documents.csv_cells import Cells
from kasstroom_documents.csv_debtor import debtor
from kasstroom_documents.csv_table import read_table
from kasstroom_documents.csv_words import debtor_kind, document_kind
from kasstroom_documents.dates import month_first, written_day
from kasstroom_documents.limits import Limits
from kasstroom_documents.text import MAX_NUMBER, MAX_REFERENCE, bounded, clean, shown


def read_open_items(content: bytes, limits: Limits) -> Iterator[ParsedInvoice | RowProblem]:
    """A result per row; `Refused` at once when the file as a whole cannot be read."""
    table = read_table(content, limits)
    header = table.header.cells
    columns = col.columns(header)
    rows = [Cells(row, columns, header) for row in table.rows]
    _check_dates(rows)
    marks = _decimal_marks(rows)
    return (_result(cells, marks) for cells in rows)


def _amount_field(cells: Cells) -> str:
    return col.OPEN_AMOUNT if col.OPEN_AMOUNT in cells.columns else col.AMOUNT


def _decimal_marks(rows: list[Cells]) -> frozenset[str]:
    found = []
    for cells in rows:
        try:
            found.append(written_amount(cells.text(_amount_field(cells))))
        except Refused:
            continue  # its own row will say so
    return decimal_marks(found)


def _check_dates(rows: list[Cells]) -> None:
    for field in (col.ISSUE_DATE, col.DUE_DATE):
        if month_first([cells.text(field) for cells in rows]):
            raise Refused(
                "month_first_dates",
                f"The dates in column {field} are written month first; write them as 31-08-2026 "
                "or 2026-08-31.",
            )


def _result(cells: Cells, marks: frozenset[str]) -> ParsedInvoice | RowProblem:
    try:
        return _invoice(cells, marks)
    except Refused as error:
        column = f", column {error.pointer}" if error.pointer else ""
        number = cells.text(col.INVOICE_NUMBER)[:MAX_NUMBER]
        return RowProblem(cells.position + column, error.code, error.detail, number)


def _invoice(cells: Cells, marks: frozenset[str]) -> ParsedInvoice:
    _check_width(cells)
    number = _text(cells, col.INVOICE_NUMBER, MAX_NUMBER, required=True)
    issued_on = _day(cells, col.ISSUE_DATE, cells.required(col.ISSUE_DATE))
    due = cells.text(col.DUE_DATE)
    amount, kind = _signed(cells, _amount(cells, marks))
    return ParsedInvoice(
        position=cells.position,
        number=number,
        kind=kind,
        debtor=debtor(cells),
        issued_on=issued_on,
        due_on=_day(cells, col.DUE_DATE, due) if due else None,
        amount=amount,
        payment_reference=_text(cells, col.REFERENCE, MAX_REFERENCE),
        purchase_order=_text(cells, col.PURCHASE_ORDER, MAX_REFERENCE),
        credits_invoice=_credited(cells, kind),
    )


def _credited(cells: Cells, kind: DocumentKind) -> str:
    is_credit = kind is DocumentKind.CREDIT_NOTE
    return _text(cells, col.CREDITS_INVOICE, MAX_NUMBER) if is_credit else ""


def _check_width(cells: Cells) -> None:
    extra = cells.row.cells[len(cells.header) :]
    if any(map(clean, extra)):
        raise Refused(
            "too_many_cells",
            f"The row has {len(cells.row.cells)} cells and the header {len(cells.header)}; put "
            "quotation marks round values that contain the delimiter.",
        )


def _text(cells: Cells, field: str, longest: int, required: bool = False) -> str:
    if required:
        cells.required(field)
    return cells.read(field, lambda text: bounded(text, longest, "The value"))


def _day(cells: Cells, field: str, text: str) -> date:
    return cells.read(field, lambda _: written_day(text, "Date"))


def _amount(cells: Cells, marks: frozenset[str]) -> Money:
    field = _amount_field(cells)
    cells.required(field)
    written = cells.read(field, written_amount)
    named = cells.text(col.CURRENCY).upper()
    if named and written.currency and named != written.currency:
        detail = f"The amount is in {written.currency} but the row says {shown(named)}."
        raise cells.refused(field, "currency_mismatch", detail)
    currency = {"€": EUR}.get(named, named) or written.currency or EUR
    return cells.read(field, lambda _: exact_money(value(written, marks), currency))


def _signed(cells: Cells, amount: Money) -> tuple[Money, DocumentKind]:
    text = cells.text(col.KIND)
    named = document_kind(text)
    if text and named is None and debtor_kind(text) is None:
        detail = f"{shown(text)} is not known here; use factuur or creditnota."
        raise cells.refused(col.KIND, "unknown_kind", detail)
    if named is DocumentKind.CREDIT_NOTE and amount.minor > 0:
        amount = -amount
    if not amount:
        return amount, named or DocumentKind.INVOICE
    return amount, DocumentKind.CREDIT_NOTE if amount.minor < 0 else DocumentKind.INVOICE
