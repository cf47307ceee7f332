"""What an organisation lets its rules approve without a person, as a pure function of facts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from kasstroom.access.model import Actor, Role
from kasstroom.applications.model import Applicant, CreditApplication
from kasstroom.changes import Changes, Command, Versioned
from kasstroom.credit.limit_rules import needs_four_eyes
from kasstroom.credit.model import CreditAccount, CreditLimit, LimitSource
from kasstroom.credit.restricted import LISTED_CODE, POSSIBLE
from kasstroom.credit.room import Ground
from kasstroom.errors import Refused
from kasstroom.money import Money
from kasstroom.ports import Books
from kasstroom.time import day_of

_RATINGS = frozenset("ABCDE")
_LONGEST_SCREENING_DAYS = 365


@dataclass(frozen=True, slots=True)
class ApplicationTerms(Versioned):
    """`auto_approve_up_to` None: a person decides on every application. `lowest_score` is 0 to 100
    and `ratings` are the accepted letters; what is None or empty is not looked at, but one of the
    two must be. Facts older than `facts_days` do not count. `privacy_url` is linked on the form."""

    org: str
    auto_approve_up_to: Money | None = None
    lowest_score: int | None = 60
    ratings: tuple[str, ...] = ("A", "B")
    facts_days: int = 30
    privacy_url: str = ""
    changed_by: str = ""


@dataclass(frozen=True, slots=True)
class ApplicationTermsData(Command):
    """As `ApplicationTerms`; what is left out gets its default."""

    auto_approve_up_to: Money | None = None
    lowest_score: int | None = 60
    ratings: tuple[str, ...] = ("A", "B")
    facts_days: int = 30
    privacy_url: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """`approve` only without a single reason for a person to look."""

    reasons: tuple[str, ...]

    @property
    def approve(self) -> bool:
        return not self.reasons


def found_by_rules(
    terms: ApplicationTerms,
    application: CreditApplication,
    account: CreditAccount,
    ground: Ground,
    now: datetime,
) -> Finding:
    """Approve, or why a person has to look. There is no third answer: no machine rejects."""
    tests = (
        *_about_the_amount(terms, application.data, account, ground, now),
        *_about_the_party(application, account, now),
        *_about_the_facts(terms, account, now),
    )
    return Finding(tuple(reason for reason, holds in tests if holds))


def _about_the_amount(
    terms: ApplicationTerms, data: Applicant, account: CreditAccount, ground: Ground, now: datetime
) -> tuple[tuple[str, bool], ...]:
    most, asked = terms.auto_approve_up_to, data.requested
    comparable = most is not None and asked is not None and asked.currency == most.currency
    within = comparable and most is not None and asked is not None and asked <= most
    other_currency = asked is None or asked.currency != account.currency
    return (
        ("no_automatic_approval", most is None),
        ("above_automatic_limit", most is not None and not within),
        ("wrong_currency", other_currency),
        ("four_eyes", asked is not None and takes_two(account, ground, asked, now)),
        ("longer_term", (data.terms_days or 0) > ground.terms_days),
    )


def takes_two(account: CreditAccount, ground: Ground, amount: Money, now: datetime) -> bool:
    """Whether two people have to agree: by itself, or with the limits there are, it comes above the
    policy's bound. Another currency than the policy's always asks for two."""
    most = ground.policy.terms.four_eyes_above
    if amount.currency != most.currency or most < amount:
        return True
    if amount.currency != account.currency:
        return False
    limit = CreditLimit(LimitSource.OWN, amount, "", now)
    return needs_four_eyes(account, limit, ground.policy, day_of(now))


def _about_the_party(
    application: CreditApplication, account: CreditAccount, now: datetime
) -> tuple[tuple[str, bool], ...]:
    profile = account.profile
    return (
        ("natural_person", application.is_natural_person or account.natural_person),
        ("possible_duplicate", bool(application.duplicates)),
        ("blocked", account.hold is not None),
        ("in_arrears", account.overdue_minor(day_of(now)) > 0),
        ("insolvent_or_ceased", profile.insolvent),
        (LISTED_CODE, profile.sanctions == POSSIBLE),
        ("not_registered", profile.registered is False),
    )


def _about_the_facts(
    terms: ApplicationTerms, account: CreditAccount, now: datetime
) -> tuple[tuple[str, bool], ...]:
    profile, oldest = account.profile, now - timedelta(days=terms.facts_days)
    fresh = profile.screened_at is not None and profile.screened_at >= oldest
    by_score = terms.lowest_score is not None and profile.score is not None
    by_rating = bool(terms.ratings) and bool(profile.rating)
    low = by_score and (profile.score or 0) < (terms.lowest_score or 0)
    poor = by_rating and profile.rating not in terms.ratings
    known = fresh and profile.registered is not None and (by_score or by_rating)
    return (("insufficient_data", not known), ("score_below_threshold", low or poor))


def terms_of(books: Books, org: str) -> ApplicationTerms:
    return books.find(ApplicationTerms, org) or ApplicationTerms(org)


def set_terms(
    books: Books, org: str, data: ApplicationTermsData, actor: Actor
) -> tuple[Changes, ApplicationTerms]:
    """Refused for a machine, and for terms that say nothing about who is approved."""
    actor.must_be(Role.CREDIT_MANAGER)
    _check(data)
    known = terms_of(books, org)
    given = {name: getattr(data, name) for name in ApplicationTermsData.__dataclass_fields__}
    after = replace(known, **given, changed_by=actor.name)
    return Changes(update=(after,)) if after != known else Changes(), after


def _check(data: ApplicationTermsData) -> None:
    most = data.auto_approve_up_to
    if most is not None and most.minor <= 0:
        detail = "Give an amount above zero, or null to let a person decide on everything."
        raise Refused("negative_amount", detail, "/body/auto_approve_up_to/value")
    if data.lowest_score is not None and not 0 <= data.lowest_score <= 100:
        raise Refused("invalid_score", "A score lies between 0 and 100.", "/body/lowest_score")
    if unknown := set(data.ratings) - _RATINGS:
        detail = f"A rating is A, B, C, D or E, not {', '.join(sorted(unknown))}."
        raise Refused("invalid_rating", detail, "/body/ratings")
    if most is not None and data.lowest_score is None and not data.ratings:
        detail = "Say which score or which ratings are approved automatically."
        raise Refused("nothing_looked_at", detail, "/body/lowest_score")
    if not 1 <= data.facts_days <= _LONGEST_SCREENING_DAYS:
        raise Refused("invalid_days", "Facts count 1 to 365 days.", "/body/facts_days")
    if data.privacy_url and not data.privacy_url.startswith("https://"):
        detail = "Give the address of your privacy notice with https:// in front."
        raise Refused("invalid_url", detail, "/body/privacy_url")
