"""Facts as a person reads them: their meaning, and their value in Dutch and English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kasstroom.credit.decision import Fact
from kasstroom.credit.fact_catalogue import CATALOGUE, FactKind
from kasstroom.money import Money
from kasstroom.organisations.model import READ_AS, Language


@dataclass(frozen=True, slots=True)
class Words:
    """The same sentence for a Dutch and for an English reader."""

    nl: str
    en: str

    def by(self, language: Language) -> str:
        return self.nl if READ_AS.get(language, language) is Language.NL else self.en


@dataclass(frozen=True, slots=True)
class FactView:
    """`used`: a rule of the policy looked at it. `value` is written out; `known` false: nobody knew
    it then."""

    name: str
    kind: str
    label: Words
    value: Words
    known: bool
    used: bool


LABELS: dict[str, str] = {
    "order_amount": "wat u achteraf wilt betalen",
    "limit": "de kredietlimiet die telt",
    "available": "wat er van de limiet over is",
    "shortfall": "hoeveel de bestelling boven de ruimte ligt",
    "group_shortfall": "hoeveel de bestelling boven de ruimte van de groep ligt",
    "per_order_cap": "het hoogste bedrag voor één bestelling",
    "above_order_cap": "de bestelling is hoger dan het hoogste bedrag per bestelling",
    "used_percent": "gebruikt deel van de limiet met deze bestelling, in procenten",
    "open": "alle open facturen min tegoeden",
    "reserved": "wat is vastgehouden voor andere bestellingen",
    "other_currencies": "open in andere valuta, omgerekend",
    "overdue": "open na de vervaldatum",
    "oldest_overdue_days": "dagen sinds de oudste open vervaldatum",
    "overdue_weight": "te laat bedrag maal dagen te laat, bij elkaar",
    "unallocated": "ontvangen geld dat nog niet bij een factuur hoort",
    "term_days": "de betaaltermijn in dagen",
    "hold": "nieuw krediet is stopgezet",
    "kind": "soort klant",
    "natural_person": "de eigenaar is privé aansprakelijk",
    "segment": "klantgroep",
    "country": "land",
    "legal_form": "rechtsvorm",
    "company_age_days": "dagen sinds de oprichting",
    "rating": "beoordeling van het handelsinformatiebureau, A (best) tot E",
    "score": "score van 0 (slechtst) tot 100",
    "registered": "gevonden in het handelsregister",
    "vat_valid": "het btw-nummer was geldig bij controle",
    "insolvent": "staat in een insolventieregister",
    "sanctions": "uitkomst van de controle op sanctielijsten",
    "data_age_days": "dagen sinds gegevens van buiten zijn opgehaald",
    "sources_missing": "een bron gaf niet op tijd antwoord",
    "address_match": "vergelijking van het factuuradres met het adres dat wij kennen",
    "delivers_elsewhere": "het bezorgadres is anders dan het factuuradres",
    "email_domain": "het deel van het e-mailadres na de @",
    "address_key": "postcode en huisnummer van het factuuradres",
    "kvk": "KvK-nummer",
    "debtor": "klantnummer",
    "first_order": "eerste bestelling op rekening",
    "checks_last_day": "aanvragen in de laatste 24 uur",
    "asked_last_day": "bedrag van die aanvragen samen",
    "days_late": "gemiddeld aantal dagen te laat betaald, gewogen naar bedrag",
    "late_percent": "deel van de betalingen dat te laat kwam, in procenten",
    "late_trend_days": "dagen later betaald in de laatste drie maanden dan in de negen ervoor",
    "promises_broken": "beloften om te betalen die niet zijn nagekomen",
    "disputes": "geopende klachten over facturen",
    "insured": "dekking van de kredietverzekeraar",
    "insured_percent": "verzekerd deel daarvan, in procenten",
    "cover_state": "stand van de kredietverzekering",
    "regulated_credit": "valt de betaling onder de regels voor consumentenkrediet",
}
"""In Dutch what the catalogue says in English."""
_UNKNOWN = Words("niet bekend", "not known")
_FLAG = {True: Words("ja", "yes"), False: Words("nee", "no")}


def fact_views(
    facts: Mapping[str, Fact], currency: str, looked_at: frozenset[str]
) -> tuple[FactView, ...]:
    """In the order of the catalogue; facts of a later release that this decision lacked are left
    out."""
    return tuple(
        FactView(
            name, kind, Words(LABELS.get(name, meaning), meaning),
            value_of(kind, facts[name], currency), facts[name] is not None, name in looked_at,
        )
        for name, (kind, meaning) in CATALOGUE.items()
        if name in facts
    )  # fmt: skip


def value_of(kind: FactKind, value: Fact, currency: str) -> Words:
    if value is None:
        return _UNKNOWN
    if isinstance(value, bool):
        return _FLAG[value]
    if kind is FactKind.AMOUNT and isinstance(value, int):
        return amount_of(Money(value, currency))
    text = str(value)
    return Words(text, text)


def amount_of(amount: Money) -> Words:
    """`€ 1.250,00` and `EUR 1,250.00`."""
    whole, _, cents = amount.value.partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    english = f"{int(digits):,}" + (f".{cents}" if cents else "")
    dutch = english.translate(str.maketrans(",.", ".,"))
    symbol = "€" if amount.currency == "EUR" else amount.currency
    return Words(f"{symbol} {sign}{dutch}", f"{amount.currency} {sign}{english}")
