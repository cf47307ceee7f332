"""A day from three sides as a page: ledger, providers and bank beside one another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from kasstroom.access.roles import MONEY
from kasstroom.money import EUR, Money
from kasstroom.organisations.model import Language
from kasstroom.payments.day_findings import DayStatus
from kasstroom.payments.day_sides import PayoutSide, ProviderSide
from kasstroom.payments.reconciliation import DayReport
from kasstroom.time import day_of
from kasstroom.work.money_day import LEDGER, MOST_BEHIND, MoneyDay, day_named, money_day
from kasstroom_pages import money_codes
from kasstroom_pages.dashboard_assets import money_style
from kasstroom_pages.desk_door import DeskAnswer, page
from kasstroom_pages.formats import long_date, money, plain, short_date
from kasstroom_pages.money_columns import columns_of, source
from kasstroom_pages.money_findings import finding
from kasstroom_pages.money_list_page import LINES, PAYMENTS
from kasstroom_pages.money_picture import picture
from kasstroom_pages.money_room import Room
from kasstroom_pages.templates import fill, say

DAYS = f"{MONEY}/days/"
_NAME = re.compile(r"[a-z_.]{1,60}\Z")


def shown(room: Room, on: str) -> DeskAnswer:
    """NotFound for what is no day."""
    day, today = day_named(on), day_of(room.now)
    asked = room.asked.query.get("behind", "")
    name = asked if _NAME.match(asked) else ""
    found = money_day(room.books, room.org, day, today, name, EUR)
    place = room.place(f"{DAYS}{day}")
    language = place.language
    columns = columns_of(found.report, language)
    title = say(language)("desk_money_day_title", day=long_date(day, language))
    body = fill(
        "desk_money_day.html",
        language,
        place=place,
        style=money_style(),
        title=title,
        on=day,
        today=today,
        before=day - timedelta(days=1),
        after=day + timedelta(days=1),
        report=found.report,
        columns=columns,
        drawn=picture([[row["part"] for row in column["rows"]] for column in columns]),
        told=_told(columns),
        providers=[_provider(one, language) for one in found.report.providers],
        payouts=[_payout(one, language) for one in _payouts(found.report)],
        findings=[finding(one, language) for one in found.report.findings],
        name=name,
        behind=[_behind(one, language) for one in found.behind],
        what=_what(name, language),
        most=MOST_BEHIND if found.more else 0,
        month=_month(found, day, language),
        days=DAYS,
    )
    return page(body)


def _told(columns: Sequence[dict[str, Any]]) -> list[tuple[str, list[tuple[str, Money]]]]:
    """The picture as words, for who cannot see it."""
    return [(c["name"], [(r["label"], r["side"].amount) for r in c["rows"]]) for c in columns]


def _provider(one: ProviderSide, language: Language) -> dict[str, Any]:
    return {
        "name": source(one.provider, language),
        "link": f"{LEDGER}.{one.provider}",
        "items": one.items,
        "agreed": one.agreed,
        "equal": one.status is not DayStatus.DIFFERS,
        "came": money(one.booked_received, language),
        "back": money(-one.booked_back, language) if one.booked_back else "",
        "theirs": money(one.amount, language),
        "ours": money(one.booked, language),
        "gap": money(one.difference, language),
    }


def _payouts(report: DayReport) -> tuple[PayoutSide, ...]:
    """Of this day, and of earlier ones what was still on its way."""
    known = {one.reference for one in report.payouts}
    return (
        *report.payouts,
        *(one for one in report.in_transit.payouts if one.reference not in known),
    )


def _payout(one: PayoutSide, language: Language) -> dict[str, Any]:
    return {
        "name": f"{source(one.provider, language)} {plain(one.reference, 40)}",
        "gross": money(one.gross, language),
        "fee": money(one.fee, language),
        "net": money(one.amount, language),
        "there": one.on_statement,
        "unknown": one.unknown_lines,
    }


def _behind(one: Any, language: Language) -> dict[str, str]:
    path = PAYMENTS if one.debtor else LINES
    who = plain(one.who, 70) or one.debtor or say(language)("desk_money_nameless")
    return {"link": f"{path}{one.id}", "who": who, "amount": money(one.amount, language)}


def _what(name: str, language: Language) -> str:
    side, _, what = name.partition(".")
    if side == LEDGER:
        return source(what, language)
    kind, _, state = what.partition(".")
    parts = (money_codes.word("kind", kind, language), money_codes.word("state", state, language))
    return " · ".join(part for part in parts if part)


def _month(found: MoneyDay, on: date, language: Language) -> list[dict[str, Any]]:
    t = say(language)
    return [
        {
            "day": day,
            "dot": dot.value,
            "here": day == on,
            "told": t(f"desk_money_day_dot_{dot}", day=short_date(day, language)),
        }
        for day, dot in found.month
    ]
