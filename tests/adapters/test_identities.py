"""Numbers that can be what they say, and numbers that cannot."""

from __future__ import annotations

import pytest

from kasstroom_partners.identities import CheckedIdentities

NUMBERS = CheckedIdentities()


@pytest.mark.parametrize(
    ("iban", "ok"),
    [
        ("NL91ABNA0417164300", True),
        ("NL91 ABNA 0417 1643 00", True),
        ("nl91abna0417164300", True),
        ("NL91ABNA0417164301", False),
        ("NL91ABNA041716430", False),
        ("DE89370400440532013000", True),
        ("ZZ91ABNA0417164300", False),
        ("NL91ABNA041716430٠", False),
        ("", False),
        ("x" * 500, False),
    ],
)
def test_iban(iban, ok):
    assert NUMBERS.iban_ok(iban) is ok


@pytest.mark.parametrize(
    ("vat", "country", "ok"),
    [
        ("NL004495445B01", "", True),
        ("NL 0044.95.445.B01", "NL", True),
        ("004495445B01", "NL", True),
        ("NL002455799B11", "NL", True),
        ("NL004495445B02", "BE", False),
        ("NL123456789B01", "NL", False),
        ("BE0411905847", "BE", True),
        ("EL094259216", "GR", True),
        ("094259216", "GR", True),
        ("004495445B01", "", False),
        ("12-3456789", "US", True),
        ("", "NL", False),
        ("", "US", False),
        ("NL٠٠٤٤٩٥٤٤٥B01", "NL", False),
    ],
)
def test_vat(vat, country, ok):
    assert NUMBERS.vat_ok(vat, country) is ok


@pytest.mark.parametrize(
    ("kvk", "ok"),
    [
        ("69599084", True),
        ("6959 9084", True),
        ("6959908", False),
        ("٦٩٥٩٩٠٨٤", False),
        ("69599084x", False),
        ("", False),
    ],
)
def test_kvk(kvk, ok):
    assert NUMBERS.kvk_ok(kvk) is ok
