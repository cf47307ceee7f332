"""The heading of each chart says what is to be seen in it, in words."""

from __future__ import annotations

from kasstroom.reports.dashboard import FUNNEL_DAYS, Dashboard
from kasstroom_pages.dashboard_figures import Spoken
from kasstroom_pages.formats import short_date


def findings(board: Dashboard, told: Spoken) -> dict[str, str]:
    """By the name of the chart."""
    return {
        "ageing": _ageing(board, told),
        "weeks": _weeks(board, told),
        "dso": _dso(board, told),
        "forecast": _forecast(board, told),
        "funnel": _funnel(board, told),
        "decisions": _decisions(board, told),
    }


def _ageing(board: Dashboard, told: Spoken) -> str:
    if board.late_percent is None:
        return told.say("dash_found_nothing_open")
    if not board.late.now:
        return told.say("dash_found_all_on_time")
    part = told.percent(board.late_percent)
    if board.risk.over_90_minor:
        long = told.money(board.risk.over_90_minor)
        return told.say("dash_found_late_long", percent=part, amount=long)
    return told.say("dash_found_late", percent=part)


def _weeks(board: Dashboard, told: Spoken) -> str:
    first, last = board.weeks[0], board.weeks[-1]
    if first.on == last.on:
        return told.say("dash_found_late_now", now=told.money(last.late_minor))
    grew = last.late_minor - first.late_minor
    way = "rose" if grew > 0 else "fell" if grew < 0 else "same"
    return told.say(
        f"dash_found_late_{way}", day=short_date(first.on, told.language)[:5],
        before=told.money(first.late_minor), now=told.money(last.late_minor),
    )  # fmt: skip


def _dso(board: Dashboard, told: Spoken) -> str:
    own = board.weeks[-1].dso if board.weeks else None
    if own is None:
        return told.say("dash_found_dso_none")
    gap = own - board.benchmark_days
    if round(gap, 1) == 0:
        return told.say("dash_found_dso_same", days=told.days(own))
    key = "dash_found_dso_slower" if gap > 0 else "dash_found_dso_faster"
    return told.say(key, days=told.days(own), gap=told.days(abs(gap)))


def _forecast(board: Dashboard, told: Spoken) -> str:
    if board.expected_minor is None:
        return told.say("dash_found_forecast_none")
    amount = told.money(board.expected_minor)
    if board.expected_range is None:
        return told.say("dash_found_forecast_bare", amount=amount)
    low, high = (told.money(minor) for minor in board.expected_range)
    return told.say("dash_found_forecast", amount=amount, low=low, high=high)


def _funnel(board: Dashboard, told: Spoken) -> str:
    if not board.funnel.sent:
        return told.say("dash_found_reminders_none", days=FUNNEL_DAYS)
    if board.paid_percent is None:
        return told.many("dash_found_reminders_new", board.funnel.sent)
    return told.say("dash_found_reminders_paid", percent=told.percent(board.paid_percent))


def _decisions(board: Dashboard, told: Spoken) -> str:
    if board.approved_percent is None:
        return told.say("dash_found_decisions_none")
    return told.say("dash_found_decisions", percent=told.percent(board.approved_percent))
