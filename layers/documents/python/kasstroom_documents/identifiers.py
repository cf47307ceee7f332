"""Numbers others know the debtor by, in one spelling and in order of trust.

Schemes: ISO 6523 ICD / Peppol EAS code lists (0106 KvK, 0190 OIN, 9944 Dutch VAT, 0088 GLN).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kasstroom.debtors.model import Identifier, IdentifierScheme
from kasstroom_documents.text import clean

KVK = IdentifierScheme.KVK
VAT = IdentifierScheme.VAT
OIN = IdentifierScheme.OIN
GLN = IdentifierScheme.GLN
PEPPOL = IdentifierScheme.PEPPOL
OTHER = IdentifierScheme.OTHER

_TRUST = (KVK, OIN, VAT, GLN, PEPPOL, IdentifierScheme.ERP, OTHER)
_BY_CODE = {"0106": KVK, "0190": OIN, "9944": VAT, "0088": GLN}
_FORM = {
    KVK: re.compile(r"[0-9]{8}\Z"),
    OIN: re.compile(r"[0-9]{20}\Z"),
    VAT: re.compile(r"[A-Z]{2}[A-Z0-9+*]{2,14}\Z"),
    GLN: re.compile(r"[0-9]{13}\Z"),
}
_LONGEST = 100


def normalised(text: str | None) -> str:
    """Upper case without blanks and dots: `NL 1234.56.789.B01` is `NL123456789B01`."""
    return re.sub(r"[\s.]", "", clean(text)).upper()[:_LONGEST]


def coded(code: str | None, text: str | None, otherwise: IdentifierScheme) -> Identifier | None:
    """An identifier with its code-list scheme; `otherwise` keeps `code:value` for the rest.

    A value that cannot be what its scheme says (a KvK number of five digits) is kept as `other`,
    so that it never matches a debtor by mistake.
    """
    value, code = normalised(text), normalised(code)
    if not value:
        return None
    scheme = _BY_CODE.get(code)
    if scheme and (found := formed(scheme, value)):
        return found
    kept = OTHER if scheme or not code else otherwise
    return Identifier(kept, f"{code}:{value}"[:_LONGEST] if code else value)


def formed(scheme: IdentifierScheme, text: str | None) -> Identifier | None:
    """The identifier when the text has the form its scheme prescribes, else None."""
    value = normalised(text)
    return Identifier(scheme, value) if _FORM[scheme].match(value) else None


def by_trust(found: Iterable[Identifier | None]) -> tuple[Identifier, ...]:
    """Without doubles, most trusted first."""
    unique = dict.fromkeys(i for i in found if i is not None)
    return tuple(sorted(unique, key=lambda i: _TRUST.index(i.scheme)))
