"""Who buys: VAT numbers by their form, and one spelling for the same number."""

from __future__ import annotations

import pytest

from kasstroom.credit.buyer import Buyer, vat_ok

VALID = [
    "ATU13585627", "BE0403019261", "BG175074752", "CY10259033P", "CZ25123891", "CZ7103192745",
    "DE136695976", "DK13585628", "EE100931558", "EL094259216", "ES54362315K", "ESX2482300W",
    "ESJ99216582", "FI20774740", "FR23334175221", "FRK7399859412", "HR33392005961", "HU12892312",
    "IE6433435F", "IE6433435OA", "IE8D79739I", "IT00743110157", "LT119511515", "LT100001919017",
    "LU15027442", "LV40003521600", "MT11679112", "NL004495445B01", "PL8567346215", "PT501964843",
    "RO18547290", "SE123456789701", "SI50223054", "SK2022749619", "XI432525179", "GB980780684",
    "CHE107787577IVA", "NO995525828MVA",
]  # fmt: skip
OUTSIDE = ("CHE", "NO", "GB")


@pytest.mark.parametrize("vat", VALID)
def test_what_is_valid_by_its_check_digits_has_a_form_that_passes(vat):
    eu = pytest.importorskip("stdnum.eu.vat")
    assert vat.startswith(OUTSIDE) or eu.is_valid(vat)
    assert vat_ok(vat)


@pytest.mark.parametrize(
    "vat",
    ["", "NL", "nonsense", "004495445B01", "NL004495445", "NL004495445B1", "NL004495445C01",
     "NL00449544 B01", "GR094259216", "ZZ123456789", "DE12345678", "DE1234567890", "US12345678",
     "NL٠٠٤٤٩٥٤٤٥B01", "BE2403019261", "nl004495445b01", "NL004495445B01\n"],
)  # fmt: skip
def test_nonsense_does_not(vat):
    assert not vat_ok(vat)


@pytest.mark.parametrize("prefix", sorted({vat[:2] for vat in VALID}))
def test_a_number_too_much_is_no_vat_number(prefix):
    assert not vat_ok(prefix)
    assert not vat_ok(f"{prefix}{'1' * 14}")


def test_one_spelling_of_the_numbers():
    typed = Buyer(kvk=" 1234 5678", vat="nl 0044.95.445.b01")
    assert typed == Buyer(kvk="12345678", vat="NL004495445B01")
