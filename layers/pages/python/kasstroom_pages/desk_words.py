"""What the desk says about a review: the question, why it waits, and how the debtor pays."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from babel.dates import format_date

from kasstroom.credit.decision import Alternative
from kasstroom.credit.policy import REGULATED
from kasstroom.credit.restricted import LISTED_CODE, is_hidden, may_be_listed
from kasstroom.credit.reviews import ReviewKind
from kasstroom.organisations.model import Language
from kasstroom.time import AMSTERDAM, day_of
from kasstroom.work.cases import Case
from kasstroom.work.figures import Habits
from kasstroom_pages.formats import long_date, money, plain
from kasstroom_pages.templates import say
from kasstroom_pages.words import words_of


def moment(at: datetime, language: Language) -> str:
    """`1 september 2026, 10:00` in Amsterdam."""
    return f"{long_date(day_of(at), language)}, {at.astimezone(AMSTERDAM):%H:%M}"


def due(due_on: date, today: date, language: Language) -> tuple[str, str]:
    """Tone and words; the tone is `bad` only when it is late."""
    t, days = say(language), (due_on - today).days
    if days < 0:
        key = "desk_due_late_one" if days == -1 else "desk_due_late_many"
        return "bad", t(key, days=-days)
    if days < 2:
        return "", t("desk_due_tomorrow" if days else "desk_due_today")
    same_year = due_on.year == today.year
    day = format_date(due_on, "d MMMM", locale=language) if same_year else None
    return "", t("desk_due_on", day=day or long_date(due_on, language))


def question(case: Case, language: Language) -> str:
    """The one question of the page; of an order: what was asked to pay later."""
    t, review = say(language), case.review
    name = plain(case.name, 70) or t("desk_nameless")
    if review.kind is ReviewKind.PERIODIC:
        return t("desk_ask_periodic", name=name)
    if review.amount is None:
        return t(f"desk_ask_{review.kind}_open", name=name)
    return t(f"desk_ask_{review.kind}", name=name, amount=money(review.amount, language))


def said(kind: ReviewKind, codes: Iterable[str], language: Language) -> list[str]:
    """Why it waits; a code that is new here is shown as it is."""
    known = words_of(language)
    if kind is ReviewKind.PERIODIC:
        return [known["desk_why_planned"]]
    listed = dict.fromkeys(codes)
    return [
        known.get(f"desk_code_{kind}_{code}")
        or known.get(f"desk_code_{code}")
        or plain(code.replace("_", " "))
        for code in listed
    ]


def reasons(case: Case, language: Language) -> list[str]:
    made = case.decision
    codes = case.review.reasons
    if made:
        ids = [r.rule if r.rule == REGULATED.rule else r.code for r in made.reasons]
        listed = any(is_hidden(r) for r in made.reasons) and may_be_listed(made.facts)
        codes = (*ids, LISTED_CODE) if listed else tuple(ids)
    return said(case.review.kind, codes, language)


def changes(alternatives: Iterable[Alternative], language: Language) -> list[str]:
    """What would make the answer another one."""
    t, known = say(language), words_of(language)
    return [
        t(
            f"desk_would_{other.kind}",
            amount=money(other.amount, language) if other.amount is not None else "",
            days=other.days,
        )
        for other in alternatives
        if f"desk_would_{other.kind}" in known
    ]


def paying(habits: Habits, language: Language) -> list[str]:
    """How the debtor paid so far, in sentences."""
    t = say(language)
    if habits.days_late is None:
        told = [t("desk_habit_none")]
    elif habits.days_late == 0:
        told = [t("desk_habit_on_time")]
    else:
        number = "one" if habits.days_late == 1 else "many"
        told = [t(f"desk_habit_late_{number}", days=habits.days_late)]
    if habits.late_percent:
        told.append(t("desk_habit_share", percent=habits.late_percent))
    if habits.paid_invoices and habits.last_paid_on:
        day = long_date(habits.last_paid_on, language)
        told.append(t("desk_habit_paid", count=habits.paid_invoices, day=day))
    if habits.promises_kept or habits.promises_broken:
        kept, broken = habits.promises_kept, habits.promises_broken
        told.append(t("desk_habit_broken", kept=kept, broken=broken))
    if habits.disputes:
        told.append(t("desk_habit_disputes", count=habits.disputes))
    return told
