"""Two debtors with open items, and everything matching can look up of them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from kasstroom.bank.candidates import Bearer, Candidate, Pointed, find
from kasstroom.bank.matching import MatchPolicy, match
from kasstroom.bank.model import BankLine, LineKind
from kasstroom.bank.reading import clues
from kasstroom.bank.sums import Tolerance
from kasstroom.bank.text import significant, whole
from kasstroom.dunning.model import OpenItem
from kasstroom.money import Money
from kasstroom.payments.references import betalingskenmerk, rf_reference

SHAPES = ("F-####-####", "CN-####")
DAY = date(2026, 9, 1)
IBAN, OTHER_IBAN = "NL53KNAB0730699660", "NL20INGB0001234567"
POLICY = MatchPolicy(tolerance=Tolerance(100, (Decimal(2),)))
KENMERK = betalingskenmerk("000000000000077")


class Known:
    """`Lookups` over a few debtors, counting what is read."""

    def __init__(self, *debtors, references=(), payers=()):
        self.debtors = {one.debtor: one for one in debtors}
        self.references, self.paid = dict(references), dict(payers)
        self.reads = 0

    def _read(self, found):
        self.reads += 1
        return found

    def reference(self, value):
        return self._read(self.references.get(value))

    def invoice(self, number):
        owners = (d for d in self.debtors.values() if number in {i.number for i in d.items})
        owner = next(owners, None)
        return self._read(Pointed(owner.debtor, number) if owner else None)

    def payers(self, iban):
        return self._read(self.paid.get(iban, ()))

    def bearers(self, word):
        return self._read(
            tuple(
                Bearer(d.debtor, d.name)
                for d in self.debtors.values()
                if word in (whole(d.name), *significant(d.name))
            )
        )

    def candidate(self, debtor):
        return self._read(self.debtors.get(debtor))


def item(number, minor, currency="EUR"):
    return OpenItem(number, DAY, Money(minor, currency))


JANSEN = Candidate(
    "10", "Bouwbedrijf Jansen B.V.",
    (item("F-2026-1001", 10_000), item("F-2026-1002", 25_000), item("F-2026-1003", 7_050)),
)  # fmt: skip
BAKKER = Candidate("20", "Schilders Bakker", (item("F-2026-2001", 10_000), item("CN-0001", -1_500)))
REFERENCES = {
    rf_reference("F20261001"): Pointed("10", "F-2026-1001"),
    KENMERK: Pointed("10", "F-2026-1002"),
}


def known(**more):
    return Known(JANSEN, BAKKER, references=REFERENCES, **more)


def line(text, minor, name="Bouwbedrijf Jansen BV", iban=IBAN, kind=LineKind.RECEIPT, **more):
    now = datetime(2026, 9, 1, tzinfo=UTC)
    return BankLine(
        "o", "1", "NL", "s", "p", kind, Money(minor), DAY, DAY, now, name, iban, text=text, **more
    )


def matched(at, books=None, policy=POLICY):
    return match(at, find(clues(at, SHAPES), books or known()), policy)
