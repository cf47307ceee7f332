"""What the dashboard says of its figures: short texts by name, with the tone of a change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from kasstroom.money import Money
from kasstroom.organisations.model import Language
from kasstroom.reports.ageing import days_past_due
from kasstroom.reports.dashboard import Dashboard, Moved
from kasstroom_pages.formats import money, number, whole
from kasstroom_pages.templates import say

BETTER, WORSE, SAME = "better", "worse", "same"


@dataclass(frozen=True, slots=True)
class Live:
    """A text that is renewed while the page is open; `tone` is empty when it is no change."""

    text: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Spoken:
    """Figures of one currency in one language; None is "no figure"."""

    language: Language
    currency: str

    def say(self, key: str, **values: object) -> str:
        return say(self.language)(key, **values)

    def money(self, minor: int | None) -> str:
        if minor is None:
            return self.say("dash_no_figure")
        return whole(Money(minor, self.currency), self.language)

    def count(self, count: int | None) -> str:
        return self.say("dash_no_figure") if count is None else number(count, self.language)

    def days(self, days: Decimal | None) -> str:
        if days is None:
            return self.say("dash_no_figure")
        return self.say("dash_days", days=number(days, self.language, 1))

    def cents(self, amount: Money) -> str:
        """To the cent, for a line of a list."""
        return money(amount, self.language)

    def percent(self, percent: Decimal) -> str:
        """In whole percents, as a sentence says it."""
        return number(percent.quantize(Decimal(1), ROUND_HALF_UP), self.language)

    def many(self, key: str, count: int, **values: object) -> str:
        """The word for one, or for many."""
        form = "one" if count == 1 else "many"
        return self.say(f"{key}_{form}", count=self.count(count), **values)


def texts(board: Dashboard, language: Language) -> dict[str, Live]:
    """Everything of the first view, by name."""
    told = Spoken(language, board.currency)
    return {
        "open": Live(told.money(board.open.now)),
        "open_sub": Live(_items(board.open_items, told)),
        "late": Live(told.money(board.late.now)),
        "late_sub": Live(_late(board, told)),
        "coming": Live(_coming(board, told)),
        "coming_sub": Live(_range(board, told)),
        **_risk(board, told),
        **_changes(board, told),
    }


def _items(count: int | None, told: Spoken) -> str:
    return "" if count is None else told.many("dash_items", count)


def _late(board: Dashboard, told: Spoken) -> str:
    part = board.late_percent
    of_open = "" if part is None else told.say("dash_late_sub", percent=told.percent(part))
    return " · ".join(filter(None, (_items(board.late_items, told), of_open)))


def _coming(board: Dashboard, told: Spoken) -> str:
    return told.money(board.expected_minor)


def _range(board: Dashboard, told: Spoken) -> str:
    if board.expected_minor is None:
        return told.say("dash_coming_none")
    if board.expected_range is None:
        return told.say("dash_coming_no_range")
    low, high = (told.money(minor) for minor in board.expected_range)
    return told.say("dash_coming_range", low=low, high=high)


def _risk(board: Dashboard, told: Spoken) -> dict[str, Live]:
    risk = board.risk
    oldest = _oldest(risk.oldest_due_on, board.as_of, told)
    return {
        "risk_uncovered": Live(told.money(risk.uncovered_minor)),
        "risk_above_limit": Live(told.money(risk.above_limit_minor)),
        "risk_oldest": Live(oldest),
    }


def _oldest(due_on: date | None, as_of: date, told: Spoken) -> str:
    if due_on is None:
        return told.say("dash_oldest_none")
    return told.many("dash_days_late", days_past_due(due_on, as_of))


def _changes(board: Dashboard, told: Spoken) -> dict[str, Live]:
    """What is less is better, but for what we received; more open is neither."""
    return {
        "moved_open": _moved(board.open, told, 0),
        "moved_late": _moved(board.late, told, -1),
        "moved_received": _moved(board.received, told, 1),
        "received": Live(told.money(board.received.now)),
        "moved_disputes": _moved(board.disputes, told, -1, counted=True),
        "disputes": Live(told.count(board.disputes.now)),
        "unmatched": Live(told.money(board.unmatched_minor)),
        "soon": Live(told.money(board.soon_minor)),
    }


def _moved(moved: Moved, told: Spoken, wanted: int, *, counted: bool = False) -> Live:
    """An arrow and words: never colour alone. `wanted` is the direction that is good."""
    by = moved.by
    if by is None:
        return Live(told.say("dash_moved_unknown"), SAME)
    if by == 0:
        return Live(told.say("dash_moved_same"), SAME)
    amount = told.count(abs(by)) if counted else told.money(abs(by))
    text = told.say("dash_moved_more" if by > 0 else "dash_moved_less", amount=amount)
    good = by * wanted
    return Live(text, BETTER if good > 0 else WORSE if good < 0 else SAME)
