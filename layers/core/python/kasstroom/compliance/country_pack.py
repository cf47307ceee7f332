"""What a country says of reminding, as data. None is an honest "unknown": whoever needs it then
asks a lawyer, or keeps to the careful default where there is one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from kasstroom.compliance.collection_costs import DebtorType


@dataclass(frozen=True, slots=True)
class ContactHours:
    """Local time, closing not included; weekdays count from Monday = 0. `source` is a rule, or
    `OURS` where no rule is known."""

    opens: time
    closes: time
    closed_weekdays: frozenset[int]
    source: str


OURS = "the careful default of the house: the strictest hours we know, those of the Netherlands"


@dataclass(frozen=True, slots=True)
class LetterRule:
    """What a consumer gets before costs are owed: a free letter with a term of so many days.
    `wording`: courts hold it to exact words (`kasstroom.compliance.letter_wording`).
    `confirmed`: the text of the law was read; else a lawyer has to before money hangs on it."""

    free: bool
    term_days: int
    wording: bool
    source: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class CostsRule:
    """`most` is the most that late payment may cost over a principal, in cents of euros without
    VAT; None when that is not known for this debtor. `confirmed` as in `LetterRule`."""

    most: Callable[[int, DebtorType], int | None]
    source: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class InterestRule:
    """`percent_on` is percent a year, None when the rate is not known; `points` is what the law
    adds to a base rate where it is known only so."""

    percent_on: Callable[[DebtorType, date], Decimal | None]
    points: dict[DebtorType, Decimal] | None
    source: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class CountryPack:
    """`code` is ISO 3166. `languages` are those of the house that are written there, the usual one
    first; `debt_help` whether `kasstroom.compliance.debt_help` has a text. `holidays` are those
    of the whole country: `regional` tells that parts of it have more."""

    code: str
    zone: ZoneInfo
    hours: ContactHours
    holidays: Callable[[int], frozenset[date]]
    regional: bool
    languages: tuple[str, ...]
    letter: LetterRule | None
    costs: CostsRule | None
    interest: InterestRule | None
    debt_help: bool

    @property
    def minimum_term_days(self) -> int | None:
        return self.letter.term_days if self.letter else None

    @property
    def unknown(self) -> tuple[str, ...]:
        """What nobody looked up yet, by name."""
        missing = [each.name for each in fields(self) if getattr(self, each.name) is None]
        missing += ["hours"] if self.hours.source == OURS else []
        return tuple(missing + ([] if self.debt_help else ["debt_help"]))

    @property
    def unconfirmed(self) -> tuple[str, ...]:
        """What is known, but not from the text of the law."""
        rules = {"letter": self.letter, "costs": self.costs, "interest": self.interest}
        return tuple(name for name, rule in rules.items() if rule and not rule.confirmed)
