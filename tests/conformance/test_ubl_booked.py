"""The official valid UBL examples, all the way into the books."""

from __future__ import annotations

from kasstroom.imports.model import Import, ImportState, ParsedInvoice, RowStatus
from kasstroom.imports.usecases import Defaults, process
from kasstroom.invoices.model import Invoice
from kasstroom.organisations.model import Language
from kasstroom_documents.reader import read
from tests.memory_books import MemoryBooks
from tests.people import NOW
from tests.ubl import DATA, VALID, here


def test_every_valid_example_is_booked_with_what_it_says():
    here()
    books = MemoryBooks()
    assert len(VALID) >= 100
    for number, path in enumerate(DATA / name for name in VALID):
        # Examples of different suppliers share invoice numbers: each is an organisation's own.
        org = f"org{number}"
        running = Import(org, "imp_1", path.name, ImportState.PROCESSING, NOW)
        documents = list(read(path.name, path.read_bytes()))
        rows = list(process(books, running, documents, Defaults(30, Language.NL), NOW))
        assert [row.status for row in rows] == [RowStatus.OK], (path.name, rows)
        (parsed,) = documents
        assert isinstance(parsed, ParsedInvoice)
        (invoice,) = books.all_of(Invoice, org, rows[0].debtor)
        assert (invoice.number, invoice.kind, invoice.amount, invoice.issued_on) == (
            parsed.number, parsed.kind, parsed.amount, parsed.issued_on,
        )  # fmt: skip
        assert invoice.due_on == parsed.due_on or parsed.due_on is None
