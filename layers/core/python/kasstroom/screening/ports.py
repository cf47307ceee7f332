"""What screening asks of the outside world. Every method raises Unavailable when the source does
not answer in `budget_s` seconds; `cost_minor` is the price of one answer in euro cents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from kasstroom.money import Money


@dataclass(frozen=True, slots=True)
class Subject:
    """Who is asked about, with no more than the sources need."""

    name: str
    country: str = "NL"
    kvk: str = ""
    vat: str = ""
    natural_person: bool = False
    birth_date: date | None = None


@dataclass(frozen=True, slots=True)
class RegisteredCompany:
    """`legal_form` as the policy rules know it: bv, nv, eenmanszaak, vof, stichting, ..."""

    legal_form: str
    founded_on: date | None = None
    ceased_on: date | None = None


class TradeRegister(Protocol):
    cost_minor: int

    def company(self, kvk: str, *, budget_s: float) -> RegisteredCompany | None: ...


@dataclass(frozen=True, slots=True)
class VatAnswer:
    """`proof` is the consultation number; empty when no requester was given."""

    valid: bool
    proof: str = ""


class VatRegister(Protocol):
    cost_minor: int

    def check(self, vat: str, country: str, *, budget_s: float) -> VatAnswer: ...


@dataclass(frozen=True, slots=True)
class BureauAnswer:
    """`rating` A to E, empty when the bureau gives none (any more); `rated_at` dates it."""

    provider_id: str
    rating: str = ""
    score: int | None = None
    limit: Money | None = None
    rated_at: datetime | None = None


class Bureau(Protocol):
    cost_minor: int

    def report(self, kvk: str, country: str, *, budget_s: float) -> BureauAnswer | None: ...

    def watch(self, provider_id: str, reference: str, address: str) -> None:
        """Tell `address` when the rating changes; asking twice is the same as once."""
        ...

    def unwatch(self, provider_id: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Insolvency:
    """A published bankruptcy, suspension of payments or debt rescheduling that has not ended.
    `name` and `birth_date` are the register's; `kvk` is empty for a private person."""

    case: str
    name: str
    kvk: str = ""
    birth_date: date | None = None


class InsolvencyRegister(Protocol):
    cost_minor: int

    def published(self, subject: Subject, *, budget_s: float) -> tuple[Insolvency, ...]: ...


@dataclass(frozen=True, slots=True)
class ListedParty:
    """An entry of a sanctions list; `countries` two letters, `lists` what the entry stands on."""

    id: str
    names: tuple[str, ...]
    countries: tuple[str, ...] = ()
    birth_dates: tuple[date, ...] = ()
    lists: tuple[str, ...] = ()


class SanctionsList(Protocol):
    cost_minor: int

    def candidates(self, subject: Subject, *, budget_s: float) -> tuple[ListedParty, ...]:
        """Entries worth comparing, on the wide side: what counts as a hit is decided here."""
        ...


class ScreeningQueue(Protocol):
    def put(self, org: str, debtor: str, source: str, rated_at: str = "") -> None:
        """Asks the worker to look at one source again; `rated_at` is the date a bureau names."""
        ...


@dataclass(frozen=True, slots=True)
class Sources:
    """What an organisation has access to; None: not set up."""

    trade_register: TradeRegister | None = None
    vat: VatRegister | None = None
    bureau: Bureau | None = None
    insolvency: InsolvencyRegister | None = None
    sanctions: SanctionsList | None = None
