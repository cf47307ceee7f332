"""Short paths into a UBL document, with the prefixes the standard itself uses."""

from __future__ import annotations

from lxml import etree

from kasstroom.errors import Refused

_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
_PREFIXES = {
    "cac": f"{_UBL}CommonAggregateComponents-2",
    "cbc": f"{_UBL}CommonBasicComponents-2",
}


def nodes(at: etree._Element, path: str) -> list[etree._Element]:
    return at.xpath(path, namespaces=_PREFIXES)


def texts(at: etree._Element, path: str) -> list[str]:
    """What stands at the path, in document order, without the empty ones."""
    found = (n if isinstance(n, str) else n.text or "" for n in nodes(at, path))
    return [text for text in found if text.strip()]


def first_text(at: etree._Element, path: str) -> str:
    """The first that is not empty, else an empty text."""
    return next(iter(texts(at, path)), "")


def required(at: etree._Element, path: str) -> str:
    """The text at the path; `Refused` naming the element when there is none."""
    if text := first_text(at, path):
        return text
    raise Refused("missing_element", f"{path} is missing or empty; fill it in at the source.")
