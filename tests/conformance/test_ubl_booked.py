"""The official valid UBL examples, all the way into the books."""

from __future__ import annotations

import json
from pathlib import Path

from kasstroom.imports.model import Import, ImportState, ParsedInvoice, RowStatus
from kasstroom.imports.usecases import Defaults, process
from kasstroom.invoices.model import Invoice
from kasstroom.organisations.model import Language
from kasstroom_documents.reader import read
from tests.people import NOW
from tests.shared import shared

MOST_VALID = 95
"""Fewer than this many examples would mean that the test looks in the wrong place."""


def valid_examples() -> list[Path]:
    """Invoices and credit notes without a fatal finding of EN 16931 or their national rules."""
    verdicts = json.loads(shared("data/ubl/expected.json").read_text())
    found = []
    for name, verdict in sorted(verdicts.items()):
        rules = [v for key, v in verdict.items() if isinstance(v, dict) and key != "peppol"]
        ours = verdict["root"] in ("Invoice", "CreditNote") and verdict["xsd_valid"]
        if ours and not any(rule["fatal"] for rule in rules):
            found.append(shared("data/ubl") / name)
    return found


def test_every_valid_example_is_booked_with_what_it_says(books):
    examples = valid_examples()
    assert len(examples) >= MOST_VALID
    for number, path in enumerate(examples):
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
