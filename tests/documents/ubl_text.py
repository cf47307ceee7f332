"""A small valid UBL document for the tests, any part of it replaced."""

from __future__ import annotations

UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
CUSTOMER = """<cbc:EndpointID schemeID="0106">99000011</cbc:EndpointID>
<cac:PartyName><cbc:Name>Daniëls</cbc:Name></cac:PartyName>
<cac:PostalAddress><cbc:StreetName>Hoofdstraat 25-1a</cbc:StreetName>
<cbc:CityName>Haarlem</cbc:CityName><cbc:PostalZone>2011dm</cbc:PostalZone>
<cac:Country><cbc:IdentificationCode>NL</cbc:IdentificationCode></cac:Country></cac:PostalAddress>
<cac:PartyLegalEntity><cbc:RegistrationName>Daniëls B.V.</cbc:RegistrationName>
<cbc:CompanyID schemeID="0106">99000011</cbc:CompanyID></cac:PartyLegalEntity>"""


def document(
    root: str = "Invoice",
    head: str = "<cbc:ID>F-1</cbc:ID><cbc:IssueDate>2026-08-01</cbc:IssueDate>"
    "<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>",
    more: str = "",
    customer: str = CUSTOMER,
    means: str = "",
    payable: str = '<cbc:PayableAmount currencyID="EUR">412.30</cbc:PayableAmount>',
    prolog: str = '<?xml version="1.0" encoding="UTF-8"?>',
    namespace: str = "",
) -> bytes:
    """UTF-8 bytes of an Invoice or CreditNote."""
    return f"""{prolog}
<{root} xmlns="{namespace or f"{UBL}{root}-2"}" xmlns:cac="{UBL}CommonAggregateComponents-2"
 xmlns:cbc="{UBL}CommonBasicComponents-2">{head}{more}
<cac:AccountingCustomerParty><cac:Party>{customer}</cac:Party></cac:AccountingCustomerParty>
{means}<cac:LegalMonetaryTotal>{payable}</cac:LegalMonetaryTotal></{root}>""".encode()


def payable(amount: str, currency: str = "EUR") -> str:
    return f'<cbc:PayableAmount currencyID="{currency}">{amount}</cbc:PayableAmount>'
