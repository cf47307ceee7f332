"""Approving for less: what the form begins with, what was given, and what registers said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kasstroom.applications.facts import FactsState
from kasstroom.applications.gathering import on_its_way
from kasstroom.organisations.model import Language
from kasstroom.work.cases import Case
from kasstroom_pages.apply_fields import amount_text
from kasstroom_pages.desk_words import moment
from kasstroom_pages.formats import money, plain
from kasstroom_pages.templates import say
from kasstroom_pages.words import words_of


@dataclass(frozen=True, slots=True)
class FactsAsked:
    """`waits`: the answer is on its way, so that there is something to look for again."""

    told: str
    waits: bool


def first_amount(case: Case, language: Language) -> str:
    """What was asked for, or what the first of two people agreed to; empty for an order."""
    application = case.application
    if application is None:
        return ""
    first = application.first_approval
    return amount_text(first.limit if first else application.data.requested, language)


def first_terms(case: Case) -> str:
    """In days; empty: what is usual for this customer."""
    application = case.application
    if application is None:
        return ""
    first = application.first_approval
    return str((first.terms_days if first else application.data.terms_days) or "")


def granted(case: Case, language: Language) -> str:
    """What a person approved of an order or an application; empty for anything else."""
    said, verdict = case.said, case.application.verdict if case.application else None
    if verdict and verdict.limit is not None:
        days = say(language)("desk_days", days=verdict.terms_days)
        return f"{money(verdict.limit, language)}, {days}"
    return money(said.approved, language) if said and said.approved.minor else ""


def facts_asked(case: Case, language: Language, now: datetime) -> FactsAsked | None:
    """None for anything but an application."""
    application, t = case.application, say(language)
    if application is None:
        return None
    asked = application.facts_request
    if asked is None:
        return FactsAsked(t("desk_facts_none"), waits=False)
    if asked.answered_at is None:
        waits = on_its_way(application, now)
        key = "desk_facts_asked" if waits else "desk_facts_lost"
        return FactsAsked(t(key, moment=moment(asked.asked_at, language)), waits)
    at = moment(asked.answered_at, language)
    if asked.state is FactsState.COMPLETE:
        return FactsAsked(t("desk_facts_complete", moment=at), waits=False)
    known = words_of(language)
    names = [known.get(f"desk_register_{one}") or plain(one) for one in asked.missing]
    told = t("desk_facts_incomplete", moment=at, sources=", ".join(names))
    return FactsAsked(told, waits=False)
