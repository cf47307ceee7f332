"""QR codes: the EPC code a bank app reads, and the code that opens a link."""

from __future__ import annotations

from io import BytesIO

from kasstroom.errors import Refused
from kasstroom.money import EUR, Money
from kasstroom.payments.references import compact, is_rf
from kasstroom_pages.formats import plain

_MOST_MINOR = 99_999_999_999
_MOST_BYTES = 331
_LARGEST_VERSION = 13


def epc_payload(name: str, iban: str, amount: Money, *, reference: str = "", text: str = "") -> str:
    """The lines of an EPC QR code, version 002 (EPC069-12). An RF reference is structured; any
    other reference, such as a betalingskenmerk, goes where the text goes. `text` is used when there
    is no reference. Refused when the code cannot carry the amount.
    """
    if amount.currency != EUR or not 1 <= amount.minor <= _MOST_MINOR:
        raise Refused("no_epc_code", f"An EPC code carries EUR 0.01 or more, not {amount}.")
    structured = compact(reference) if is_rf(reference) else ""
    unstructured = "" if structured else plain(reference or text)
    receiver = [plain(name, 70), compact(iban), f"EUR{amount.value}"]
    lines = ["BCD", "002", "1", "SCT", "", *receiver, "", structured, unstructured]
    payload = "\n".join(lines).rstrip("\n")
    if len(payload.encode()) > _MOST_BYTES:
        raise Refused("no_epc_code", f"An EPC code carries at most {_MOST_BYTES} bytes.")
    return payload


def epc_qr_svg(name: str, iban: str, amount: Money, *, reference: str = "", text: str = "") -> str:
    """The EPC code as an SVG element for a page: error level M, no inline style."""
    return _epc_code(epc_payload(name, iban, amount, reference=reference, text=text)).svg_inline(
        **_LOOK
    )


def epc_qr_rows(name: str, iban: str, amount: Money, *, reference: str = "") -> tuple[str, ...]:
    """The EPC code for paper: rows of `0` and `1`, without the quiet zone."""
    code = _epc_code(epc_payload(name, iban, amount, reference=reference))
    return tuple("".join("1" if dot else "0" for dot in row) for row in code.matrix)


def link_qr_svg(url: str) -> str:
    """A QR code that opens `url`, as an SVG document for letters and screens."""
    out = BytesIO()
    _code(url).save(out, kind="svg", xmldecl=False, nl=False, **_LOOK)
    return out.getvalue().decode()


# Black on white in every colour scheme: many readers refuse an inverted code.
_LOOK = {
    "scale": 1,
    "border": 4,
    "omitsize": True,
    "dark": "#000",
    "light": "#fff",
    "svgclass": "qr",
    "lineclass": None,
}


def _epc_code(payload: str):
    code = _code(payload)
    if code.version > _LARGEST_VERSION:
        raise Refused("no_epc_code", f"An EPC code is at most version {_LARGEST_VERSION}.")
    return code


def _code(payload: str):
    import segno  # only pages that show a code pay for the import

    return segno.make_qr(payload, error="m", boost_error=False, encoding="utf-8")
