"""Credit checks: load, decide, commit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from kasstroom.changes import Changes
from kasstroom.credit.asking import Buyer, CreditCheck, checked
from kasstroom.credit.deciding import CHECK_KIND, Asked, decide, fact_of
from kasstroom.credit.decision import Decision
from kasstroom.credit.groups import CreditGroup
from kasstroom.credit.model import CreditAccount
from kasstroom.credit.policy import CreditPolicy
from kasstroom.credit.room import Ground, other_currencies
from kasstroom.errors import Duplicate, NotFound, Refused
from kasstroom.ids import derived_id
from kasstroom.ports import Books

Newcomer = Callable[[CreditCheck], tuple[Changes, CreditAccount]]
"""Registers a buyer we do not know: what to write, and the empty account."""
Grounds = Callable[[CreditAccount], Ground]
"""The policy and terms that are live for an account."""


def check(
    books: Books, org: str, asked: Asked, *, grounds: Grounds, newcomer: Newcomer
) -> tuple[Changes, Decision]:
    """One read; the decision, and when approved the reservation, in one transaction. A member of a
    credit group costs a read per member more."""
    request = asked.request
    checked(request)
    before, account = account_of(books, org, asked, newcomer)
    known = next((c for c in account.recent if c.request_id == asked.request_id), None)
    if known and known.decision:
        return Changes(), same_decision(known.decision.open(), asked.fingerprint)
    ground = grounds(account)
    guard = Changes()
    if account.group:
        guard, left = group_room(books, account, ground.policy, asked.now)
        ground = replace(ground, group_available=left)
    changes, made = decide(account, asked, ground)
    if before and not request.commit:
        return Changes(), made
    return before + guard + changes, made


def account_of(
    books: Books, org: str, asked: Asked, newcomer: Newcomer
) -> tuple[Changes, CreditAccount]:
    """The buyer's account; for somebody new the changes that register them, account left out."""
    request, buyer = asked.request, asked.request.buyer
    number = request.debtor or (buyer.customer_number if buyer else "")
    known = buyer and _known_by_identifier(books, org, buyer)
    if number and known and known != number:
        detail = f"This KvK or VAT number belongs to debtor {known}, not to {number}."
        raise Refused("ambiguous_debtor", detail, "/body/buyer")
    number = number or known or ""
    account = books.find(CreditAccount, org, number) if number else None
    if account:
        return Changes(), account
    if buyer is None:
        detail = f"There is no debtor {request.debtor}."
        raise NotFound("debtor_not_found", detail, "/body/debtor")
    before, account = newcomer(request)
    rest = tuple(entity for entity in before.create if not isinstance(entity, CreditAccount))
    return replace(before, create=rest), account


def _known_by_identifier(books: Books, org: str, buyer: Buyer) -> str:
    found = {
        reference.debtor
        for scheme, value in (("kvk", buyer.kvk), ("vat", buyer.vat))
        if value and (reference := books.lookup(org, f"debtor_{scheme}", value))
    }
    if len(found) > 1:
        detail = f"The KvK and VAT numbers belong to different debtors: {', '.join(sorted(found))}."
        raise Refused("ambiguous_debtor", detail, "/body/buyer")
    return found.pop() if found else ""


def group_room(
    books: Books, account: CreditAccount, policy: CreditPolicy, now: datetime
) -> tuple[Changes, int]:
    """What is left of the group's limit, with every other member's version guarded: two checks on
    two members cannot both take the last euro."""
    group = books.get(CreditGroup, account.org, id=account.group)
    others = [
        books.get(CreditAccount, account.org, number)
        for number in group.members
        if number != account.debtor
    ]
    used = sum(
        max(0, member.open_minor + other_currencies(member, policy)) + member.reserved_minor(now)
        for member in (account, *others)
    )
    return Changes(check=(group, *others)), max(0, group.limit.minor - used)


def same_decision(decision: Decision, fingerprint: str) -> Decision:
    """The earlier decision, unless the key was used for another question."""
    if decision.fingerprint != fingerprint:
        detail = "This Idempotency-Key was used before for another request; use a new key."
        raise Duplicate("idempotency_key_reused", detail)
    return decision


def earlier(books: Books, org: str, request_id: str, fingerprint: str) -> Decision:
    """The decision that a request which came before got, wherever it is kept."""
    decision = decision_of(books, org, derived_id("dec", org, request_id))
    return same_decision(decision, fingerprint)


def decision_of(books: Books, org: str, id: str) -> Decision:
    return books.get(Decision, org, owner_of(books, org, id), id)


def owner_of(books: Books, org: str, id: str) -> str:
    reference = books.lookup(org, CHECK_KIND, fact_of(id))
    if reference is None:
        raise NotFound("credit_check_not_found", f"There is no credit check behind {id}.")
    return reference.debtor
