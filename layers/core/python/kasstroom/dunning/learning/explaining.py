"""Why a way was chosen, and what may be said of the gain, in sentences from codes."""

from __future__ import annotations

from collections.abc import Iterable

from kasstroom.dunning.learning.uplift import Uplift
from kasstroom.organisations.model import READ_AS, Language

SENTENCES: dict[str, dict[Language, str]] = {
    "off": {
        Language.NL: "Leren staat uit: de volgorde van de strategie geldt.",
        Language.EN: "Learning is off: the strategy's own order holds.",
    },
    "statutory_step": {
        Language.NL: "Bij deze wettelijke stap ligt de weg vast.",
        Language.EN: "The way of this statutory step is fixed.",
    },
    "holdout": {
        Language.NL: "Deze debiteur hoort bij de vergelijkingsgroep: vaste volgorde en vast uur.",
        Language.EN: "This debtor is in the comparison group: fixed order and hour.",
    },
    "only_way": {
        Language.NL: "Er is maar één weg naar deze debiteur.",
        Language.EN: "There is only one way to this debtor.",
    },
    "explored": {
        Language.NL: "Deze weg wordt geprobeerd om te leren; een andere leek iets beter.",
        Language.EN: "This way is tried in order to learn; another looked slightly better.",
    },
    "own_history": {
        Language.NL: "Hierbij telt wat eerder bij deze debiteur op een bericht volgde.",
        Language.EN: "What followed earlier messages to this debtor counts in this.",
    },
    "segment_scores": {
        Language.NL: "Hierbij telt wat bij vergelijkbare debiteuren op een bericht volgde.",
        Language.EN: "What followed messages to similar debtors counts in this.",
    },
    "strategy_order": {
        Language.NL: "Er is nog weinig bekend: de volgorde van de strategie weegt het zwaarst.",
        Language.EN: "Little is known yet: the strategy's order weighs most.",
    },
    "dearer_not_worth_it": {
        Language.NL: "Een duurder kanaal levert naar verwachting te weinig meer op.",
        Language.EN: "A dearer channel is not expected to bring enough more.",
    },
}
MEASURED: dict[str, dict[Language, str]] = {
    "too_few": {
        Language.NL: "Er zijn nog te weinig debiteuren en betalingen geteld om iets te zeggen.",
        Language.EN: "Too few debtors and payments have been counted yet to say anything.",
    },
    "no_difference_seen": {
        Language.NL: "Er is nog geen verschil te zien ({range}).",
        Language.EN: "No difference can be seen yet ({range}).",
    },
    "better": {
        Language.NL: "Na een gekozen bericht wordt vaker op tijd betaald ({range}).",
        Language.EN: "A chosen message is followed by a payment more often ({range}).",
    },
    "worse": {
        Language.NL: "Na een gekozen bericht wordt minder vaak betaald ({range}): zet leren uit.",
        Language.EN: "A payment follows a chosen message less often ({range}): switch it off.",
    },
}
_RANGE = {
    Language.NL: "{low} tot {high} procentpunt, 95% zeker",
    Language.EN: "{low} to {high} percentage points, 95% confidence",
}


def sentences(codes: Iterable[str], language: Language) -> tuple[str, ...]:
    read = READ_AS.get(language, language)
    return tuple(SENTENCES[code][read] for code in codes)


def said_of(found: Uplift, language: Language) -> str:
    """What the figures allow, and no more."""
    read = READ_AS.get(language, language)
    if found.low is None or found.high is None:
        return MEASURED[found.code][read]
    low, high = (_points(value, read) for value in (found.low, found.high))
    return MEASURED[found.code][read].format(range=_RANGE[read].format(low=low, high=high))


def _points(share: float, language: Language) -> str:
    text = f"{100 * share:+.1f}".replace("-", "−")
    return text.replace(".", ",") if language is Language.NL else text
