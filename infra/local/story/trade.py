"""A year of trade of the wholesaler: its business customers, what each bought and when they paid.

The same year every time: amounts and days come from the table and a generator with a fixed seed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from infra.local.story.camt import Credit

FIRST_DAY, LAST_DAY = date(2025, 11, 5), date(2026, 11, 4)
SEED = 20261105
AGO_DAYS = (0, 24, 54, 92, 140, 200, 262, 325)
"""A customer's invoices before its last one: autumn is the season."""
APART_DAYS, SPREAD_DAYS = 2, 9
"""Between the last invoices of two customers, and how much sooner an invoice may be."""
FIRST_NUMBER = 1001
CREDIT_PERCENT = 10

Late = int | tuple[int, int | None] | None
"""Days after the due date on which it was paid; half on one day and half on another, or never."""


@dataclass(frozen=True, slots=True)
class Customer:
    """Buys for about `euros` at a time and pays within `terms` days and `late`, the last invoice
    first."""

    number: str
    name: str
    street: str
    postcode: str
    city: str
    terms: int
    euros: int
    late: tuple[Late, ...]

    @property
    def mailbox(self) -> str:
        return f"crediteuren@{self.name.split()[-2].lower()}.example"

    @property
    def iban(self) -> str:
        """An account of its own, with the right check digits."""
        bank, account = "RABO", f"03{self.number:0>8}"
        digits = "".join(str(int(c, 36)) for c in f"{bank}{account}NL00")
        return f"NL{98 - int(digits) % 97:02d}{bank}{account}"


CUSTOMERS = (
    Customer("30001", "Dakdekkers Rijnland B.V.", "Kade 4", "2312 AA", "Leiden", 14, 6400,
             (None, -2, -3, 5, 1, -4, 0, 6)),
    Customer("30002", "Aannemerij Oosterpark B.V.", "Ringweg 18", "1091 GH", "Amsterdam", 30, 6400,
             (None, -5, 12, 3, 15, 6, 9)),
    Customer("30003", "Installatietechniek Brandsma B.V.", "Zuidersluis 2", "8243 RA", "Lelystad",
             14, 4200, (None, -2, 0, 3, -5, 1, 2, 4)),
    Customer("30004", "Bouwcombinatie Maasdal B.V.", "Maaskade 77", "6211 CB", "Maastricht", 30,
             4400, (None, None, (14, None), 55, 20, 48, 16, 11)),
    Customer("30005", "Stukadoors Veluwezoom B.V.", "Enkweg 31", "6881 TM", "Velp", 14, 700,
             (None, 4, 1, 7, -1, 3, 10)),
    Customer("30006", "Vloerenbedrijf Haaglanden B.V.", "Lozerlaan 9", "2544 MA", "Den Haag", 30,
             3100, (None, None, 18, 9, 13, 20, 7)),
    Customer("30007", "Gevelbouw Twenthe B.V.", "Havenkade 5", "7553 GX", "Hengelo", 14, 6200,
             (-4, -4, 0, -5, 2, -2, 1, 3)),
    Customer("30008", "Tuinaanleg Kempenland B.V.", "Heikant 12", "5527 AP", "Hapert", 30, 1300,
             (None, 1, (2, 24), 11, 4, 8, 5)),
    Customer("30009", "Keukenmontage Zaanstreek B.V.", "Oostzijde 210", "1508 ES", "Zaandam", 14,
             1900, (None, 9, 16, 5, 12, 19, 8, 3)),
    Customer("30010", "Sloopwerken Drechtsteden B.V.", "Merwedeweg 3", "3313 LA", "Dordrecht", 30,
             2100, (None, None, None, None, 33, 58, 19)),
    Customer("30011", "Schilders Bollenstreek B.V.", "Heereweg 60", "2161 BB", "Lisse", 14, 600,
             (None, 0, -3, 2, 5, -1, 1)),
    Customer("30012", "Betonwerken Noordzee B.V.", "Kanaaldijk 25", "1976 CE", "IJmuiden", 14, 6300,
             (1, 3, 7, (0, 13), 10, -2, 4, 5)),
)  # fmt: skip
"""Most pay within three weeks of the day; Sloopwerken Drechtsteden stopped paying in summer."""


@dataclass(frozen=True, slots=True)
class Sale:
    """An invoice of a year's trade; `credited_minor` was taken off it by a credit note."""

    customer: Customer
    issued_on: date
    minor: int
    late: Late
    number: str = ""
    credited_minor: int = 0

    @property
    def due_on(self) -> date:
        return self.issued_on + timedelta(days=self.customer.terms)

    @property
    def rest_minor(self) -> int:
        """What is still owed when the year is over."""
        return self.minor - self.credited_minor - sum(paid.minor for paid in self.payments)

    @property
    def payments(self) -> Iterator[Credit]:
        """What the bank saw of it."""
        rest = self.minor - self.credited_minor
        if isinstance(self.late, tuple):
            first, second = self.late
            yield self._paid(first, rest // 2, "deel van factuur")
            rest, late = rest - rest // 2, second
        else:
            late = self.late
        if late is not None:
            yield self._paid(late, rest, "factuur")

    def _paid(self, late: int, minor: int, words: str) -> Credit:
        who = self.customer
        on = _banking_day(self.due_on + timedelta(days=late))
        return Credit(on, minor, who.name, who.iban, f"{words} {self.number}")


def sales() -> tuple[Sale, ...]:
    """The invoices of the year in their order; one of them was credited in part."""
    chance = Random(SEED)  # noqa: S311
    found = [sale for nth, one in enumerate(CUSTOMERS) for sale in _of(one, nth, chance)]
    found.sort(key=lambda sale: (sale.issued_on, sale.customer.number))
    numbered = [
        replace(sale, number=f"{sale.issued_on:%Y}-{FIRST_NUMBER + n}")
        for n, sale in enumerate(found)
    ]
    at = next(n for n, sale in enumerate(numbered) if sale.customer is CUSTOMERS[6])
    credited = numbered[at].minor * CREDIT_PERCENT // 100
    numbered[at] = replace(numbered[at], credited_minor=credited)
    return tuple(numbered)


def _of(customer: Customer, nth: int, chance: Random) -> Iterator[Sale]:
    for ago, late in enumerate(customer.late):
        sooner = chance.randrange(SPREAD_DAYS) if ago else 0
        issued = LAST_DAY - timedelta(days=nth * APART_DAYS + AGO_DAYS[ago] + sooner)
        minor = round(customer.euros * 100 * chance.uniform(0.5, 1.4))
        yield Sale(customer, max(issued, FIRST_DAY), minor, late)


def credits(found: Sequence[Sale]) -> list[Credit]:
    """What came in on the bank, the oldest first."""
    return sorted((paid for sale in found for paid in sale.payments), key=lambda paid: paid.on)


def _banking_day(day: date) -> date:
    """Nothing is booked on a weekend."""
    return day + timedelta(days=7 - day.weekday() if day.weekday() > 4 else 0)
