"""The EPC code carries the standard's lines; the headers let nothing else in."""

from __future__ import annotations

import re

import pytest
import segno

from kasstroom.errors import Refused
from kasstroom.money import Money
from kasstroom_pages.headers import docs_headers, security_headers
from kasstroom_pages.qr import epc_payload, epc_qr_svg, link_qr_svg

IBAN = "NL91ABNA0417164300"


@pytest.mark.parametrize(
    ("amount", "given", "payload", "size"),
    [
        (
            Money(118685),
            {"reference": "RF18 5390 0754 7034"},
            "BCD\n002\n1\nSCT\n\nVoorbeeld B.V.\nNL91ABNA0417164300\nEUR1186.85\n\n"
            "RF18539007547034",
            77,
        ),
        (
            Money(84),
            {"text": "Factuur 2026-0042 klant 1187"},
            "BCD\n002\n1\nSCT\n\nVoorbeeld B.V.\nNL91ABNA0417164300\nEUR0.84\n\n\n"
            "Factuur 2026-0042 klant 1187",
            87,
        ),
        (
            Money(1),
            {"reference": "5000056789012345", "text": "not used"},
            "BCD\n002\n1\nSCT\n\nVoorbeeld B.V.\nNL91ABNA0417164300\nEUR0.01\n\n\n5000056789012345",
            75,
        ),
    ],
)
def test_the_payload_is_epc069_12(amount, given, payload, size):
    made = epc_payload("Voorbeeld B.V.", "NL91 ABNA 0417 1643 00", amount, **given)
    assert made == payload and len(made.encode()) == size


def test_a_name_cannot_add_lines():
    made = epc_payload("A\nNL00EVIL0000000000\nEUR1", IBAN, Money(100), reference="x\ny")
    assert made.split("\n")[5:8] == ["A NL00EVIL0000000000 EUR1", IBAN, "EUR1.00"]
    assert made.count("\n") == 10


@pytest.mark.parametrize("amount", [Money(0), Money(-1), Money(100_000_000_000), Money(1, "USD")])
def test_an_amount_the_code_cannot_carry_is_refused(amount):
    with pytest.raises(Refused):
        epc_payload("Voorbeeld B.V.", IBAN, amount)


def _dark_modules(svg: str) -> set[tuple[int, int]]:
    """The dark squares of the drawn code, from the path of horizontal lines it is drawn with."""
    path = re.search(r'stroke="#000" d="([^"]+)"', svg)[1]
    at, row, dark = 0, 0.0, set()
    for command, one, two in re.findall(r"([Mmh])(-?[\d.]+)(?: (-?[\d.]+))?", path):
        if command == "h":
            dark |= {(int(row), at + step) for step in range(int(one))}
            at += int(one)
        else:
            at, row = (at * (command == "m")) + int(one), row * (command == "m") + float(two)
    return dark


@pytest.mark.parametrize("name", ["Voorbeeld B.V.", "Daniël’s Café " + "x" * 90])
def test_the_drawing_is_the_code_at_level_m(name):
    payload = epc_payload(name, IBAN, Money(118685), reference="RF18539007547034")
    code = segno.make_qr(payload, error="m", boost_error=False, encoding="utf-8")
    svg = epc_qr_svg(name, IBAN, Money(118685), reference="RF18539007547034")
    rows = enumerate(code.matrix_iter(border=4))
    assert _dark_modules(svg) == {(y, x) for y, row in rows for x, on in enumerate(row) if on}
    assert code.version <= 13 and "style=" not in svg and 'fill="#fff"' in svg


def test_the_link_code_is_a_document_of_its_own():
    svg = link_qr_svg("https://b.example/p/ABCDEFGHIJKLMNOPQRSTUV")
    assert svg.startswith('<svg xmlns="http://www.w3.org/2000/svg"') and svg.endswith("</svg>")


def test_the_policy_lets_the_form_reach_the_provider_and_the_banks_behind_it():
    headers = security_headers(("www.mollie.com", "http://127.0.0.1:8401"))
    policy = headers["Content-Security-Policy"]
    assert "form-action 'self' https: http://127.0.0.1:8401;" in policy
    assert "default-src 'none'" in policy and "script-src" not in policy
    assert "frame-ancestors 'none'" in policy and "base-uri 'none'" in policy
    assert "unsafe" not in policy
    assert headers["Referrer-Policy"] == "no-referrer" and headers["Cache-Control"] == "no-store"


def test_a_host_without_its_scheme_opens_no_plain_http():
    policy = security_headers(("127.0.0.1.evil.example",))["Content-Security-Policy"]
    assert "evil.example" not in policy and "http://" not in policy


def test_the_documentation_runs_our_own_scripts_only():
    policy = docs_headers()["Content-Security-Policy"]
    assert "script-src 'self'; connect-src 'self';" in policy and "unsafe" not in policy
