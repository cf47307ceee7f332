"""Asking an insurer for cover: who asks, for how much, and how it is withdrawn."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from kasstroom.changes import Changes, Command
from kasstroom.credit.model import CreditAccount
from kasstroom.debtors.model import Debtor, IdentifierScheme
from kasstroom.errors import NotFound, Refused
from kasstroom.events.insurance import CoverRequested
from kasstroom.ids import new_id
from kasstroom.insurance.codes import RequestKind
from kasstroom.insurance.deciding import Standing, kept, new_cover
from kasstroom.insurance.model import (
    Buyer,
    Cover,
    CoverKind,
    CoverRequest,
    CoverState,
    InsurancePolicy,
    RequestState,
)
from kasstroom.money import Money
from kasstroom.ports import Books
from kasstroom.time import day_of

CONNECTED = frozenset({"allianz_trade"})
"""Insurers that are asked over their API; answers of others are booked by hand."""
NEEDS_COVER = frozenset(
    {RequestKind.INCREASE, RequestKind.REDUCE, RequestKind.PROLONG, RequestKind.CANCEL}
)
USUAL_TERM_DAYS = 30
LOOKED_UP_BY = {IdentifierScheme.KVK: "kvk", IdentifierScheme.VAT: "vat"}


@dataclass(frozen=True, slots=True)
class NewCoverRequest(Command):
    """`amount` is the limit wanted in the account's currency; not needed for cancel. `policy` may
    be left out when one policy runs."""

    debtor: str
    amount: Money | None = None
    kind: RequestKind = RequestKind.NEW
    policy: str = ""
    urgent: bool = False
    client_reference: str = ""
    company_id: str = ""


def request(
    books: Books, org: str, new: NewCoverRequest, policies: list[InsurancePolicy], by: str,
    now: datetime,
) -> tuple[Changes, CoverRequest]:  # fmt: skip
    """The request in the books; it is sent by the next poll. Refused when it cannot be asked."""
    debtor = books.find(Debtor, org, new.debtor)
    account = books.find(CreditAccount, org, new.debtor)
    if debtor is None or account is None:
        detail = f"There is no debtor {new.debtor}."
        raise NotFound("debtor_not_found", detail, "/body/debtor")
    policy = policy_for(policies, new.policy, now)
    cover = books.find(Cover, org, new.debtor)
    open_requests = [r for r in books.all_of(CoverRequest, org, new.debtor) if r.waits]
    if open_requests:
        detail = f"Request {open_requests[0].id} is still open; wait for it or cancel it."
        raise Refused("request_open", detail, "/body/debtor")
    amount = _amount(new, account, cover)
    asked = CoverRequest(
        org, new.debtor, new_id("crq", now), policy.id, policy.insurer, new.kind, amount,
        buyer_of(debtor, new.company_id), now, by,
        USUAL_TERM_DAYS if account.terms_days is None else account.terms_days,
        new.urgent, new.client_reference, new.company_id or (cover.company_id if cover else ""),
        poll_at=now if policy.insurer in CONNECTED else None,
    )  # fmt: skip
    event = CoverRequested(
        org=org, debtor=new.debtor, subject=asked.id, at=now, insurer=policy.insurer,
        request=new.kind, amount=amount,
    )  # fmt: skip
    standing = Standing(policy, account, cover)
    return Changes(create=(asked,), events=(event,)) + _shown(standing, amount), asked


def _shown(standing: Standing, amount: Money) -> Changes:
    """A cover that is not in force shows that one was asked for; one in force stays as it is, but
    two requests at the same moment cannot both pass it."""
    cover, account = standing.cover, standing.account
    if cover is None:
        made = new_cover(standing, CoverKind.NAMED, CoverState.REQUESTED)
        return kept(replace(made, requested=amount), account, fresh=True, account_too=False)
    if cover.in_force:
        return Changes(update=(cover,))
    return Changes(update=(replace(cover, requested=amount, state=CoverState.REQUESTED),))


def _amount(new: NewCoverRequest, account: CreditAccount, cover: Cover | None) -> Money:
    in_force = cover is not None and cover.in_force and cover.kind is CoverKind.NAMED
    if new.kind in NEEDS_COVER and not in_force:
        detail = f"There is no cover of an insurer to {new.kind}; ask for a new one."
        raise Refused("no_cover", detail, "/body/kind")
    granted = cover.granted if cover and cover.granted else Money.zero(account.currency)
    if new.kind is RequestKind.CANCEL:
        return Money.zero(account.currency)
    if new.amount is None and new.kind is RequestKind.PROLONG:
        return granted
    if new.amount is None or new.amount.minor <= 0:
        raise Refused("amount_missing", "Say how much has to be covered.", "/body/amount")
    if new.amount.currency != account.currency:
        detail = f"This account runs in {account.currency}; ask in that currency."
        raise Refused("wrong_currency", detail, "/body/amount/currency")
    if new.kind is RequestKind.INCREASE and new.amount <= granted:
        raise Refused("not_an_increase", f"{granted} is covered already.", "/body/amount")
    if new.kind is RequestKind.REDUCE and granted <= new.amount:
        raise Refused("not_a_reduction", f"Only {granted} is covered now.", "/body/amount")
    return new.amount


def buyer_of(debtor: Debtor, company_id: str = "") -> Buyer:
    """As an insurer looks it up; Refused without a number and without the insurer's own id."""
    numbers = {
        LOOKED_UP_BY[i.scheme]: i.value for i in debtor.identifiers if i.scheme in LOOKED_UP_BY
    }
    if not numbers and not company_id:
        detail = (
            f"Debtor {debtor.number} has no KvK or VAT number, so no insurer can find it. Add one,"
            " or give the insurer's own company_id."
        )
        raise Refused("no_identifier", detail, "/body/debtor")
    at = debtor.address
    return Buyer(debtor.name, at.country, numbers, at.city, at.postcode)


def policy_for(policies: list[InsurancePolicy], id: str, now: datetime) -> InsurancePolicy:
    """The named policy, or the only one that runs today."""
    running = [p for p in policies if p.runs_on(day_of(now)) and id in ("", p.id)]
    if len(running) == 1:
        return running[0]
    if running:
        detail = "Several policies run today; name one of them."
        raise Refused("several_policies", detail, "/body/policy")
    raise Refused("no_policy", "No such insurance policy runs today.", "/body/policy")


def cancel(
    books: Books, org: str, debtor: str, id: str, now: datetime
) -> tuple[Changes, CoverRequest]:
    """We no longer want to know. An answer that comes after it is not booked."""
    asked = books.get(CoverRequest, org, debtor, id)
    if asked.state is RequestState.CANCELLED:
        return Changes(), asked
    if not asked.waits and asked.state is not RequestState.FAILED:
        raise Refused("request_answered", "This request was answered already.")
    after = replace(asked, state=RequestState.CANCELLED, poll_at=None, answered_at=now)
    cover = books.find(Cover, org, debtor)
    changes = Changes(update=(after,))
    if cover and cover.state in (CoverState.REQUESTED, CoverState.INVESTIGATING):
        changes += Changes(update=(replace(cover, state=CoverState.CANCELLED),))
    return changes, after


def signed_name(debtor: str, id: str) -> str:
    """What our signature in a webhook's address stands for."""
    return f"cover/{debtor}/{id}"


def wake(books: Books, org: str, debtor: str, id: str, now: datetime) -> tuple[Changes, bool]:
    """Somebody who knows the address says there is news: the next poll looks at once. Nothing is
    believed of what was sent; a request that waits for nothing is left alone."""
    asked = books.find(CoverRequest, org, debtor, id)
    soon = now + timedelta(seconds=1)
    if asked is None or not asked.waits or asked.poll_at is None or asked.poll_at <= soon:
        return Changes(), False
    return Changes(update=(replace(asked, poll_at=now),)), True
