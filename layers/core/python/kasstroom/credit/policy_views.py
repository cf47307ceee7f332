"""What the API shows of policies, and what an author can look up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kasstroom.credit.comparing import MAKERS
from kasstroom.credit.decision import Outcome
from kasstroom.credit.default_policy import DEFAULT
from kasstroom.credit.fact_catalogue import CATALOGUE
from kasstroom.credit.policy_document import ALTERNATIVES, CONDITIONS, OUTCOMES
from kasstroom.credit.policy_history import BUILT_IN, PolicyHistory, VersionLine, VersionState
from kasstroom.credit.policy_usecases import document_of, history_of, id_of
from kasstroom.credit.reasons import CODES
from kasstroom.ports import Books

PAGE = 50


@dataclass(frozen=True, slots=True)
class VersionView:
    """`id` is what a decision calls it. `created_at` null: it comes with the software."""

    id: str
    name: str
    number: int
    state: VersionState
    created_by: str
    created_at: datetime | None
    tested_at: datetime | None = None
    tested_by: str = ""
    activated_at: datetime | None = None
    activated_by: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class FullVersionView:
    version: VersionView
    document: dict[str, Any]


@dataclass(frozen=True, slots=True)
class NameView:
    """A policy with its versions, the newest first. `live` is what decides for accounts of this
    segment or debtor kind (`default`: all others); empty when the default does."""

    name: str
    live: str
    versions: tuple[VersionView, ...]


@dataclass(frozen=True, slots=True)
class PoliciesView:
    """`default` stands first; `next_cursor` null: this was the last page."""

    policies: tuple[NameView, ...]
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class FactLine:
    name: str
    kind: str
    meaning: str


@dataclass(frozen=True, slots=True)
class CodeLine:
    code: str
    audience: str
    fixable_by: str
    detail: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All a policy can be written with. `words` compare a fact."""

    facts: tuple[FactLine, ...]
    reasons: tuple[CodeLine, ...]
    outcomes: tuple[str, ...]
    alternatives: tuple[str, ...]
    conditions: tuple[str, ...]
    words: tuple[str, ...]


def vocabulary() -> Vocabulary:
    return Vocabulary(
        tuple(FactLine(name, kind, meaning) for name, (kind, meaning) in CATALOGUE.items()),
        tuple(CodeLine(c, r.audience, r.fixable_by, r.detail) for c, r in CODES.items()),
        tuple(o for o in OUTCOMES if o != Outcome.APPROVED),
        ALTERNATIVES,
        CONDITIONS,
        tuple(MAKERS),
    )


def policies_view(books: Books, org: str, after: str = "") -> PoliciesView:
    page = books.listing(PolicyHistory, org, after=after, limit=PAGE)
    first = [] if after else [history_of(books, org, DEFAULT)]
    shown = first + [history for history in page if history.name != DEFAULT]
    more = page[-1].name if len(page) == PAGE else None
    return PoliciesView(tuple(name_view(history) for history in shown), more)


def name_view(history: PolicyHistory) -> NameView:
    lines = [version_view(history, line) for line in reversed(history.versions)]
    if history.name == DEFAULT:
        lines.append(_built_in(history))
    return NameView(history.name, id_of(history.name, history.live), tuple(lines))


def version_view(history: PolicyHistory, line: VersionLine) -> VersionView:
    return VersionView(
        f"{history.name}.{line.number}", history.name, line.number, history.state(line),
        line.created_by, line.created_at, line.tested_at, line.tested_by, line.activated_at,
        line.activated_by, line.note,
    )  # fmt: skip


def _built_in(history: PolicyHistory) -> VersionView:
    state = VersionState.RETIRED if history.live else VersionState.LIVE
    return VersionView(f"{DEFAULT}.{BUILT_IN}", DEFAULT, BUILT_IN, state, "kasstroom", None)


def full_version(books: Books, org: str, name: str, number: int) -> FullVersionView:
    """NotFound when there is no such version."""
    document = dict(document_of(books, org, name, number))
    history = history_of(books, org, name)
    if (name, number) == (DEFAULT, BUILT_IN):
        return FullVersionView(_built_in(history), document)
    return FullVersionView(version_view(history, history.line(number)), document)
