"""Reason codes of a decision, with who may know them and who can do something about them.

The codes are neutral (facts of the trade, not of one provider); `BUYER_TEXT` is all a buyer ever
reads, so what only the merchant may know never leaks through a sentence.
"""

from __future__ import annotations

from dataclasses import dataclass

from kasstroom.credit.decision import Audience, Reason
from kasstroom.organisations.model import READ_AS, Language

MERCHANT, BUYER = Audience.MERCHANT, Audience.BUYER


@dataclass(frozen=True, slots=True)
class ReasonCode:
    audience: Audience
    fixable_by: str
    detail: str


CODES: dict[str, ReasonCode] = {
    "limit_exceeded": ReasonCode(
        MERCHANT, "merchant", "The amount is above what is left of the limit."
    ),
    "order_above_max": ReasonCode(
        BUYER, "buyer", "The order is above the largest amount one order may have."
    ),
    "order_below_min": ReasonCode(BUYER, "buyer", "The order is too small to pay later."),
    "in_arrears": ReasonCode(
        BUYER, "buyer", "There are invoices past their due date. Pay these first."
    ),
    "blocked": ReasonCode(MERCHANT, "merchant", "New credit for this debtor is on hold."),
    "not_identified": ReasonCode(BUYER, "buyer", "It is not clear who the buyer is."),
    "address_mismatch": ReasonCode(BUYER, "buyer", "The address is not the one we know."),
    "inconsistent_data": ReasonCode(BUYER, "buyer", "The data given contradict each other."),
    "insufficient_data": ReasonCode(
        MERCHANT, "merchant", "No credit limit was set for this debtor yet."
    ),
    "unsupported_country": ReasonCode(BUYER, "nobody", "Paying later is not offered there."),
    "unsupported_legal_form": ReasonCode(
        MERCHANT, "nobody", "Paying later is not offered to this legal form."
    ),
    "new_company": ReasonCode(MERCHANT, "nobody", "The company exists only a short time."),
    "insolvent_or_ceased": ReasonCode(
        MERCHANT, "nobody", "The company is insolvent or no longer trades."
    ),
    "adverse_information": ReasonCode(MERCHANT, "nobody", "There is adverse information."),
    "score_below_threshold": ReasonCode(
        MERCHANT, "nobody", "The score is below what the policy asks."
    ),
    "insured_cover_refused": ReasonCode(
        MERCHANT, "merchant", "The credit insurer does not cover this."
    ),
    "cover_expired": ReasonCode(
        MERCHANT, "merchant", "The insurer's cover stopped for new deliveries."
    ),
    "verification_failed": ReasonCode(BUYER, "buyer", "The check of the buyer's data failed."),
    "fraud_suspected": ReasonCode(MERCHANT, "nobody", "The order shows signs of fraud."),
    "consent_required": ReasonCode(BUYER, "buyer", "The buyer's consent is needed first."),
    "invalid_request": ReasonCode(MERCHANT, "merchant", "The request cannot be decided on."),
    "provider_unavailable": ReasonCode(
        MERCHANT, "merchant", "A source that the policy needs does not answer now."
    ),
    "policy_other": ReasonCode(MERCHANT, "merchant", "The policy says so."),
}

NEUTRAL = "neutral"
BUYER_TEXT: dict[str, dict[Language, str]] = {
    NEUTRAL: {
        Language.NL: "Betalen op rekening kan niet voor deze bestelling. Kies een andere manier.",
        Language.EN: "Paying on account is not possible for this order. Choose another way to pay.",
    },
    "contact": {
        Language.NL: "Neem over deze bestelling contact op met de verkoper.",
        Language.EN: "Please contact the seller about this order.",
    },
    "review": {
        Language.NL: "Een medewerker kijkt naar uw aanvraag. U hoeft nu niets te doen.",
        Language.EN: "A person will look at your request. You do not have to do anything now.",
    },
    "in_arrears": {
        Language.NL: "Er staan nog facturen open. Na betaling kunt u weer op rekening kopen.",
        Language.EN: "Some invoices are still open. Once they are paid, you can buy on account.",
    },
    "order_above_max": {
        Language.NL: "Deze bestelling is te groot om in één keer op rekening te betalen.",
        Language.EN: "This order is too large to pay on account at once.",
    },
    "order_below_min": {
        Language.NL: "Deze bestelling is te klein om op rekening te betalen.",
        Language.EN: "This order is too small to pay on account.",
    },
    "not_identified": {
        Language.NL: "Wij weten niet zeker wie u bent. Controleer uw naam en KvK-nummer.",
        Language.EN: "We are not sure who you are. Check your name and registration number.",
    },
    "address_mismatch": {
        Language.NL: "Dit adres kennen wij nog niet. Controleer postcode en huisnummer.",
        Language.EN: "We do not know this address yet. Check the postcode and house number.",
    },
    "inconsistent_data": {
        Language.NL: "De gegevens kloppen niet met elkaar. Controleer ze.",
        Language.EN: "The data do not agree with each other. Please check them.",
    },
    "unsupported_country": {
        Language.NL: "Betalen op rekening kan nog niet in uw land.",
        Language.EN: "Paying on account is not possible in your country yet.",
    },
    "verification_failed": {
        Language.NL: "Wij konden uw gegevens niet controleren. Kijk ze nog eens na.",
        Language.EN: "We could not check your data. Please look at them again.",
    },
    "consent_required": {
        Language.NL: "Wij hebben eerst uw toestemming nodig.",
        Language.EN: "We need your consent first.",
    },
}


def reason(code: str, *, rule: str = "", detail: str = "", fixable_by: str = "") -> Reason:
    """The reason of a code; a rule may tell its own `detail`, to the merchant only. It cannot
    make public what the code keeps for the merchant."""
    known = CODES[code]
    return Reason(
        code, known.audience, fixable_by or known.fixable_by, detail or known.detail, rule
    )


def buyer_text(codes: tuple[str, ...], language: Language, *, review: bool) -> str:
    """What the buyer may read: the first reason meant for them, or a neutral sentence."""
    for code in codes:
        if CODES[code].audience is BUYER and code in BUYER_TEXT:
            return told(code, language)
    return told("review" if review else NEUTRAL, language)


def told(text: str, language: Language) -> str:
    """A text of `BUYER_TEXT`, in the language or in what its readers read as well."""
    return BUYER_TEXT[text][READ_AS.get(language, language)]
