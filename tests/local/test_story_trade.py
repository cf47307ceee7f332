"""The year of trade of the demo: the same every time, and what is paid is what was sold."""

from __future__ import annotations

from datetime import date

from infra.local.story.history import listed
from infra.local.story.trade import CUSTOMERS, FIRST_DAY, LAST_DAY, credits, sales
from kasstroom.bank.accounts import is_iban
from kasstroom.imports.model import ParsedInvoice
from kasstroom_documents.reader import read

TODAY = date(2026, 11, 5)


def test_every_row_of_the_list_is_a_document_and_the_year_is_the_same_every_time():
    year = sales()
    assert year == sales()
    documents = list(read("een-jaar-facturen.csv", listed(year)))
    assert all(isinstance(document, ParsedInvoice) for document in documents)
    assert len(documents) == len(year) + sum(sale.credited_minor > 0 for sale in year)
    assert len({document.number for document in documents}) == len(documents)
    assert {document.debtor.number for document in documents} == {c.number for c in CUSTOMERS}


def test_money_comes_in_on_banking_days_of_the_year_and_never_more_than_is_owed():
    year = sales()
    assert all(FIRST_DAY <= sale.issued_on <= LAST_DAY for sale in year)
    for paid in credits(year):
        assert FIRST_DAY <= paid.on <= LAST_DAY and paid.on.weekday() < 5 and is_iban(paid.iban)
    for sale in year:
        came_in = sum(paid.minor for paid in sale.payments)
        assert 0 <= came_in <= sale.minor - sale.credited_minor


def test_at_the_end_some_is_not_due_some_late_and_some_very_late():
    rests = {s: s.minor - s.credited_minor - sum(p.minor for p in s.payments) for s in sales()}
    late = [(TODAY - sale.due_on).days for sale, rest in rests.items() if rest]
    assert sum(days <= 0 for days in late) == 8
    assert sum(0 < days <= 30 for days in late) == 5
    assert sum(days > 45 for days in late) == 2
