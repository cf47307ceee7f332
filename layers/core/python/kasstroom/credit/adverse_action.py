"""The data of an adverse action notice: 15 U.S.C. 1681m(a) (FCRA section 615(a)) and Regulation B,
12 CFR 1002.9. What the books do not know is named in `missing`, for whoever sends the notice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from kasstroom.credit.decision import Decision, Outcome
from kasstroom.credit.explaining import RuleView, policy_behind, rules_of
from kasstroom.credit.human import human_decision, to_pay_later
from kasstroom.credit.restricted import public_reasons
from kasstroom.credit.reviews import ReviewState
from kasstroom.credit.usecases import decision_of
from kasstroom.errors import Refused
from kasstroom.money import Money
from kasstroom.organisations.model import Organisation
from kasstroom.ports import Books
from kasstroom.time import day_of

MOST_REASONS = 4
"""Regulation B, official comment 9(b)(2): more than four are not likely to help."""
SEND_WITHIN_DAYS = 30
ASK_WITHIN_DAYS = 60
FROM_AGENCIES = frozenset(
    {"score", "rating", "registered", "insolvent", "company_age_days", "legal_form"}
)
NOT_THE_AGENCY = (
    "The reporting agency did not make this decision and cannot explain why it was made."
)
RIGHTS = (
    "You may ask the agency for a free copy of your report within 60 days.",
    "You may dispute with the agency that the report is accurate or complete.",
    "You may ask us in writing, within 60 days, for the reasons and for what others told us.",
)
ECOA = (
    "The Federal Equal Credit Opportunity Act prohibits creditors from discriminating against"
    " credit applicants on the basis of race, color, religion, national origin, sex, marital"
    " status, age (provided the applicant has the capacity to enter into a binding contract);"
    " because all or part of the applicant's income derives from any public assistance program; or"
    " because the applicant has in good faith exercised any right under the Consumer Credit"
    " Protection Act."
)


@dataclass(frozen=True, slots=True)
class Creditor:
    name: str
    city: str
    registration: str
    phone: str
    email: str


@dataclass(frozen=True, slots=True)
class Agency:
    """Empty fields are not in the books."""

    name: str = ""
    address: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class ScoreUsed:
    """The score with its range and the day it was fetched."""

    value: int
    lowest: int
    highest: int
    on: date | None


@dataclass(frozen=True, slots=True)
class PrincipalReason:
    code: str
    detail: str
    rule: str


@dataclass(frozen=True, slots=True)
class AdverseAction:
    """`action` is `declined` or `less_than_asked`; `send_by` and `ask_until` are days in
    Europe/Amsterdam. `agency` null: no report was used."""

    decision: str
    notice_on: date
    send_by: date
    ask_until: date
    creditor: Creditor
    action: str
    asked: Money
    granted: Money
    reasons: tuple[PrincipalReason, ...]
    agency: Agency | None
    score: ScoreUsed | None
    statements: tuple[str, ...]
    missing: tuple[str, ...]


def adverse_action(books: Books, org: str, id: str) -> AdverseAction:
    """Refused when nothing adverse was decided: approved, or a person has not decided yet."""
    decision = decision_of(books, org, id)
    person = human_decision(books, decision)
    if person and person.verdict is ReviewState.DECLINED:
        action, day = "declined", day_of(person.at)
    elif decision.outcome is Outcome.DECLINED:
        action, day = "declined", day_of(decision.decided_at)
    elif decision.outcome is Outcome.APPROVED_PARTIAL or (
        person and person.approved.minor < to_pay_later(decision).minor
    ):
        action, day = "less_than_asked", day_of(person.at if person else decision.decided_at)
    else:
        detail = f"Nothing adverse was decided: {decision.outcome}, and no person declined it."
        raise Refused("no_adverse_action", detail)
    policy = policy_behind(books, decision)
    rules = tuple(r for r in rules_of(decision, policy) if r.fired) if policy else ()
    creditor = books.get(Organisation, org)
    granted = person.approved if person else decision.approved
    return _notice(decision, rules, creditor, action, day, granted)


def _notice(
    decision: Decision, rules: tuple[RuleView, ...], creditor: Organisation, action: str, day: date,
    granted: Money,
) -> AdverseAction:  # fmt: skip
    used = {name for rule in rules for name in rule.facts} & FROM_AGENCIES
    statements = (NOT_THE_AGENCY, *RIGHTS, ECOA) if used else (RIGHTS[-1], ECOA)
    missing = ["creditor.address", "regulator"]
    if used:
        missing += ["agency.name", "agency.address", "agency.phone"]
    if "score" in used:
        missing += ["score.provider", "score.key_factors"]
    return AdverseAction(
        decision.id, day, day + timedelta(days=SEND_WITHIN_DAYS),
        day + timedelta(days=ASK_WITHIN_DAYS),
        Creditor(
            creditor.name, creditor.city, creditor.kvk, creditor.phone, creditor.email_from
        ),
        action, decision.requested, granted, _reasons(decision, rules),
        Agency() if used else None, _score(decision) if "score" in used else None,
        statements, tuple(missing),
    )  # fmt: skip


def _reasons(decision: Decision, rules: tuple[RuleView, ...]) -> tuple[PrincipalReason, ...]:
    """The decisive ones first, each code once. A notice goes to the applicant: what lists say
    stands in none, whoever asks for it."""
    first = {rule.id: n for n, rule in enumerate(rules)}
    by_rule = sorted(decision.reasons, key=lambda reason: first.get(reason.rule, len(first)))
    ordered = public_reasons(by_rule)
    by_code = {reason.code: reason for reason in reversed(ordered)}
    kept = [reason for reason in ordered if by_code[reason.code] is reason]
    return tuple(PrincipalReason(r.code, r.detail, r.rule) for r in kept[:MOST_REASONS])


def _score(decision: Decision) -> ScoreUsed | None:
    value, age = decision.facts.get("score"), decision.facts.get("data_age_days")
    if not isinstance(value, int):
        return None
    on = day_of(decision.decided_at - timedelta(days=age)) if isinstance(age, int) else None
    return ScoreUsed(value, 0, 100, on)
