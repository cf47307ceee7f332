"""Back-testing a policy: which decisions are read, and what they say together.

Decisions lie in the debtor's own partition. They are reached through the list of debtors, in pages,
rather than through one more item per decision: that item would ride in the transaction every
checkout waits for, to serve what an author does a few times a year. The ids of decisions are
derived, so a debtor whose reading is cut short gives an even sample of its decisions.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from kasstroom.access.model import Actor
from kasstroom.changes import Changes, Command
from kasstroom.credit.backtest import (
    Cell,
    ChangedCase,
    Compared,
    Skipped,
    Totals,
    cases,
    compare,
    group_of,
    matrix,
    totals,
    why_skipped,
)
from kasstroom.credit.decision import Decision
from kasstroom.credit.default_policy import DEFAULT
from kasstroom.credit.model import CreditAccount
from kasstroom.credit.paid_since import PaidSince, paid_since
from kasstroom.credit.policies import LivePolicies
from kasstroom.credit.policy import CreditPolicy
from kasstroom.credit.policy_usecases import policy_of
from kasstroom.credit.restricted import sees_lists
from kasstroom.credit.trying import marked
from kasstroom.debtors.model import Listed
from kasstroom.errors import Refused
from kasstroom.ports import Books
from kasstroom.time import Instant

MOST_DECISIONS = 2000
MOST_DEBTORS = 500
PAGE = 100
_CURSOR = re.compile(r"[A-Za-z0-9._-]{0,64}(/[A-Za-z0-9._-]{1,64})?")


@dataclass(frozen=True, slots=True)
class BackTest(Command):
    """Decisions from `since` up to `until`, of which at most `limit` are read; with `cursor` it
    goes on where the last answer stopped."""

    since: Instant | None = None
    until: Instant | None = None
    limit: int = 500
    cursor: str = ""


@dataclass(frozen=True, slots=True)
class BackTested:
    """`complete` false: there is more; go on with `next_cursor`. `changed` counts all changed
    cases of this reading, `cases` shows the newest. `not_replayed` names terms of this version that
    count limits or amounts differently from the live ones: facts are those of the decision."""

    policy: str
    debtors_read: int
    decisions_read: int
    compared: int
    skipped: Skipped
    complete: bool
    next_cursor: str
    outcomes: tuple[Cell, ...]
    totals: tuple[Totals, ...]
    changed: int
    cases: tuple[ChangedCase, ...]
    paid_since: tuple[PaidSince, ...]
    not_replayed: tuple[str, ...]


@dataclass(slots=True)
class _Reading:
    """Bounded: at most `limit` decisions of at most MOST_DEBTORS debtors."""

    limit: int
    debtors: int = 0
    decisions: list[Decision] = field(default_factory=list)
    next_cursor: str = ""


def back_test(
    books: Books, org: str, name: str, number: int, request: BackTest, actor: Actor, now: datetime
) -> tuple[Changes, BackTested]:
    """Writes only that this version was tested."""
    _checked(request)
    sees_all = sees_lists(actor)
    policy = policy_of(books, org, name, number)
    live = books.find(LivePolicies, org)
    names = {DEFAULT, name, *(live.by_name if live else ())}
    read = _read(books, org, request)
    skipped: Counter[str] = Counter()
    compared: list[Compared] = []
    for decision in read.decisions:
        why = why_skipped(decision, name, names, request.since, request.until, sees_lists=sees_all)
        if why:
            skipped[why] += 1
        else:
            compared.append(compare(policy, decision))
    changed = [one for one in compared if one.changed]
    return marked(books, org, policy, actor, now), BackTested(
        policy.id, read.debtors, len(read.decisions), len(compared), Skipped(**skipped),
        not read.next_cursor, read.next_cursor, matrix(compared), totals(compared), len(changed),
        cases(changed, sees_lists=sees_all), _paid(books, org, changed, now),
        _not_replayed(books, org, policy, live),
    )  # fmt: skip


def _checked(request: BackTest) -> None:
    if not 1 <= request.limit <= MOST_DECISIONS:
        detail = f"Give a limit from 1 to {MOST_DECISIONS}."
        raise Refused("invalid_limit", detail, "/body/limit")
    if not _CURSOR.fullmatch(request.cursor):
        detail = "Send the next_cursor of the answer before, as it was."
        raise Refused("invalid_cursor", detail, "/body/cursor")
    for name in ("since", "until"):
        at = getattr(request, name)
        if at and at.tzinfo is None:
            detail = "Write the time zone too, such as 2026-09-01T00:00:00Z."
            raise Refused("invalid_instant", detail, f"/body/{name}")
    if request.since and request.until and request.until <= request.since:
        raise Refused("ends_before_start", "Give an end after since.", "/body/until")


def _read(books: Books, org: str, request: BackTest) -> _Reading:
    reading = _Reading(request.limit)
    debtor, _, after = request.cursor.partition("/")
    if after:
        _decisions(books, org, debtor, after, reading)
    while not reading.next_cursor:
        page = books.listing(Listed, org, after=debtor, limit=PAGE)
        for listed in page:
            if reading.debtors >= MOST_DEBTORS or len(reading.decisions) >= reading.limit:
                reading.next_cursor = debtor
                return reading
            debtor = listed.number
            _decisions(books, org, debtor, "", reading)
            if reading.next_cursor:
                return reading
        if len(page) < PAGE:
            break
    return reading


def _decisions(books: Books, org: str, debtor: str, after: str, reading: _Reading) -> None:
    """Those of one debtor as far as the limit allows; the cursor is set when there may be more."""
    left = reading.limit - len(reading.decisions)
    found = books.listing(Decision, org, debtor, after=after, limit=left)
    reading.debtors += 1
    reading.decisions.extend(found)
    if len(found) == left:
        reading.next_cursor = f"{debtor}/{found[-1].id}"


def _paid(books: Books, org: str, changed: list[Compared], now: datetime) -> tuple[PaidSince, ...]:
    found: list[PaidSince] = []
    for group in ("would_get_more", "would_get_less"):
        since: dict[str, datetime] = {}
        for made in (one.decision for one in changed if group_of(one) == group):
            since[made.debtor] = min(made.decided_at, since.get(made.debtor, made.decided_at))
        known = ((books.find(CreditAccount, org, number), at) for number, at in since.items())
        found += paid_since(group, ((account, at) for account, at in known if account), now)
    return tuple(found)


def _not_replayed(
    books: Books, org: str, policy: CreditPolicy, live: LivePolicies | None
) -> tuple[str, ...]:
    standing = live.by_name.get(policy.name) if live else None
    number = standing.number if standing else 1
    name = policy.name if standing else DEFAULT
    terms, now = policy.terms, policy_of(books, org, name, number).terms
    differs = {
        "limit": terms.basis != now.basis,
        "exchange_rates": dict(terms.exchange_rates) != dict(now.exchange_rates),
    }
    return tuple(name for name, different in differs.items() if different)
