"""The sample files of the local environment come in as the story tells them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kasstroom.imports.model import ParsedInvoice, RowProblem
from kasstroom.invoices.model import DocumentKind
from kasstroom.money import Money
from kasstroom_documents.reader import read

SAMPLES = Path(__file__).parents[2] / "infra" / "local" / "samples"
FIRST_DUE, LAST_DUE = date(2026, 8, 10), date(2026, 9, 20)


def _read(path: Path) -> list[ParsedInvoice | RowProblem]:
    return list(read(path.name, path.read_bytes()))


def test_the_open_item_list():
    found = _read(SAMPLES / "openstaande-posten.csv")
    good = [one for one in found if isinstance(one, ParsedInvoice)]
    (bad,) = [one for one in found if isinstance(one, RowProblem)]
    assert (bad.position, bad.code) == ("line 11, column betaaldatum", "invalid_date")
    assert bad.number == "2026-0688"
    assert len(good) == 13
    assert len({one.debtor.number for one in good}) == 6
    assert sum((one.amount for one in good), Money(0)) == Money(2_818_292)
    assert [one.number for one in good if one.kind is DocumentKind.CREDIT_NOTE] == ["2026-0656"]
    assert all(FIRST_DUE <= one.due_on <= LAST_DUE for one in good if one.due_on)
    assert all(one.debtor.contact.phone.startswith("+316") for one in good)
    assert good[0].debtor.name == "Aannemersbedrijf Daniëls B.V."


def test_the_documents():
    found = [one for path in sorted(SAMPLES.glob("ubl/*.xml")) for one in _read(path)]
    assert {one.number: one.amount for one in found} == {
        "2026-0659": Money(-19239),
        "2026-0617": Money(146652),
        "2026-0649": Money(149774),
        "2026-0690": Money(405834),
    }
    assert found[0].credits_invoice == "2026-0649"
    assert all(FIRST_DUE <= one.due_on <= LAST_DUE for one in found if one.due_on)
    assert all(one.debtor.identifiers[0].scheme == "kvk" for one in found)
