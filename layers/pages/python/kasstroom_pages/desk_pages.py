"""The pages of the desk: signing in, the queue, one review with its decision."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from kasstroom.access.roles import DASHBOARD, MONEY, may
from kasstroom.credit.reviews import Review, ReviewKind, ReviewState
from kasstroom.money import Money
from kasstroom.organisations.model import Language
from kasstroom.time import day_of
from kasstroom.work.cases import Case
from kasstroom.work.desk import TAKES_AMOUNT, TAKES_TERM, Queue, Waiting
from kasstroom_pages import desk_words
from kasstroom_pages.desk_applications import facts_asked, first_amount, first_terms, granted
from kasstroom_pages.desk_bars import age_widths, limit_bar
from kasstroom_pages.desk_subjects import subject_of
from kasstroom_pages.formats import money, plain
from kasstroom_pages.templates import fill, say

EARLIER_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Place:
    """Where the reader is: `form` is the token every form carries, `path` what the language link
    leads to again; no `name` before signing in. `switch` is the id of the form whose typing the
    language switch takes along; empty on a page without one. `roles` are those of who signed in."""

    language: Language
    path: str
    creditor: str = ""
    name: str = ""
    form: str = ""
    switch: str = ""
    roles: tuple[str, ...] = ()

    @property
    def shows_dashboard(self) -> bool:
        return may(self.roles, "GET", DASHBOARD)

    @property
    def shows_money(self) -> bool:
        return may(self.roles, "GET", MONEY)

    @property
    def other(self) -> str:
        return (Language.EN if self.language is Language.NL else Language.NL).value


def gone_page(place: Place) -> str:
    return fill("desk_gone.html", place.language, place=place)


def queue_page(place: Place, queue: Queue, now: datetime, *, kind: str, cursor: str) -> str:
    total = sum(queue.waiting.values())
    kinds = [("", total), *((k.value, queue.waiting.get(k.value, 0)) for k in ReviewKind)]
    return fill(
        "desk_queue.html",
        place.language,
        place=place,
        total=total,
        late=queue.late,
        kinds=kinds,
        chosen=kind,
        cursor=cursor,
        further=queue.next_cursor,
        rows=[_row(line, place.language, now) for line in queue.items],
    )


def _row(line: Waiting, language: Language, now: datetime) -> dict[str, object]:
    tone, words = desk_words.due(line.due_on, day_of(now), language)
    return {
        "id": line.id,
        "kind": line.kind.value,
        "name": plain(line.name, 70) or say(language)("desk_nameless"),
        "amount": money(line.amount, language) if line.amount else "",
        "person": line.natural_person,
        "why": " ".join(desk_words.said(line.kind, line.reasons, language)[:2]),
        "tone": tone,
        "due": words,
    }


@dataclass(frozen=True, slots=True)
class Reply:
    """What the reader is told about the form they sent: a sentence, and what they typed; None: that
    field was not there yet. `may` is empty when somebody else has to decide, `decline` when only
    that is left to them."""

    said: str = ""
    note: str = ""
    amount: str | None = None
    terms: str | None = None
    may: str = "decide"


def review_page(
    place: Place, case: Case, now: datetime, reply: Reply, next_one: Waiting | None = None
) -> str:
    """An open review with its form, or a closed one with what was decided."""
    language, review, figures = place.language, case.review, case.figures
    if reply.may and not review.decided_at:
        place = replace(place, switch="decision")
    asked = _asked(case)
    currency = figures.available.currency if figures else "EUR"
    made = case.decision
    return fill(
        "desk_review.html",
        language,
        place=place,
        id=review.id,
        kind=review.kind.value,
        question=desk_words.question(case, language),
        person=review.natural_person,
        due=desk_words.due(review.due_on, day_of(now), language),
        context=_context(case, language),
        subject=subject_of(case, language),
        why=desk_words.reasons(case, language),
        rules=_rules(case, language),
        changes=desk_words.changes(made.alternatives, language) if made else [],
        figures=figures,
        bar=limit_bar(figures, asked) if figures else None,
        asked=asked,
        cash=lambda minor: money(Money(minor, currency), language),
        ages=age_widths(figures.by_age) if figures and figures.open.minor else [],
        paying=desk_words.paying(figures.habits, language) if figures else [],
        earlier=[_closed(old, language) for old in case.earlier[:EARLIER_SHOWN]],
        done=_closed(review, language) if review.decided_at else None,
        granted=granted(case, language),
        next=_row(next_one, language, now) if next_one else None,
        said=reply.said,
        note=reply.note,
        amount=first_amount(case, language) if reply.amount is None else reply.amount,
        terms=first_terms(case) if reply.terms is None else reply.terms,
        takes_amount=review.kind in TAKES_AMOUNT,
        takes_terms=review.kind in TAKES_TERM,
        facts=facts_asked(case, language, now),
        may=reply.may,
    )


def _asked(case: Case) -> int:
    """What the order asks while it waits, in minor units of the account's currency."""
    amount = case.decision.facts.get("order_amount") if case.decision else 0
    waits = case.review.state is ReviewState.OPEN
    return amount if isinstance(amount, int) and waits else 0


def _context(case: Case, language: Language) -> list[str]:
    t, review = say(language), case.review
    told = [t("desk_debtor", number=plain(review.debtor, 40))]
    if case.decision and case.decision.order_reference:
        told.append(t("desk_order", reference=plain(case.decision.order_reference, 40)))
    told.append(t("desk_asked_at", moment=desk_words.moment(review.opened_at, language)))
    if review.asked_by:
        told.append(t("desk_asked_by", name=plain(review.asked_by, 40)))
    return told


def _rules(case: Case, language: Language) -> str:
    t, made = say(language), case.decision
    if made is None:
        return ""
    told = t("desk_policy", policy=made.policy)
    rules = ", ".join(made.fired)
    return ", ".join([told, t("desk_rules", rules=rules)] if rules else [told])


def _closed(review: Review, language: Language) -> dict[str, str]:
    assert review.decided_at
    return {
        "verdict": review.state.value,
        "kind": review.kind.value,
        "amount": money(review.amount, language) if review.amount else "",
        "by": plain(review.decided_by, 60),
        "at": desk_words.moment(review.decided_at, language),
        "note": "\n".join(plain(line, 500) for line in review.note.splitlines()),
    }
