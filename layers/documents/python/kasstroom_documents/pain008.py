"""The direct debit file for the bank (pain.008), of what a collection holds and nothing else: the
same lines give the same bytes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from lxml import etree
from sepaxml import SepaDD
from text_unidecode import unidecode

from kasstroom.errors import Refused
from kasstroom.mandates.collection import Collection, CollectionLine
from kasstroom.time import AMSTERDAM

_NOT_SEPA = re.compile(r"[^A-Za-z0-9/\-?:().,'+ ]")
LONGEST_NAME, LONGEST_TEXT = 70, 140
_NEW_ACCOUNT = "SMNDA"
_KNOWN = {"&": "+", "@": "(at)", "_": "-", "€": "EUR"}


def pain_008(collection: Collection, lines: Sequence[CollectionLine]) -> bytes:
    """Refused when it does not fit the schema of ISO 20022; that is a mistake of ours."""
    made = _filled(collection, lines)
    root = etree.fromstring(made.export(validate=False))
    _named(root, collection)
    _with_new_accounts(root, lines)
    schema = _schema(collection.format)
    if not schema.validate(root):
        detail = f"The file does not fit {collection.format}: {schema.error_log[0].message}"
        raise Refused("invalid_payment_file", detail)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def sepa_text(text: str, longest: int) -> str:
    """In the characters every bank in SEPA reads (EPC217-08): `Müller & Söhne` is
    `Muller + Sohne`."""
    known = "".join(_KNOWN.get(character, character) for character in text)
    plain = _NOT_SEPA.sub(" ", unidecode(known))
    # A slash at the ends, or two together, mean something else to banks.
    return re.sub(r"/{2,}", "/", " ".join(plain.split())).strip("/ ")[:longest].strip("/ ")


def remittance(invoices: Sequence[str]) -> str:
    """Whole numbers only, and three dots when there are more."""
    text = sepa_text(", ".join(invoices), 10_000)
    if len(text) <= LONGEST_TEXT:
        return text
    return text[: LONGEST_TEXT - 4].rpartition(", ")[0] + " ..."


def _filled(collection: Collection, lines: Sequence[CollectionLine]) -> SepaDD:
    creditor = collection.creditor
    assert creditor
    config = {
        "name": sepa_text(creditor.name, LONGEST_NAME),
        "IBAN": creditor.iban,
        "batch": True,
        "creditor_id": creditor.creditor_id,
        "currency": collection.file_total.currency,
        "instrument": collection.scheme.value,
    }
    if creditor.bic:
        config["BIC"] = creditor.bic
    made = SepaDD(config, schema=collection.format.value, clean=False)
    for line in lines:
        made.add_payment(_payment(line))
    return made


def _payment(line: CollectionLine) -> dict[str, object]:
    assert line.sequence and line.signed_on
    return {
        "name": sepa_text(line.holder, LONGEST_NAME) or "NOTPROVIDED",
        "IBAN": line.iban,
        "amount": line.amount.minor,
        "type": line.sequence.value,
        "collection_date": line.collect_on,
        "mandate_id": line.mandate_reference,
        "mandate_date": line.signed_on,
        "description": remittance(line.invoices),
        "endtoend_id": line.id,
    }


def _named(root: etree._Element, collection: Collection) -> None:
    """Our own ids and moment in the place of random ones: the bank's statement names a batch by
    them, and a second export is the same file."""
    assert collection.exported_at
    _text_of(root, "GrpHdr/MsgId").text = collection.message_id
    moment = collection.exported_at.astimezone(AMSTERDAM).strftime("%Y-%m-%dT%H:%M:%S")
    _text_of(root, "GrpHdr/CreDtTm").text = moment
    for batch in root.iterfind(".//{*}PmtInf"):
        sequence = batch.findtext("{*}PmtTpInf/{*}SeqTp")
        _text_of(batch, "PmtInfId").text = f"{collection.message_id}-{sequence}"


def _with_new_accounts(root: etree._Element, lines: Sequence[CollectionLine]) -> None:
    """Same Mandate, New Debtor Account (EPC130-08 and EPC131-08, 1.5.4): who changed accounts, at
    the same bank or to another one."""
    told = {line.id for line in lines if line.tells_account}
    for transaction in root.iterfind(".//{*}DrctDbtTxInf") if told else ():
        if transaction.findtext("{*}PmtId/{*}EndToEndId") in told:
            about = transaction.find("{*}DrctDbtTx/{*}MndtRltdInf")
            assert about is not None
            _below(about, "AmdmntInd").text = "true"
            account = _below(_below(about, "AmdmntInfDtls"), "OrgnlDbtrAcct")
            _below(_below(_below(account, "Id"), "Othr"), "Id").text = _NEW_ACCOUNT


def _below(parent: etree._Element, name: str) -> etree._Element:
    """A new element in the namespace of its parent."""
    return etree.SubElement(parent, etree.QName(parent, name))


def _text_of(element: etree._Element, path: str) -> etree._Element:
    found = element.find(".//" + "/".join(f"{{*}}{part}" for part in path.split("/")))
    assert found is not None
    return found


@cache
def _schema(name: str) -> etree.XMLSchema:
    """As sepaxml brings it; checked with lxml, which is at hand and fast."""
    content = files("sepaxml").joinpath("schemas", f"{name}.xsd").read_bytes()
    return etree.XMLSchema(etree.fromstring(content))
