"""The sentences an explanation is made of, by what they are said of: Dutch with "u" and English,
level B1."""

from __future__ import annotations

from kasstroom.credit.decision import Outcome
from kasstroom.credit.fact_views import Words
from kasstroom.credit.reviews import ReviewState

HEAD = {
    Outcome.APPROVED: Words(
        "U kunt uw bestelling van {asked} op rekening betalen.",
        "You can pay your order of {asked} on account.",
    ),
    Outcome.APPROVED_PARTIAL: Words(
        "U kunt {approved} van uw bestelling op rekening betalen.",
        "You can pay {approved} of your order on account.",
    ),
    Outcome.APPROVED_WITH_CONDITIONS: Words(
        "U kunt uw bestelling van {asked} op rekening betalen als aan een voorwaarde is voldaan.",
        "You can pay your order of {asked} on account once a condition has been met.",
    ),
    Outcome.REFER: Words(
        "De computer heeft nog niet beslist over uw bestelling van {asked}. Een medewerker kijkt"
        " ernaar.",
        "The computer has not decided on your order of {asked} yet. A person will look at it.",
    ),
    Outcome.DECLINED: Words(
        "U kunt uw bestelling van {asked} nu niet op rekening betalen.",
        "You cannot pay your order of {asked} on account now.",
    ),
}
REVIEWED = {
    ReviewState.APPROVED: Words(
        "Een medewerker heeft ernaar gekeken. U kunt {approved} op rekening betalen.",
        "A person has looked at it. You can pay {approved} on account.",
    ),
    ReviewState.DECLINED: Words(
        "Een medewerker heeft ernaar gekeken. U kunt uw bestelling van {asked} niet op rekening"
        " betalen.",
        "A person has looked at it. You cannot pay your order of {asked} on account.",
    ),
}
PERSON: dict[str, Words] = {
    "limit_exceeded": Words(
        "Het bedrag is hoger dan wat u nu nog op rekening kunt kopen.",
        "The amount is above what you can still buy on account.",
    ),
    "in_arrears": Words(
        "Er staat nog {overdue} open waarvan de betaaldatum voorbij is.",
        "An amount of {overdue} is still open after its due date.",
    ),
    "blocked": Words(
        "Kopen op rekening is voor u nu stopgezet.", "Buying on account is stopped for you now."
    ),
    "insufficient_data": Words(
        "Wij hebben voor u nog geen bedrag bepaald dat u op rekening kunt kopen.",
        "We have not yet set an amount that you can buy on account.",
    ),
    "unsupported_legal_form": Words(
        "Betalen op rekening kan niet bij de rechtsvorm van uw bedrijf.",
        "Paying on account is not possible for the legal form of your company.",
    ),
    "new_company": Words(
        "Uw bedrijf bestaat nog maar kort.", "Your company exists only a short time."
    ),
    "insolvent_or_ceased": Words(
        "U staat in een register van faillissementen of schuldregelingen.",
        "You are listed in a register of insolvencies.",
    ),
    "score_below_threshold": Words(
        "De score die wij van u hebben, is lager dan wij vragen.",
        "The score we have for you is below what we ask.",
    ),
    "cover_expired": Words(
        "Onze kredietverzekering dekt nieuwe leveringen aan u nu niet.",
        "Our credit insurance does not cover new deliveries to you now.",
    ),
    "insured_cover_refused": Words(
        "Onze kredietverzekering dekt deze levering niet.",
        "Our credit insurance does not cover this delivery.",
    ),
    "provider_unavailable": Words(
        "Wij konden uw gegevens nu niet controleren, door een storing.",
        "We could not check your data now because of a failure.",
    ),
}
"""What a natural person may know though the code is for the merchant: the grounds really used (art.
15(1)(h) GDPR). Fraud signs and lists are left to a person."""
CONSUMER_CREDIT = Words(
    "Volgens de wet zou dit een consumentenkrediet zijn. Dat bieden wij niet aan.",
    "By law this would be consumer credit. We do not offer that.",
)
CONSUMER_CREDIT_LOOKED_AT = Words(
    "Volgens de wet kan dit een consumentenkrediet zijn. Een medewerker kijkt daarnaar.",
    "By law this may be consumer credit. A person will look at that.",
)
OTHER = Words(
    "Een van onze regels voor betalen op rekening vraagt om een extra controle.",
    "One of our rules for paying on account asks for an extra check.",
)
WOULD: dict[str, Words] = {
    "smaller_order": Words(
        "Een bestelling van {first} kan wel op rekening.",
        "An order of {first} would be possible on account.",
    ),
    "pay_overdue": Words(
        "Als u de {first} betaalt die te laat is, kan deze bestelling wel op rekening.",
        "If you pay the {first} that is overdue, this order would be possible on account.",
    ),
    "pay_overdue_smaller_order": Words(
        "Als u de {first} betaalt die te laat is, kan een bestelling van {second} wel op rekening.",
        "If you pay the {first} that is overdue, an order of {second} is possible on account.",
    ),
    "known_address": Words(
        "Met het factuuradres dat wij van u kennen, kan deze bestelling wel op rekening.",
        "With the billing address we know of you, this order would be possible on account.",
    ),
    "shorter_term": Words(
        "Als u binnen {days} dagen betaalt, kan deze bestelling wel op rekening.",
        "If you pay within {days} days, this order would be possible on account.",
    ),
    "hold_released": Words(
        "Zonder de stop op nieuw krediet kan deze bestelling wel op rekening.",
        "Without the stop on new credit, this order would be possible on account.",
    ),
    "higher_limit": Words(
        "Met een limiet van {first} kan deze bestelling wel op rekening.",
        "With a limit of {first}, this order would be possible on account.",
    ),
}
CONDITIONS = Words(" Daar hoort een voorwaarde bij.", " A condition comes with it.")
RIGHTS = Words(
    "U kunt vragen of een medewerker naar dit besluit kijkt, en zeggen waarom u het er niet mee"
    " eens bent.",
    "You can ask a person to look at this decision, and say why you do not agree with it.",
)
