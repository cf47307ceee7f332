"""Field `:86:` of Dutch banks: who, what for and why it came back.

Structured (`/EREF/.../CNTP/.../REMI/USTD//.../`, from ING, ABN AMRO and Rabobank) in lines of 65
characters without regard to words, or in columns of words (`IBAN: ... Naam: ...`), or plain text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kasstroom.bank.model import ReferenceKind
from kasstroom_documents.bank_values import announced, iban, name, reference, structured, words

_KEYS = (
    "TRTP IBAN BIC NAME REMI EREF MARF CSID ORDP BENM CNTP ULTD ULTC ULTB RTRN PREF PURP ISDT ADDR"
    " SVCL SWOC TRCD KREF IREF SUBM ACCW EXCH CHGS OCMT INIT"
).split()
_KEY = re.compile(rf"/({'|'.join(_KEYS)})/")
_STRUCTURED = re.compile(rf"\s*/({'|'.join(_KEYS)})/")
_FULL_LINE = 64
"""A line this long was cut off, not ended: the next one goes on in the middle of a word."""
_WORDS = {
    "iban": "iban", "bic": "bic", "naam": "name", "omschrijving": "text", "kenmerk": "reference",
    "betalingskenm.": "kenmerk", "machtiging": "mandate", "incassant": "collector",
}  # fmt: skip
_WORD = re.compile(
    r"\b(IBAN|BIC|Naam|Omschrijving|Kenmerk|Betalingskenm\.|Machtiging|Incassant)\s*:",
    re.IGNORECASE,
)
_ULTIMATE = frozenset({"ULTD", "ULTC", "ULTB"})


@dataclass(frozen=True, slots=True)
class Details:
    name: str = ""
    iban: str = ""
    ultimate_name: str = ""
    end_to_end_id: str = ""
    mandate_id: str = ""
    reference: str = ""
    reference_kind: ReferenceKind = ReferenceKind.NONE
    text: str = ""
    return_reason: str = ""


def details_of(lines: list[str]) -> Details:
    """Whatever the form: a text that is not understood is kept as it is."""
    if _STRUCTURED.match(lines[0]):
        return _structured("".join(lines))
    text = _unwrapped(lines)
    if re.search(r"\bIBAN\s*:", text, re.IGNORECASE):
        return _columns(text)
    return _plain(text)


def _unwrapped(lines: list[str]) -> str:
    """A betalingskenmerk broken over two full lines is one number again."""
    joined = lines[0]
    for before, after in zip(lines, lines[1:], strict=False):
        joined += after if len(before) >= _FULL_LINE and before[-1:].strip() else f" {after}"
    return joined


def _plain(text: str) -> Details:
    found, kind = announced(text)
    return Details(reference=found, reference_kind=kind, text=words(text))


def _structured(text: str) -> Details:
    parts = _parts(text)
    given = dict(reversed(parts))
    known_name, known_iban = _counterparty(parts, given)
    told, found, kind = _remittance(given.get("REMI", ""))
    return Details(
        name=name(known_name),
        iban=iban(known_iban),
        ultimate_name=name(_ultimate(parts)),
        end_to_end_id=reference(given.get("EREF")),
        mandate_id=reference(given.get("MARF")),
        reference=found,
        reference_kind=kind,
        text=words(f"{told} {_batch(given, known_name or known_iban)}"),
        return_reason=words(given.get("RTRN"), 35),
    )


def _batch(given: dict[str, str], payer: str) -> str:
    """The name of a batch of ours, where no payer and no payment is named."""
    named = payer or reference(given.get("EREF"))
    return "" if named else reference(given.get("PREF"))


def _parts(text: str) -> list[tuple[str, str]]:
    """Keys and values in their order: `/ORDP//NAME/X` is ORDP without a value, then NAME."""
    pieces = _KEY.split(_doubled(text))
    pairs = zip(pieces[1::2], pieces[2::2], strict=True)
    return [(key, value.strip().strip("/").strip()) for key, value in pairs]


def _doubled(text: str) -> str:
    """A slash closes one part and opens the next: `/RTRN/MS03/EREF/x` needs it twice."""
    return re.sub(rf"/(?=(?:{'|'.join(_KEYS)})/)", "//", text)


def _counterparty(parts: list[tuple[str, str]], given: dict[str, str]) -> tuple[str, str]:
    """`CNTP` is account, BIC, name and city; elsewhere `NAME` and `IBAN` stand on their own."""
    if contact := given.get("CNTP"):
        account, _, rest = contact.partition("/")
        return (rest.split("/") + ["", ""])[1], account
    section = ""
    for key, value in parts:
        if key == "NAME" and section not in _ULTIMATE:
            return value, given.get("IBAN", "")
        section = key if not value or key in _ULTIMATE else section
    return "", given.get("IBAN", "")


def _ultimate(parts: list[tuple[str, str]]) -> str:
    section = ""
    for key, value in parts:
        if key in _ULTIMATE and value:
            return value.removeprefix("NAME/")
        if key == "NAME" and section in _ULTIMATE:
            return value
        section = key
    return ""


def _remittance(text: str) -> tuple[str, str, ReferenceKind]:
    """`USTD//text` and `STRD/CUR/9001...`, or the text without either."""
    if found := re.match(r"STRD/(CUR|ISO)/+([^/]*)", text):
        return "", *structured(found[1], found[2])
    told = re.sub(r"^USTD/+", "", text)
    return told, *announced(told)


def _columns(text: str) -> Details:
    pieces = _WORD.split(text)
    keys = (_WORDS[piece.lower()] for piece in pieces[1::2])
    given = dict(zip(keys, (p.strip() for p in pieces[2::2]), strict=True))
    told = given.get("text", "")
    if kenmerk := given.get("kenmerk"):
        found, kind = structured("CUR", kenmerk)
    else:
        found, kind = announced(told)
    return Details(
        name=name(given.get("name")),
        iban=iban((given.get("iban") or "").partition(" ")[0]),
        end_to_end_id=reference(given.get("reference")),
        mandate_id=reference(given.get("mandate")),
        reference=found,
        reference_kind=kind,
        text=words(told),
    )
