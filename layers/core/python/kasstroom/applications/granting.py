"""What a decision does to the books: a debtor when there is none yet, its limit, the answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from kasstroom.applications.finding import relisted
from kasstroom.applications.model import (
    Applicant,
    ApplicationState,
    ApplicationVerdict,
    CreditApplication,
    Transition,
)
from kasstroom.changes import Changes
from kasstroom.compliance.consumer_credit import Regime, bnpl_regime, longest_exempt_days
from kasstroom.credit.limit_rules import in_currency
from kasstroom.credit.limits import granted
from kasstroom.credit.model import CreditAccount, CreditLimit, LimitSource, Profile
from kasstroom.credit.room import Ground
from kasstroom.credit.warning import looked_at
from kasstroom.debtors.model import Contact, DebtorKind, Identifier, IdentifierScheme
from kasstroom.debtors.usecases import DebtorData, register
from kasstroom.errors import Refused
from kasstroom.events.applications import ApplicationDecided
from kasstroom.money import Money
from kasstroom.ports import Books
from kasstroom.time import day_of

_MASTER_DATA = ("country", "address_key", "email_domain", "kvk")
"""What a profile says of the debtor itself; the rest comes from outside."""


def account_for(books: Books, application: CreditApplication) -> CreditAccount:
    """The debtor's account; before there is a debtor, an empty one with what is known. A debtor
    that was registered meanwhile, of whom nothing is known, gets what is known of the applicant."""
    account = books.find(CreditAccount, application.org, application.debtor)
    if account is not None:
        return _informed(account, application)
    return CreditAccount(
        application.org, application.debtor, kind=application.kind,
        natural_person=application.is_natural_person, profile=application.facts or Profile(),
    )  # fmt: skip


def _informed(account: CreditAccount, application: CreditApplication) -> CreditAccount:
    facts, data = application.facts, application.data
    if facts is None or _says_nothing(facts) or not _says_nothing(account.profile):
        return account
    if account.profile.kvk != data.kvk:
        return account
    person = account.natural_person or application.is_natural_person
    profile = _merged(account.profile, facts, data)
    return replace(account, profile=profile, natural_person=person)


def _says_nothing(profile: Profile) -> bool:
    """Nothing from outside, that is."""
    return replace(profile, **dict.fromkeys(_MASTER_DATA, "")) == Profile()


def granting(
    books: Books,
    application: CreditApplication,
    account: CreditAccount,
    verdict: ApplicationVerdict,
    ground: Ground,
    now: datetime,
) -> Changes:
    """Registers the debtor when it is new and sets its own limit. Refused for a limit in another
    currency than the account's, for a consumer's term that would be regulated credit, and while a
    sanctions hit is open."""
    assert verdict.limit is not None
    _check_term(application, verdict, ground)
    if account.profile.sanctions == "possible":
        detail = "This party may stand on a sanctions list; clear that first, or reject."
        raise Refused("sanctions", detail, "/body/verdict")
    before, account = _registered(books, application, account, now)
    account = in_currency(account, verdict.limit, "/body/limit")
    limit = CreditLimit(LimitSource.OWN, verdict.limit, verdict.by, now, reference=application.id)
    account, told = granted(account, limit, reason="credit application", now=now)
    account = replace(account, terms_days=verdict.terms_days)
    if not account.review_id:
        review_on = day_of(now) + timedelta(days=ground.policy.terms.reviews.every_days)
        account = replace(account, review_on=review_on)
    account, warning = looked_at(account, ground.policy, now)
    return before + told + warning + Changes(update=(account,))


def _check_term(
    application: CreditApplication, verdict: ApplicationVerdict, ground: Ground
) -> None:
    """Directive (EU) 2023/2225: beyond these days paying later is regulated consumer credit."""
    if application.kind is not DebtorKind.CONSUMER:
        return
    days = verdict.terms_days if verdict.terms_days is not None else ground.terms_days
    if bnpl_regime(ground.seller, days) is Regime.REGULATED:
        most = longest_exempt_days(ground.seller)
        how = f"give at most {most} days" if most is not None else "no term stays exempt"
        detail = f"{days} days would be regulated consumer credit; {how}."
        raise Refused("regulated_credit", detail, "/body/terms_days")


def _registered(
    books: Books, application: CreditApplication, account: CreditAccount, now: datetime
) -> tuple[Changes, CreditAccount]:
    if account.version:
        return Changes(), account
    data = debtor_data(application)
    changes, _ = register(books, application.org, application.debtor, data, now)
    made = next(entity for entity in changes.create if isinstance(entity, CreditAccount))
    profile = _merged(made.profile, application.facts, application.data)
    # As updates, also though they are new: when somebody registers the same debtor at the same
    # moment, the one that is second reads again and finds it.
    rest = tuple(entity for entity in changes.create if entity is not made)
    person = application.is_natural_person
    account = replace(made, profile=profile, natural_person=person)
    return Changes(update=rest, events=changes.events), account


def _merged(told: Profile, facts: Profile | None, data: Applicant) -> Profile:
    """What came from outside, with the master data as the applicant gave them."""
    known = {name: getattr(told, name) for name in _MASTER_DATA}
    merged = replace(facts or told, **known)
    return replace(merged, legal_form=merged.legal_form or data.legal_form)


def debtor_data(application: CreditApplication) -> DebtorData:
    """The applicant as a debtor."""
    data = application.data
    numbers: dict[IdentifierScheme, Any] = {
        IdentifierScheme.KVK: data.kvk, IdentifierScheme.VAT: data.vat,
    }  # fmt: skip
    return DebtorData(
        data.name,
        application.kind,
        application.language,
        data.address,
        Contact(data.email, data.phone),
        tuple(Identifier(scheme, value) for scheme, value in numbers.items() if value),
    )


def approved(
    books: Books,
    application: CreditApplication,
    account: CreditAccount,
    verdict: ApplicationVerdict,
    ground: Ground,
    now: datetime,
) -> tuple[Changes, CreditApplication]:
    """The limit, and the application with the facts it rests on."""
    changes = granting(books, application, account, verdict, ground, now)
    ending, application = settled(books, application, account, verdict)
    return changes + ending, application


def settled(
    books: Books,
    application: CreditApplication,
    account: CreditAccount,
    verdict: ApplicationVerdict,
) -> tuple[Changes, CreditApplication]:
    state = ApplicationState.APPROVED if verdict.approved else ApplicationState.REJECTED
    gathered = application.facts if _says_nothing(account.profile) else None
    facts = gathered or account.profile
    asked, less = application.data.requested, for_less(application, verdict)
    why = f"{less}; {verdict.note}" if less else verdict.note
    after = replace(
        application,
        state=state,
        verdict=verdict,
        facts=facts,
        screened_at=facts.screened_at,
        history=(*application.history, Transition(state, verdict.at, verdict.by, why)),
    )
    event = ApplicationDecided(
        org=after.org, debtor=after.debtor, subject=after.id, at=verdict.at, verdict=state,
        by=verdict.by, limit=verdict.limit or Money.zero(account.currency),
        requested=asked or Money.zero(account.currency), terms_days=verdict.terms_days or 0,
    )  # fmt: skip
    return Changes(update=(after, relisted(books, after)), events=(event,)), after


def for_less(application: CreditApplication, verdict: ApplicationVerdict) -> str:
    """What was granted where that is not what was asked for: for the history. Empty when it is."""
    data, told = application.data, []
    if verdict.limit is not None and data.requested is not None and verdict.limit != data.requested:
        told.append(f"limit {verdict.limit} instead of {data.requested}")
    if verdict.terms_days and data.terms_days and verdict.terms_days != data.terms_days:
        told.append(f"{verdict.terms_days} days instead of {data.terms_days}")
    return ", ".join(told)
