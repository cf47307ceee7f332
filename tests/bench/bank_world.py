"""A made-up creditor: debtors with open invoices, and everything matching would look up of them."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from kasstroom.bank.candidates import Bearer, Candidate, Payer, Pointed
from kasstroom.bank.text import significant, whole
from kasstroom.dunning.model import OpenItem
from kasstroom.money import Money
from kasstroom.payments.references import betalingskenmerk, rf_reference

SHAPES = ("F-####-#####", "CN-####-####")
TODAY = date(2026, 9, 1)
_TRADES = "Bouwbedrijf Loodgieters Schilders Installatie Timmer Dakdekkers Stukadoors Tegelzetters"
_FAMILIES = """Jansen|Janssen|Jansens|de Vries|van den Berg|van Dijk|Bakker|Visser|Smit|Smits|Meijer
|Meyer|Mulder|de Boer|Bos|Vos|Peters|Hendriks|Hendrikse|van Leeuwen|Dekker|Brouwer|de Wit|Dijkstra
|de Graaf|van der Meer|Kok|Jacobs|de Haan|Vermeulen|Postma|Özdemir|Müller|Coşkun|Nguyễn
""".replace("\n", "").split("|")
_PLACES = (
    "Rijnmond Twente Utrecht Zeeland Drenthe Gooi Betuwe Veluwe Kennemerland Flevoland".split()
)
_ENDS = "ink stra ma huis berg kamp veld man sen laar broek horst voort meer".split()
_FORMS = ("B.V.", "BV", "V.O.F.", "", "", "Holding B.V.")
_PRICES = (4995, 9900, 12500, 24950, 99900)
"""Prices that many pay: an equal amount says nothing."""


@dataclass
class Owner:
    """A debtor with what it owes; `references` of some of its invoices."""

    number: str
    name: str
    iban: str
    items: tuple[OpenItem, ...]
    references: dict[str, str] = field(default_factory=dict)

    @property
    def debts(self) -> list[OpenItem]:
        return [item for item in self.items if item.open.minor > 0]


class World:
    """`kasstroom.bank.candidates.Lookups` in memory, and the truth behind it."""

    def __init__(self, debtors: int, seed: int) -> None:
        self.random = random.Random(seed)
        self._invoice_number, self._kenmerk = 10000, 0
        self.owners = [self._owner(at) for at in range(debtors)]
        self._candidates = {o.number: Candidate(o.number, o.name, o.items) for o in self.owners}
        self._numbers, self._references, self._payers = {}, {}, {}
        self._words: dict[str, list[Bearer]] = {}
        for owner in self.owners:
            self._learn(owner)

    def _learn(self, owner: Owner) -> None:
        for item in owner.items:
            self._numbers[item.number] = Pointed(owner.number, item.number)
        for number, reference in owner.references.items():
            self._references[reference] = Pointed(owner.number, number)
        if self.random.random() < 0.8:
            self._payers[owner.iban] = (Payer(owner.number, 3, TODAY),)
        for word in {whole(owner.name), *significant(owner.name)}:
            self._words.setdefault(word, []).append(Bearer(owner.number, owner.name))

    def remember(self, iban: str, *owners: Owner) -> None:
        """An account that paid for several debtors before."""
        self._payers[iban] = tuple(Payer(owner.number, 2, TODAY) for owner in owners)

    def _owner(self, at: int) -> Owner:
        pick = self.random
        common = pick.random() < 0.3
        family = pick.choice(_FAMILIES) if common else self._surname()
        form = pick.choice(_FORMS)
        patterns = (
            f"{pick.choice(_TRADES.split())} {family} {form}",
            f"{family} {pick.choice(_TRADES.split())} {pick.choice(_PLACES)} {form}",
            f"{pick.choice('ABCDEFGHJKLMNPRSTW')}. {family}",
        )
        items = tuple(self._item() for _ in range(pick.choice((1, 1, 2, 2, 3, 4, 6, 9, 15))))
        if pick.random() < 0.15:
            items += (self._credit_note(),)
        owner = Owner(f"{10000 + at}", pick.choice(patterns).strip(), self.iban(), items)
        style = pick.random()
        for item in owner.debts:
            if style < 0.3:
                self._kenmerk += 1
                owner.references[item.number] = betalingskenmerk(
                    f"{4_000_000 + self._kenmerk:015d}"
                )
            elif style < 0.6:
                owner.references[item.number] = rf_reference(item.number)
        return owner

    def _surname(self) -> str:
        """Alike but not the same, as real names are."""
        starts, ends = "Ha Ko Ve Ster Bro Ou We Schu Kra Mee Rij Lin".split(), _ENDS
        middle = self.random.choice(("", "den", "ter", "le", "man", "vel", "ding"))
        return self.random.choice(starts) + middle + self.random.choice(ends)

    def iban(self) -> str:
        bank = self.random.choice(("INGB", "RABO", "ABNA", "TRIO", "KNAB"))
        return f"NL{self.random.randint(10, 97)}{bank}0{self.random.randint(10**8, 10**9 - 1)}"

    def _item(self) -> OpenItem:
        self._invoice_number += self.random.randint(1, 3)
        minor = int(self.random.lognormvariate(10, 1.3)) + 500
        if self.random.random() < 0.25:
            minor = self.random.choice(_PRICES)
        due = TODAY - timedelta(days=self.random.randint(-30, 120))
        return OpenItem(f"F-2026-{self._invoice_number}", due, Money(minor))

    def _credit_note(self) -> OpenItem:
        self._invoice_number += 1
        number = f"CN-2026-{self._invoice_number % 10000:04d}"
        return OpenItem(number, TODAY, Money(-self.random.randint(500, 20000)))

    def reference(self, value: str) -> Pointed | None:
        return self._references.get(value)

    def invoice(self, number: str) -> Pointed | None:
        return self._numbers.get(number)

    def payers(self, iban: str) -> tuple[Payer, ...]:
        return self._payers.get(iban, ())

    def bearers(self, word: str) -> tuple[Bearer, ...]:
        found = self._words.get(word, ())
        return tuple(found) if len(found) <= 40 else ()

    def candidate(self, debtor: str) -> Candidate | None:
        return self._candidates.get(debtor)
