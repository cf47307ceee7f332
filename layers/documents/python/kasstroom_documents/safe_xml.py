"""XML from strangers: no document type, no entities, no network, no giants."""

from __future__ import annotations

from lxml import etree

from kasstroom.errors import Refused
from kasstroom_documents.limits import Limits, size_text
from kasstroom_documents.text import shown

_OPTIONS = {
    "resolve_entities": False,
    "no_network": True,
    "huge_tree": False,
    "load_dtd": False,
    "dtd_validation": False,
    "remove_comments": True,
    "remove_pis": True,
}


class _PrologRead(Exception):
    """The root element starts: no document type can follow."""


class _Prolog:
    """Looks at a document as far as its root element."""

    def doctype(self, name: str, public_id: str | None, system_url: str | None) -> None:
        raise Refused(
            "doctype_not_allowed",
            "The document holds a DOCTYPE, which an e-invoice never needs; "
            "export it again without one.",
        )

    def start(self, tag: str, attributes: object, namespaces: object = None) -> None:
        raise _PrologRead

    def end(self, tag: str) -> None:
        raise _PrologRead

    def close(self) -> None:
        return None


def parse(content: bytes, limits: Limits) -> etree._Element:
    """The root element; `Refused` when it is too large, not well-formed or has a DOCTYPE."""
    if len(content) > limits.max_document_bytes:
        raise Refused(
            "document_too_large",
            f"The document has {size_text(len(content))}; "
            f"one invoice may have {size_text(limits.max_document_bytes)}.",
        )
    try:
        # Entities are declared in the DOCTYPE only, so none is ever expanded: parsing stops there.
        _stop_at_root(content)
        return etree.fromstring(content, etree.XMLParser(**_OPTIONS))
    except etree.XMLSyntaxError as error:
        raise _malformed(error) from None


def _stop_at_root(content: bytes) -> None:
    try:
        etree.fromstring(content, etree.XMLParser(target=_Prolog(), **_OPTIONS))
    except _PrologRead:
        return


def _malformed(error: etree.XMLSyntaxError) -> Refused:
    line, column = error.position if error.position and error.position[0] else (1, 1)
    reason = shown((error.msg or "no element found").split(", line ")[0], 150)
    return Refused(
        "malformed_xml",
        f"The XML breaks off or is damaged at line {line}, column {column}: {reason}. "
        "Export the document again.",
    )
