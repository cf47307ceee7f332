"""What other people's registers say of a debtor: a few facts per source, never the raw answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kasstroom.changes import Command, Due, Versioned, Work
from kasstroom.money import Money


class Source(StrEnum):
    """Who is asked. A new source is one line here, one in `policy.TERMS` and one in `asking`."""

    TRADE_REGISTER = "trade_register"
    VAT = "vat"
    BUREAU = "bureau"
    INSOLVENCY = "insolvency"
    SANCTIONS = "sanctions"


class Outcome(StrEnum):
    """`unavailable`: nobody knows; never read it as `not_found`."""

    FOUND = "found"
    NOT_FOUND = "not_found"
    UNAVAILABLE = "unavailable"


class Basis(StrEnum):
    """Why this may be asked (art. 6(1) GDPR)."""

    CONSENT = "consent"
    CONTRACT = "contract"
    LEGAL_OBLIGATION = "legal_obligation"
    LEGITIMATE_INTEREST = "legitimate_interest"


@dataclass(frozen=True, slots=True)
class StatedBasis(Command):
    """`reference` says where it can be looked up: the consent form, the weighing of interests."""

    kind: Basis
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry of a list that may be this debtor: `id` is the list's own, `likeness` 0 to 100.
    The name on the list is not kept; who reviews looks it up by its id."""

    id: str
    lists: tuple[str, ...] = ()
    likeness: int = 100


@dataclass(frozen=True, slots=True)
class Facts:
    """The few facts we keep; each source fills its own. None or empty: the source does not say.

    `score` is 0 (worst) to 100 and `rating` A (best) to E; `limit` is what the bureau recommends;
    `proof` the consultation number of VIES; `case` the insolvency number; `provider_id` what the
    source calls the company; `as_of` the date of the report itself, where it has one.
    """

    legal_form: str = ""
    founded_on: date | None = None
    registered: bool | None = None
    vat_valid: bool | None = None
    proof: str = ""
    score: int | None = None
    rating: str = ""
    limit: Money | None = None
    insolvent: bool | None = None
    case: str = ""
    hits: tuple[Hit, ...] = ()
    provider_id: str = ""
    as_of: datetime | None = None


@dataclass(frozen=True, slots=True)
class ExternalReport(Versioned):
    """One per debtor and source. `outcome` and `facts` are those of the last answer, from
    `fetched_at`; `retry_at` is set while the source does not answer. `cost_minor` is what the last
    answer cost and `spent_minor` all of them (euro cents). `cleared` are hits a person found to be
    somebody else. `about` is a digest of what was asked with: another KvK number or name makes the
    report one about somebody else. Monitored: asked again when it is no longer fresh.
    """

    org: str
    debtor: str
    source: Source
    outcome: Outcome
    fresh_until: datetime
    basis: Basis
    basis_reference: str = ""
    fetched_at: datetime | None = None
    retry_at: datetime | None = None
    facts: Facts = Facts()
    cost_minor: int = 0
    spent_minor: int = 0
    about: str = ""
    cleared: tuple[str, ...] = ()
    monitored: bool = False
    subscribed: bool = False
    subscribe_at: datetime | None = None

    @property
    def open_hits(self) -> tuple[Hit, ...]:
        """Hits nobody has looked at and found to be somebody else."""
        return tuple(hit for hit in self.facts.hits if hit.id not in self.cleared)

    @property
    def due(self) -> Due | None:
        """When a monitored source is asked again, or the bureau told about the subscription."""
        moments = [self.subscribe_at] if self.subscribe_at else []
        if self.monitored:
            moments.append(self.retry_at or self.fresh_until)
        return Due(Work.SCREENING, min(moments)) if moments else None
