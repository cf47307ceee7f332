"""Where a debtor finds help with debts: a sentence for every reminder to a natural person, per
country and language. The municipality helps for free and has to talk within four weeks, within
three working days when somebody is about to lose home, energy or water (art. 4 Wet gemeentelijke
schuldhulpverlening)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kasstroom.compliance.countries import HOME

_WGS: Final = "art. 4 Wet gemeentelijke schuldhulpverlening"


@dataclass(frozen=True, slots=True)
class DebtHelp:
    """`text` is complete in itself and names no debt; `source` is why it may be said."""

    text: str
    source: str


TEXTS: Final = {
    (HOME, "nl"): DebtHelp(
        "Hebt u geldzorgen? Uw gemeente helpt u gratis met schulden. Bel uw gemeente en vraag naar"
        " schuldhulp. Laat het ons ook weten, dan zoeken wij samen een oplossing.",
        _WGS,
    ),
    (HOME, "en"): DebtHelp(
        "Are you worried about money? Your municipality helps you with debts for free. Call your"
        " municipality and ask for debt help. Tell us too, and we look for a solution together.",
        _WGS,
    ),
    (HOME, "de"): DebtHelp(
        "Haben Sie Geldsorgen? Ihre Gemeinde in den Niederlanden hilft Ihnen kostenlos bei"
        " Schulden. Rufen Sie dort an und fragen Sie nach Schuldenhilfe. Sagen Sie es auch uns,"
        " dann suchen wir gemeinsam eine Lösung.",
        _WGS,
    ),
    (HOME, "fy"): DebtHelp(
        "Hawwe jo jildsoargen? Jo gemeente helpt jo fergees mei skulden. Belje jo gemeente en"
        " freegje om skuldhelp. Lit it ús ek witte, dan sykje wy tegearre in oplossing.",
        _WGS,
    ),
}


def debt_help(language: str, country: str = HOME) -> DebtHelp | None:
    """None where we do not know who helps: then say nothing rather than something wrong."""
    return TEXTS.get((country, language))
