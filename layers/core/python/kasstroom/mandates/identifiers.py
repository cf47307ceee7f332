"""The names direct debit works with, and whether they can be right: IBANs, mandates, creditors."""

from __future__ import annotations

import re

from kasstroom.bank.accounts import is_iban

SEPA_IBANS = {
    "AD": 24, "AL": 28, "AT": 20, "BE": 16, "BG": 22, "CH": 21, "CY": 28, "CZ": 24, "DE": 22,
    "DK": 18, "EE": 20, "ES": 24, "FI": 18, "FR": 27, "GB": 22, "GI": 23, "GR": 27, "HR": 21,
    "HU": 28, "IE": 22, "IS": 26, "IT": 27, "LI": 21, "LT": 20, "LU": 20, "LV": 21, "MC": 27,
    "MD": 24, "ME": 22, "MK": 19, "MT": 31, "NL": 18, "NO": 15, "PL": 28, "PT": 25, "RO": 24,
    "RS": 22, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "VA": 22,
}  # fmt: skip
"""How long an IBAN of each SEPA country is (SWIFT IBAN registry): only accounts of these
countries can be debited."""
_CREDITOR = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{3}[A-Z0-9]{1,28}\Z")
_DUTCH_CREDITOR = re.compile(r"NL[0-9]{2}ZZZ[0-9]{12}\Z")
"""A KvK number and four digits of the branch or department."""
_MANDATE = re.compile(r"[A-Za-z0-9?:().,'+\-][A-Za-z0-9/?:().,'+\-]{0,34}\Z")
_BIC = re.compile(r"[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?\Z")


def bare(text: str) -> str:
    """Without the blanks people write in numbers, in capitals."""
    return "".join(text.split()).upper()


def is_sepa_iban(text: str) -> bool:
    """`text` is `bare`: right check digits (ISO 13616), of a SEPA country, as long as its IBANs."""
    return SEPA_IBANS.get(text[:2]) == len(text) and is_iban(text)


def is_creditor_id(text: str) -> bool:
    """`text` is `bare`: the check digits are right (ISO 7064, modulo 97 over the national part
    and the country). The three characters in the middle are the creditor's own and do not count."""
    if not _CREDITOR.match(text) or (text[:2] == "NL" and not _DUTCH_CREDITOR.match(text)):
        return False
    turned = text[7:] + text[:4]
    return int("".join(str(int(c, 36)) for c in turned)) % 97 == 1


def is_mandate_reference(text: str) -> bool:
    """At most 35 characters that every bank in SEPA can read (EPC217-08), no blanks; no slash
    first or last, nor two in a row."""
    return bool(_MANDATE.match(text)) and not text.endswith("/") and "//" not in text


def is_bic(text: str) -> bool:
    return bool(_BIC.match(text))
