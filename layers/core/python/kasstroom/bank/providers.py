"""Payment providers that pay out what payers paid them: not a debtor's money a second time.

Mollie's reference is documented (settlement `reference`, such as `1234567.2404.03`); of the others
the words their statements carry are known, not a grammar.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_WORDS = r"payout|pay-?out|uitbetaling|settlement|afrekening|clearing|batch|derdengelden"


@dataclass(frozen=True, slots=True)
class Provider:
    """`name` and `settlement` are patterns over the counterparty's name and over the text."""

    code: str
    name: str
    settlement: str


PROVIDERS = (
    Provider("mollie", r"\bmollie\b", r"\b[0-9]{4,10}\.[0-9]{4}\.[0-9]{2}\b"),
    Provider("stripe", r"\bstripe\b", rf"\bpo_[A-Za-z0-9]+|\bSTRIPE\b|{_WORDS}"),
    Provider("adyen", r"\badyen\b", rf"\bTX[0-9]+XT\b|{_WORDS}"),
    Provider("buckaroo", r"\bbuckaroo\b", _WORDS),
    Provider("multisafepay", r"\bmulti ?safepay\b", _WORDS),
    Provider("pay.nl", r"\bpay\.(nl)?(?=\W|$)", rf"\bCL-[0-9]{{4}}-[0-9]{{4}}|{_WORDS}"),
    Provider("paypal", r"\bpaypal\b", rf"\bPP[.-]?[0-9]{{4}}|{_WORDS}"),
    Provider("klarna", r"\bklarna\b", _WORDS),
    Provider("worldline", r"\bworldline\b", _WORDS),
)


@dataclass(frozen=True, slots=True)
class Payout:
    """Who paid out, and the reference or word that says so."""

    provider: str
    settlement: str


def payout_of(name: str, text: str) -> Payout | None:
    """None unless both the name and the text are a provider's: one that pays an invoice of ours is
    a debtor like any other."""
    for provider in PROVIDERS:
        if re.search(provider.name, name, re.IGNORECASE):
            found = re.search(provider.settlement, text, re.IGNORECASE)
            return Payout(provider.code, found[0]) if found else None
    return None
