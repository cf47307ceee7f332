"""What the API shows of strategies, pauses and proposals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kasstroom.dunning.choosing import LiveStrategies
from kasstroom.dunning.model import BlockReason, Scope
from kasstroom.dunning.pausing import Pause
from kasstroom.dunning.proposals import (
    DunningProposal,
    ListedProposal,
    ProposalState,
    proposal_of,
)
from kasstroom.dunning.strategies import StrategyVersion, VersionState
from kasstroom.dunning.strategy import End, Step, StepKind
from kasstroom.money import Money
from kasstroom.ports import Books


@dataclass(frozen=True, slots=True)
class StrategyView:
    """`version` 0 is the one that is built in."""

    id: str
    version: int
    state: VersionState
    steps: tuple[Step, ...]
    min_gap_days: int
    minimum_minor: int
    end: End
    written_at: datetime | None
    written_by: str
    note: str


@dataclass(frozen=True, slots=True)
class StrategiesView:
    """Those in force; `default` is for everybody, `by_segment` for those in a segment."""

    default: str
    by_segment: dict[str, str]
    items: tuple[StrategyView, ...]


@dataclass(frozen=True, slots=True)
class VersionsView:
    """All versions of one strategy, the newest first."""

    items: tuple[StrategyView, ...]


@dataclass(frozen=True, slots=True)
class PauseView:
    id: str
    scope: Scope
    debtor: str
    invoice: str
    reason: BlockReason
    until: datetime | None
    note: str
    set_at: datetime
    set_by: str
    lifted_at: datetime | None
    lifted_by: str


@dataclass(frozen=True, slots=True)
class PausesView:
    items: tuple[PauseView, ...]


@dataclass(frozen=True, slots=True)
class ProposalView:
    id: str
    debtor: str
    step: StepKind
    end: End
    invoices: tuple[str, ...]
    amount: Money
    state: ProposalState
    proposed_at: datetime
    decided_at: datetime | None
    decided_by: str
    note: str


@dataclass(frozen=True, slots=True)
class ProposalPage:
    items: tuple[ProposalView, ...]
    next_cursor: str | None


def strategies_view(live: LiveStrategies) -> StrategiesView:
    items = tuple(
        StrategyView(
            s.id, s.version, VersionState.ACTIVE, s.steps, s.min_gap_days, s.minimum_minor, s.end,
            None, "", "",
        )
        for s in live.active.values()
    )  # fmt: skip
    return StrategiesView(live.default, live.by_segment, items)


def version_view(v: StrategyVersion) -> StrategyView:
    s = v.strategy
    return StrategyView(
        v.name, v.number, v.state, s.steps, s.min_gap_days, s.minimum_minor, s.end, v.written_at,
        v.written_by, v.note,
    )  # fmt: skip


def versions_view(versions: list[StrategyVersion]) -> VersionsView:
    return VersionsView(tuple(version_view(v) for v in reversed(versions)))


def pause_view(p: Pause) -> PauseView:
    return PauseView(
        p.id, p.scope, p.debtor, p.invoice, p.reason, p.until, p.note, p.set_at, p.set_by,
        p.lifted_at, p.lifted_by,
    )  # fmt: skip


def pauses_view(books: Books, org: str, debtor: str) -> PausesView:
    """Of one debtor, or ("") those for everybody; the newest first, ended ones too."""
    found = sorted(books.all_of(Pause, org, debtor), key=lambda p: p.id, reverse=True)
    return PausesView(tuple(map(pause_view, found)))


def proposal_view(p: DunningProposal) -> ProposalView:
    return ProposalView(
        p.id, p.debtor, p.step, p.end, p.invoices, p.amount, p.state, p.proposed_at,
        p.decided_at, p.decided_by, p.note,
    )  # fmt: skip


def proposal_page(books: Books, org: str, *, after: str, limit: int) -> ProposalPage:
    """Those that wait for somebody; decided ones are read past."""
    listed = books.listing(ListedProposal, org, after=after, limit=limit)
    found = (proposal_of(books, org, one.id) for one in listed)
    waiting = tuple(proposal_view(p) for p in found if p.state is ProposalState.PROPOSED)
    return ProposalPage(waiting, listed[-1].id if len(listed) == limit else None)
