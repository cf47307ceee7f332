"""Covers without an insurer's API: answers booked by hand, and cover of our own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kasstroom.access.model import Actor, Role
from kasstroom.changes import Changes, Command
from kasstroom.credit.model import CreditAccount
from kasstroom.errors import NotFound, Refused
from kasstroom.ids import derived_id
from kasstroom.insurance.codes import WAITING, AnswerReason, RequestKind, Response
from kasstroom.insurance.deciding import Standing, checked, decided
from kasstroom.insurance.model import Cover, CoverAnswer, CoverKind, CoverRequest, CoverState
from kasstroom.insurance.model import InsurancePolicy as Policy
from kasstroom.insurance.polling import book
from kasstroom.insurance.requests import policy_for
from kasstroom.money import Money
from kasstroom.ports import Books
from kasstroom.time import Day, day_of


@dataclass(frozen=True, slots=True)
class BookAnswer(Command):
    """What a letter or portal of the insurer says. With `request` it answers that request;
    without, the insurer took the initiative (a reduction, a withdrawal). The same `decision_id` is
    booked once."""

    decision_id: str
    response: Response
    request: str = ""
    policy: str = ""
    granted: Money | None = None
    percentage: int | None = None
    valid_from: Day | None = None
    valid_to: Day | None = None
    conditions: tuple[str, ...] = ()
    reason: AnswerReason | None = None
    grade: str = ""
    review_on: Day | None = None

    def answer(self) -> CoverAnswer:
        return CoverAnswer(
            self.decision_id, self.response, self.granted, self.percentage, self.valid_from,
            self.valid_to, self.conditions, self.reason, self.grade, self.review_on,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class OwnCover(Command):
    """`amount` left out: all the room the policy gives."""

    amount: Money | None = None
    policy: str = ""


def book_by_hand(
    books: Books, org: str, debtor: str, told: BookAnswer, policies: list[Policy], actor: Actor,
    now: datetime,
) -> tuple[Changes, Cover]:  # fmt: skip
    """The cover after the answer. Refused for a machine: a person read the letter."""
    actor.must_be(Role.CREDIT_MANAGER)
    account = _account(books, org, debtor)
    if not told.decision_id.strip():
        raise Refused("decision_id_missing", "Give the insurer's number.", "/body/decision_id")
    answer, cover = (
        checked(told.answer(), account.currency, "/body"),
        books.find(Cover, org, debtor),
    )
    if cover and answer.decision_id in cover.decisions:
        return Changes(), cover
    if told.request:
        return _answering(books, org, debtor, told.request, answer, actor, now)
    if answer.response in WAITING:
        detail = f"{answer.response} decides nothing; book the answer when it is there."
        raise Refused("no_decision", detail, "/body/response")
    policy = policy_for(policies, told.policy or (cover.policy if cover else ""), now)
    after, changes = decided(Standing(policy, account, cover), answer, now, by=actor.name)
    return changes, after


def _answering(
    books: Books, org: str, debtor: str, id: str, answer: CoverAnswer, actor: Actor, now: datetime
) -> tuple[Changes, Cover]:
    if not books.get(CoverRequest, org, debtor, id).waits:
        raise Refused("request_closed", "This request waits for no answer.", "/body/request")
    changes, _ = book(books, org, debtor, id, answer, now, actor.name)
    found = [item for item in (*changes.create, *changes.update) if isinstance(item, Cover)]
    return changes, found[0] if found else books.get(Cover, org, debtor)


def grant_own(
    books: Books, org: str, debtor: str, asked: OwnCover, policies: list[Policy], actor: Actor,
    now: datetime,
) -> tuple[Changes, Cover]:  # fmt: skip
    """Cover within the policy's discretionary room, on payment experience."""
    actor.must_be(Role.CREDIT_MANAGER)
    account = _account(books, org, debtor)
    policy, cover = policy_for(policies, asked.policy, now), books.find(Cover, org, debtor)
    amount = own_room(policy, account, cover, asked.amount, now)
    id = derived_id("own", org, debtor, now)
    answer = CoverAnswer(id, Response.APPROVED, amount, valid_to=policy.valid_to)
    after, changes = decided(
        Standing(policy, account, cover), answer, now, request=RequestKind.NEW, requested=amount,
        kind=CoverKind.DISCRETIONARY, by=actor.name,
    )  # fmt: skip
    return changes, after


def own_room(
    policy: Policy, account: CreditAccount, cover: Cover | None, amount: Money | None,
    now: datetime,
) -> Money:  # fmt: skip
    """The amount that may be granted; Refused says what stands in the way."""
    terms, paid, most = policy.terms, account.behaviour, policy.terms.discretionary_limit
    if most is None or not most:
        raise Refused("no_discretionary_limit", "This policy leaves no limits to us.")
    if cover and cover.kind is CoverKind.NAMED and (cover.in_force or cover.decisions):
        detail = f"The insurer decided on this debtor ({cover.state}); that goes first."
        raise Refused("named_cover", detail)
    if cover and cover.state in (CoverState.REQUESTED, CoverState.INVESTIGATING):
        raise Refused("request_open", "The insurer was asked; wait for its answer.")
    late = paid.days_late
    if late is None or paid.paid_invoices < terms.experience_invoices:
        detail = f"{terms.experience_invoices} paid invoices are needed first."
        raise Refused("no_experience", detail)
    if late > terms.experience_days_late:
        detail = f"This debtor pays {late} days late on average; at most"
        raise Refused("bad_experience", f"{detail} {terms.experience_days_late} are allowed.")
    if account.oldest_overdue_days(day_of(now)) > terms.extension_days:
        raise Refused("overdue_beyond_extension", "An invoice is past the extension period.")
    wanted = most if amount is None else amount
    if wanted.currency != account.currency or most.currency != account.currency:
        raise Refused("wrong_currency", f"This account runs in {account.currency}.", "/body/amount")
    if wanted.minor <= 0 or most < wanted:
        raise Refused(
            "above_discretionary_limit", f"At most {most} may be granted.", "/body/amount"
        )
    return wanted


def _account(books: Books, org: str, debtor: str) -> CreditAccount:
    found = books.find(CreditAccount, org, debtor)
    if found is None:
        raise NotFound("debtor_not_found", f"There is no debtor {debtor}.")
    return found
