"""The insurer's jobs: handed over, asked after until they are answered, booked exactly once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from kasstroom.changes import Changes, Work
from kasstroom.credit.model import CreditAccount
from kasstroom.errors import KasstroomError, NotFound, Refused, Unavailable
from kasstroom.events.insurance import CoverRequestFailed
from kasstroom.insurance.codes import WAITING
from kasstroom.insurance.deciding import Standing, checked, decided
from kasstroom.insurance.model import (
    Cover,
    CoverAnswer,
    CoverRequest,
    CoverState,
    InsurancePolicy,
    RequestState,
)
from kasstroom.insurance.ports import CallbackUrl, CoverOrder, Insurers
from kasstroom.ports import Books, DueItem
from kasstroom.settle import settle

CLAIMED_FOR = timedelta(minutes=5)
"""While one run talks to the insurer, no other run takes the same request."""
POLL_MINUTES = (2, 5, 15, 30, 60, 180, 360)
GIVE_UP = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Polled:
    """How a run went, for the figures."""

    sent: int = 0
    answered: int = 0
    waiting: int = 0
    failed: int = 0
    unavailable: int = 0

    def plus(self, name: str) -> Polled:
        return replace(self, **{name: getattr(self, name) + 1})


def poll_due(books: Books, insurers: Insurers, callback_url: CallbackUrl, now: datetime) -> Polled:
    """Every request whose time has come; one insurer's trouble does not stop the others."""
    done = Polled()
    for due in list(books.due(Work.INSURER_JOB, now)):
        asked = settle(books, lambda due=due: _claimed(books, due, now))  # type: ignore[misc]
        if asked:
            done = done.plus(_one(books, insurers, callback_url, asked, now))
    return done


def _claimed(books: Books, due: DueItem, now: datetime) -> tuple[Changes, CoverRequest | None]:
    asked = books.find(CoverRequest, due.org, due.debtor, due.id)
    if asked is None or asked.due is None or asked.due.at > now:
        return Changes(), None
    after = replace(asked, poll_at=now + CLAIMED_FOR)
    return Changes(update=(after,)), asked


def _one(
    books: Books, insurers: Insurers, callback_url: CallbackUrl, asked: CoverRequest, now: datetime
) -> str:
    org, debtor, id = asked.org, asked.debtor, asked.id
    try:
        insurer = insurers(org, asked.insurer)
        if not asked.job_id:
            company = asked.company_id or insurer.company_of(asked.buyer)
            policy = books.get(InsurancePolicy, org, id=asked.policy)
            url = callback_url(org, debtor, id)
            job = insurer.ask(_order(asked, policy, company, url))
            return settle(books, lambda: _sent(books, asked, company, job, now))
        answer = insurer.answer(asked.job_id)
        return settle(books, lambda: book(books, org, debtor, id, answer, now))
    except Unavailable:
        return settle(books, lambda: _later(books, asked, now, "unavailable"))
    except (Refused, NotFound) as error:
        problem = error
        return settle(books, lambda: _failed(books, asked, problem, now))


def _order(asked: CoverRequest, policy: InsurancePolicy, company: str, url: str) -> CoverOrder:
    return CoverOrder(
        asked.id, policy.number, asked.kind, company, asked.amount, asked.terms_days, url,
        asked.urgent,
    )  # fmt: skip


def _sent(
    books: Books, asked: CoverRequest, company: str, job: str, now: datetime
) -> tuple[Changes, str]:
    """The job is kept also when the request was cancelled meanwhile: the answer will be late."""
    current = books.get(CoverRequest, asked.org, asked.debtor, asked.id)
    state = RequestState.SENT if current.waits else current.state
    after = replace(
        current, state=state, company_id=company, job_id=job, polls=0,
        poll_at=now + timedelta(minutes=POLL_MINUTES[0]),
    )  # fmt: skip
    return Changes(update=(after,)), "sent"


def book(
    books: Books, org: str, debtor: str, id: str, answer: CoverAnswer | None, now: datetime,
    by: str = "insurer",
) -> tuple[Changes, str]:  # fmt: skip
    """What the answer does, once: a request that is answered, cancelled or failed takes no second
    one. A late answer after a cancellation is kept for the record and decides nothing."""
    asked = books.get(CoverRequest, org, debtor, id)
    if asked.state is RequestState.CANCELLED and answer and asked.answer is None:
        return Changes(update=(replace(asked, answer=answer),)), "late"
    if not asked.waits:
        return Changes(), "done"
    if answer is None or answer.response in WAITING:
        return _waiting(books, asked, answer, now)
    account = books.get(CreditAccount, org, debtor)
    checked(answer, account.currency)
    policy = books.get(InsurancePolicy, org, id=asked.policy)
    standing = Standing(policy, account, books.find(Cover, org, debtor))
    after = replace(
        asked, state=RequestState.ANSWERED, answer=answer, answered_at=now, poll_at=None
    )
    if standing.cover and answer.decision_id in standing.cover.decisions:
        return Changes(update=(after,)), "answered"
    cover, changes = decided(
        standing, answer, now, request=asked.kind, requested=asked.amount, by=by
    )
    changes = _with_company(changes, cover, asked.company_id)
    return changes + Changes(update=(after,)), "answered"


def _with_company(changes: Changes, cover: Cover, company: str) -> Changes:
    """The insurer's own id of the debtor, for the next request."""
    if not company or cover.company_id == company:
        return changes
    named = replace(cover, company_id=company)
    swap = lambda items: tuple(named if item is cover else item for item in items)  # noqa: E731
    return replace(changes, create=swap(changes.create), update=swap(changes.update))


def _waiting(
    books: Books, asked: CoverRequest, answer: CoverAnswer | None, now: datetime
) -> tuple[Changes, str]:
    changes, result = _later(books, asked, now, "waiting")
    cover = books.find(Cover, asked.org, asked.debtor)
    if answer and cover and cover.state is CoverState.REQUESTED:
        changes += Changes(update=(replace(cover, state=CoverState.INVESTIGATING),))
    return changes, result


def _later(books: Books, asked: CoverRequest, now: datetime, result: str) -> tuple[Changes, str]:
    """Less and less often; after a month a person has to look."""
    current = books.get(CoverRequest, asked.org, asked.debtor, asked.id)
    if not current.waits:
        return Changes(), "done"
    if now - current.asked_at > GIVE_UP:
        gone = Unavailable("no_answer", "The insurer gave no answer within a month.")
        return _failed(books, current, gone, now)
    if current.poll_at is None:
        # Answers of this insurer are booked by hand: there is nobody to ask.
        return Changes(), result
    minutes = POLL_MINUTES[min(current.polls, len(POLL_MINUTES) - 1)]
    after = replace(current, polls=current.polls + 1, poll_at=now + timedelta(minutes=minutes))
    return Changes(update=(after,)), result


def _failed(
    books: Books, asked: CoverRequest, error: KasstroomError, now: datetime
) -> tuple[Changes, str]:
    current = books.get(CoverRequest, asked.org, asked.debtor, asked.id)
    if not current.waits:
        return Changes(), "done"
    after = replace(
        current, state=RequestState.FAILED, problem=f"{error.code}: {error.detail}"[:500],
        poll_at=None, answered_at=now,
    )  # fmt: skip
    event = CoverRequestFailed(
        org=asked.org, debtor=asked.debtor, subject=asked.id, at=now, insurer=asked.insurer,
        reason=error.code,
    )  # fmt: skip
    return Changes(update=(after,), events=(event,)), "failed"
