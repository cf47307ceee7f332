"""How a fourteen-day letter says what the law asks, in the four languages of the house.

The Dutch terms are those of HR 25-11-2016, ECLI:NL:HR:2016:2704; no court judged a translation, so
the other three say the same words and nothing else. Patterns are for text of any case; one space in
them is any white space.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kasstroom.errors import Refused

TERM_TEXT: Final = {
    "nl": "binnen veertien dagen vanaf de dag nadat deze brief bij u is bezorgd",
    "en": "within fourteen days from the day after this letter was delivered to you",
    "de": "innerhalb von vierzehn Tagen ab dem Tag, nachdem dieser Brief Ihnen zugestellt wurde",
    "fy": "binnen fjirtjin dagen fan de dei ôf nei't dizze brief by jo besoarge is",
}
"""The term, to be put in a letter as it stands; for an e-mail the second word changes."""


@dataclass(frozen=True, slots=True)
class Forms:
    """`terms` are accepted. `within` comes before a number of `days` that is a term to pay in, and
    `from_letter` behind it when it counts from the wrong day. `costs` name collection costs, a `no`
    before them denies them; `fees` are costs the law does not know; `pay` and `at_once` together
    leave no term. `vat` with `not_deducted` is the declaration on VAT; `threat` is what only a
    court can order."""

    terms: tuple[str, ...]
    within: str
    days: str
    from_letter: str
    costs: str
    no: str
    fees: str
    pay: str
    at_once: str
    vat: str
    not_deducted: str
    threat: str
    months: tuple[str, ...]

    def found(self, pattern: str, text: str) -> list[re.Match[str]]:
        return list(compiled(pattern).finditer(text))


def compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace(" ", r"\s+"), re.IGNORECASE)


def forms_of(language: str) -> Forms:
    if language not in FORMS:
        known = ", ".join(FORMS)
        raise Refused("unknown_language", f"A letter can be checked in {known}.", "/language")
    return FORMS[language]


_LETTER_NL = r"(?:deze brief|deze e-?mail|dit e-?mailbericht|dit bericht)"
_ARRIVED_NL = rf"nadat {_LETTER_NL} (?:bij u is bezorgd|bij u bezorgd is)"
_LETTER_EN = r"(?:this letter|this e-?mail|this message)"
_LETTER_DE = r"(?:dieser Brief|diese E-?Mail|diese Nachricht)"
_LETTER_FY = r"(?:dizze brief|dizze e-?mail|dit berjocht)"

FORMS: Final = {
    "nl": Forms(
        terms=(
            rf"binnen (?:veertien|14) dagen vanaf de dag {_ARRIVED_NL}",
            rf"binnen (?:vijftien|15) dagen {_ARRIVED_NL}",
        ),
        within=r"\b(?:binnen|uiterlijk|nog|over|termijn van|krijgt u|heeft u|hebt u)\b",
        days=r"(?:werk|kalender)?(?:dag(?:en)?|we(?:ek|ken)|uur|uren|maand(?:en)?)\b",
        from_letter=r"\b(?:heden|vandaag|dagtekening|verzending|ontvangst|datum|dato)\b",
        costs=r"\w*kosten\b",
        no=r"\b(?:geen|zonder)\b",
        fees=r"\b(?:administratie|aanmanings?|herinnerings?|dossier|registratie)kosten\b",
        pay=r"\b(?:betaal\w*|betal\w+|voldoe\w*|maak\w*|overmaken)\b",
        at_once=r"\b(?:onmiddellijk|per omgaande|per direct|terstond|ogenblikkelijk)\b",
        vat=r"\b(?:btw|omzetbelasting)\b",
        not_deducted=r"\bniet\b[^.]{0,60}\b(?:verreken\w*|aftrek\w*)|\bniet af ?trek\w*",
        threat=r"\b(?:loon)?beslag\b|\binboedel\b|\bfaillissement\b|\bdeurwaarder\b",
        months=(
            "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus",
            "september", "oktober", "november", "december",
        ),
    ),
    "en": Forms(
        terms=(
            rf"within (?:fourteen|14) days from the day after {_LETTER_EN} was delivered to you",
            rf"within (?:fifteen|15) days after {_LETTER_EN} was delivered to you",
        ),
        within=r"\b(?:within|in|have|another|no later than|period of|term of)\b",
        days=r"(?:working |calendar |business )?(?:days?|weeks?|hours?|months?)\b",
        from_letter=r"\b(?:today|now|date|dispatch|sending|receipt|posting)\b",
        costs=r"\b(?:costs?|charges?)\b",
        no=r"\b(?:no|without|not [^.,;€\d]{0,20}any)\b",
        fees=r"\b(?:administrati\w+|reminder|late|handling) (?:fees?|costs?|charges?)\b",
        pay=r"\b(?:pay|paid|payment|transfer|settle)\b",
        at_once=r"\b(?:immediately|at once|forthwith|without delay|straight away)\b",
        vat=r"\bVAT\b",
        not_deducted=r"\b(?:can)?not\b[^.]{0,60}\b(?:deduct\w*|set off|reclaim|recover)",
        threat=r"\b(?:seiz\w+|attachment|garnish\w*|bailiff|bankrupt\w*)\b",
        months=(
            "January", "February", "March", "April", "May", "June", "July", "August",
            "September", "October", "November", "December",
        ),
    ),
    "de": Forms(
        terms=(
            r"innerhalb von (?:vierzehn|14) Tagen ab dem Tag, nachdem "
            rf"{_LETTER_DE} (?:Ihnen|bei Ihnen) zugestellt wurde",
            rf"innerhalb von (?:fünfzehn|15) Tagen, nachdem {_LETTER_DE} (?:Ihnen|bei Ihnen)"
            r" zugestellt wurde",
        ),
        within=r"\b(?:innerhalb|binnen|in|noch|spätestens|Frist von)\b",
        days=r"(?:Werk|Kalender|Arbeits)?(?:tag(?:en|e)?|wochen?|stunden?|monat(?:en|e)?)\b",
        from_letter=r"\b(?:heute|Datum|Versand|Absendung|Erhalt|Zugang)\b",
        costs=r"\w*kosten\b",
        no=r"\b(?:keine|ohne)\b",
        fees=r"\b(?:Mahn|Bearbeitungs|Verwaltungs|Inkasso)gebühr(?:en)?\b|\bMahnkosten\b",
        pay=r"\b(?:zahl\w*|bezahl\w*|überweis\w*|begleich\w*)\b",
        at_once=r"\b(?:sofort|umgehend|unverzüglich)\b",
        vat=r"\b(?:Umsatzsteuer|Mehrwertsteuer|MwSt|USt)\b",
        not_deducted=r"\bnicht\b[^.]{0,60}\b(?:abzieh\w*|abgezogen|verrechn\w*)\b",
        threat=r"\b(?:Pfändung\w*|pfänden|Gerichtsvollzieher\w*|Insolvenz\w*)\b",
        months=(
            "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August",
            "September", "Oktober", "November", "Dezember",
        ),
    ),
    "fy": Forms(
        terms=(
            rf"binnen (?:fjirtjin|14) dagen fan de dei ôf nei['’]t {_LETTER_FY} by jo besoarge is",
            rf"binnen (?:fyftjin|15) dagen nei['’]t {_LETTER_FY} by jo besoarge is",
        ),
        within=r"\b(?:binnen|noch|oer|uterlik|termyn fan|hawwe jo)\b",
        days=r"(?:wurk|kalinder)?(?:dei|dagen|wike(?:n)?|oere(?:n)?|moanne(?:n)?)\b",
        from_letter=r"\b(?:hjoed|datum|ferstjoering|ûntfangst)\b",
        costs=r"\w*kosten\b",
        no=r"\b(?:gjin|sûnder)\b",
        fees=r"\b(?:administraasje|oanmanings?|herinnerings?)kosten\b",
        pay=r"\b(?:betel\w*|oermeitsje)\b",
        at_once=r"\b(?:fuort|daliks|daalks|fuortendaliks)\b",
        vat=r"\bbtw\b",
        not_deducted=r"\bnet\b[^.]{0,60}\b(?:ferrekken\w*|ôflûk\w*|ôftrekk\w*)",
        threat=r"\b(?:lean)?beslach\b|\bfallisemint\b|\bdoarwarder\b",
        months=(
            "jannewaris", "febrewaris", "maart", "april", "maaie", "juny", "july", "augustus",
            "septimber", "oktober", "novimber", "desimber",
        ),
    ),
}  # fmt: skip
NUMBER_WORDS: Final = (
    "een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien|veertien|vijftien"
    "|twintig|eenentwintig|dertig|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    "|thirteen|fourteen|fifteen|twenty|twenty-one|thirty|einer?|eines|zwei|drei|fünf|sechs|sieben"
    "|neun|zehn|zwölf|dreizehn|vierzehn|fünfzehn|zwanzig|dreißig|ien|trije|fjouwer|fiif|seis|sân"
    "|njoggen|tsien|alve|tolve|trettjin|fjirtjin|fyftjin|tweintich|tritich"
)
