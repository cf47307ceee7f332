"""Whatever a program can export comes in as it was meant."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from kasstroom.imports.model import ParsedInvoice
from kasstroom.money import Money
from kasstroom_documents.csv_columns import NAMES
from kasstroom_documents.reader import read

LETTERS = "abcdeXYZ0123 ëïüéç&'()/-.;,|\"\t"
TEXT = st.text(LETTERS, min_size=1, max_size=20).filter(lambda t: any(c.isalnum() for c in t))
DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))
ITEMS = st.lists(
    st.tuples(TEXT, TEXT, DAYS, DAYS, st.integers(-(10**10), 10**10)), min_size=1, max_size=6
)
DATE_FORMS = st.sampled_from(["%d-%m-%Y", "%Y-%m-%d", "%Y%m%d", "%d.%m.%Y"])
FIELDS = ("debtor_number", "name", "invoice_number", "issue_date", "due_date", "amount")


@settings(max_examples=200, deadline=None)
@given(
    ITEMS,
    st.sampled_from([";", ",", "\t", "|"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    st.sampled_from(["\r\n", "\n"]),
    st.booleans(),
    st.booleans(),
    DATE_FORMS,
    st.data(),
)
def test_a_round_trip(items, delimiter, encoding, end, comma, grouped, form, data):
    header = [data.draw(st.sampled_from(NAMES[field])) for field in FIELDS]
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end)
    writer.writerow(header)
    for number, name, issued, due, cents in items:
        written = _written(cents, comma, grouped)
        writer.writerow([number, name, number, issued.strftime(form), due.strftime(form), written])
    found = list(read("x.csv", out.getvalue().encode(encoding)))
    assert all(isinstance(one, ParsedInvoice) for one in found), found
    assert [_seen(one) for one in found] == [
        (_line(number), _line(name), issued, due, Money(cents))
        for number, name, issued, due, cents in items
    ]


def _seen(one: ParsedInvoice) -> tuple:
    assert one.debtor.number == one.number
    return one.number, one.debtor.name, one.issued_on, one.due_on, one.amount


def _line(text: str) -> str:
    return " ".join(text.split())


def _written(cents: int, comma: bool, grouped: bool) -> str:
    text = f"{Decimal(cents).scaleb(-2):{',' if grouped else ''}.2f}"
    return text.translate(str.maketrans(",.", ".,")) if comma else text
