"""Pure: what others want to know of a screening, told when it becomes true and once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from kasstroom.credit.model import CreditAccount
from kasstroom.events import Event
from kasstroom.events.screening import (
    BureauRatingChanged,
    DebtorInsolvent,
    DebtorScreened,
    SanctionsPossibleHit,
)
from kasstroom.screening.asking import Heard
from kasstroom.screening.model import ExternalReport, Facts, Hit, Outcome, Source

Reports = Mapping[Source, ExternalReport]


def facts_in(reports: Reports, source: Source) -> Facts:
    report = reports.get(source)
    return report.facts if report else Facts()


def screened(account: CreditAccount, heard: Sequence[Heard], now: datetime) -> tuple[Event, ...]:
    if not heard:
        return ()
    missing = tuple(h.source.value for h in heard if h.outcome is Outcome.UNAVAILABLE)
    answered = tuple(h.source.value for h in heard if h.outcome is not Outcome.UNAVAILABLE)
    return (DebtorScreened(**_about(account, now), answered=answered, missing=missing),)


def news(
    was: CreditAccount, account: CreditAccount, before: Reports, after: Reports, now: datetime
) -> tuple[Event, ...]:
    return (
        *_rating_changed(account, before, after, now),
        *_insolvent(was, account, after, now),
        *_sanctions(account, before, after, now),
    )


def new_hits(before: Reports, after: Reports, source: Source) -> tuple[Hit, ...]:
    """Open hits that were not there before: each is brought to a person once."""
    report = after.get(source)
    seen = {hit.id for hit in facts_in(before, source).hits}
    return tuple(hit for hit in report.open_hits if hit.id not in seen) if report else ()


def _about(account: CreditAccount, now: datetime) -> dict:
    return {"org": account.org, "debtor": account.debtor, "subject": account.debtor, "at": now}


def _rating_changed(
    account: CreditAccount, before: Reports, after: Reports, now: datetime
) -> tuple[Event, ...]:
    """The first rating is no change; a rating that went is one."""
    was = before.get(Source.BUREAU)
    old, new = facts_in(before, Source.BUREAU), facts_in(after, Source.BUREAU)
    if was is None or was.fetched_at is None or (old.rating, old.score) == (new.rating, new.score):
        return ()
    changed = BureauRatingChanged(
        **_about(account, now), previous=old.rating, rating=new.rating,
        previous_score=_text(old.score), score=_text(new.score),
    )  # fmt: skip
    return (changed,)


def _text(score: int | None) -> str:
    return "" if score is None else str(score)


def _insolvent(
    was: CreditAccount, account: CreditAccount, after: Reports, now: datetime
) -> tuple[Event, ...]:
    if was.profile.insolvent or not account.profile.insolvent:
        return ()
    case = facts_in(after, Source.INSOLVENCY).case
    return (DebtorInsolvent(**_about(account, now), case=case),)


def _sanctions(
    account: CreditAccount, before: Reports, after: Reports, now: datetime
) -> tuple[Event, ...]:
    hits = new_hits(before, after, Source.SANCTIONS)
    if not hits:
        return ()
    entries = tuple(hit.id for hit in hits)
    lists = tuple(sorted({name for hit in hits for name in hit.lists}))
    return (SanctionsPossibleHit(**_about(account, now), entries=entries, lists=lists),)
