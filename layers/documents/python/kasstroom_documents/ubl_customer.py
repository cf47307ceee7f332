"""The debtor of a UBL document: its AccountingCustomerParty.

A buyer without any number (no KvK, VAT, GLN, Peppol address, not even a customer number) is taken
for a consumer: the rules that protect consumers then apply, and a wrong guess costs a fortnight,
where the opposite mistake would cost the right to collection costs (art. 6:96 (6) BW).
"""

from __future__ import annotations

from lxml import etree

from kasstroom.debtors.model import Address, Contact, DebtorKind, Identifier
from kasstroom.errors import Refused
from kasstroom.imports.model import ParsedDebtor
from kasstroom_documents.addresses import address, country_code
from kasstroom_documents.contacts import email, phone
from kasstroom_documents.identifiers import OTHER, PEPPOL, VAT, by_trust, coded, formed
from kasstroom_documents.text import MAX_NAME, bounded, clean
from kasstroom_documents.ubl_paths import first_text, nodes

# EAS code for an e-mail address: a way to reach the buyer, not a number it is known by.
_MAIL_SCHEME = "EM"


def customer(root: etree._Element) -> ParsedDebtor:
    """Name, address, contact and identifiers; `Refused` when the buyer has no name."""
    parties = nodes(root, "cac:AccountingCustomerParty/cac:Party")
    if not parties:
        raise Refused("missing_element", "cac:AccountingCustomerParty/cac:Party is missing.")
    party = parties[0]
    place = _address(party)
    numbers = _identifiers(party)
    return ParsedDebtor(
        name=_name(party),
        kind=DebtorKind.COMPANY if numbers else DebtorKind.CONSUMER,
        address=place,
        contact=_contact(party, place.country),
        identifiers=numbers,
    )


def _name(party: etree._Element) -> str:
    for path in ("cac:PartyLegalEntity/cbc:RegistrationName", "cac:PartyName/cbc:Name"):
        if name := bounded(first_text(party, path), MAX_NAME, path):
            return name
    raise Refused(
        "missing_element",
        "The customer has no name: fill in cac:AccountingCustomerParty/cac:Party/"
        "cac:PartyLegalEntity/cbc:RegistrationName.",
    )


def _identifiers(party: etree._Element) -> tuple[Identifier, ...]:
    endpoints = (
        coded(node.get("schemeID"), node.text, PEPPOL)
        for node in nodes(party, "cbc:EndpointID")
        if node.get("schemeID") != _MAIL_SCHEME
    )
    numbers = (
        coded(node.get("schemeID"), node.text, OTHER)
        for path in ("cac:PartyLegalEntity/cbc:CompanyID", "cac:PartyIdentification/cbc:ID")
        for node in nodes(party, path)
    )
    return by_trust((*numbers, *_vat_numbers(party), *endpoints))


def _vat_numbers(party: etree._Element) -> list[Identifier | None]:
    is_vat = "normalize-space(cac:TaxScheme/cbc:ID) = 'VAT'"
    schemes = nodes(party, f"cac:PartyTaxScheme[{is_vat}]/cbc:CompanyID")
    return [formed(VAT, node.text) or coded("VAT", node.text, OTHER) for node in schemes]


def _address(party: etree._Element) -> Address:
    def at(path: str) -> str:
        return first_text(party, f"cac:PostalAddress/{path}")

    return address(
        street=at("cbc:StreetName") or at("cac:AddressLine/cbc:Line"),
        house_number=at("cbc:BuildingNumber"),
        postcode=at("cbc:PostalZone"),
        city=at("cbc:CityName"),
        country=country_code(at("cac:Country/cbc:IdentificationCode")) or "NL",
        addition=at("cbc:AdditionalStreetName"),
    )


def _contact(party: etree._Element, country: str) -> Contact:
    mail = email(first_text(party, "cac:Contact/cbc:ElectronicMail"))
    endpoint = first_text(party, f"cbc:EndpointID[@schemeID = '{_MAIL_SCHEME}']")
    number = clean(first_text(party, "cac:Contact/cbc:Telephone"))
    return Contact(email=mail or email(endpoint), phone=phone(number, country))
