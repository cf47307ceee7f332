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
    """`name` is a pattern over the counterparty's name; `reference` one over the text, of what
    names a payout. Without it, a word for paying out still says what the line is."""

    code: str
    name: str
    reference: str = ""


PROVIDERS = (
    Provider("mollie", r"\bmollie\b", r"\b[0-9]{4,10}\.[0-9]{4}\.[0-9]{2}\b"),
    Provider("stripe", r"\bstripe\b", r"\bpo_[A-Za-z0-9]+|\bSTRIPE(?: [A-Z0-9]{8})?\b"),
    Provider("adyen", r"\badyen\b", r"\bTX[0-9]+XT\b"),
    Provider("buckaroo", r"\bbuckaroo\b"),
    Provider("multisafepay", r"\bmulti ?safepay\b"),
    Provider("pay.nl", r"\bpay\.(nl)?(?=\W|$)", r"\bCL-[0-9]{4}-[0-9]{4}"),
    Provider("paypal", r"\bpaypal\b", r"\bPP[.-]?[0-9]{4}"),
    Provider("klarna", r"\bklarna\b"),
    Provider("worldline", r"\bworldline\b"),
)
TELL_US = frozenset({"mollie", "stripe"})
"""Those we work with (`kasstroom_psp`): their payments are booked when they are made."""
WITHOUT_WORDS = frozenset({"mollie"})
"""Whose payouts always carry their reference: another line of theirs is something else."""


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
            return _told(provider, text)
    return None


def _told(provider: Provider, text: str) -> Payout | None:
    """The reference, wherever it stands, before a word that stands anywhere."""
    words = "" if provider.code in WITHOUT_WORDS else _WORDS
    for pattern in filter(None, (provider.reference, words)):
        if found := re.search(pattern, text, re.IGNORECASE):
            return Payout(provider.code, found[0])
    return None
