"""A day from three sides as a page: ledger, providers and bank beside one another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from kasstroom.access.roles import MONEY
from kasstroom.bank.lines import WAITING
from kasstroom.bank.model import LineKind, LineState
from kasstroom.money import EUR, Money
from kasstroom.organisations.model import Language
from kasstroom.payments.day_findings import DayStatus
from kasstroom.payments.day_sides import PayoutSide, ProviderSide, Side
from kasstroom.payments.reconciliation import DayReport
from kasstroom.time import day_of
from kasstroom.work.money_day import BANK, LEDGER, MOST_BEHIND, MoneyDay, day_named, money_day
from kasstroom.work.money_list import MoneyKind
from kasstroom_pages import money_codes
from kasstroom_pages.dashboard_assets import money_style
from kasstroom_pages.desk_door import DeskAnswer, page
from kasstroom_pages.formats import long_date, money, plain, short_date
from kasstroom_pages.money_findings import finding
from kasstroom_pages.money_list_page import LINES, PAYMENTS
from kasstroom_pages.money_picture import Part, picture
from kasstroom_pages.money_room import Room
from kasstroom_pages.templates import fill, say

DAYS = f"{MONEY}/days/"
_NAME = re.compile(r"[a-z_.]{1,60}\Z")
_TONES = {"mollie": "c1", "stripe": "c3", "bank": "c2", "direct_debit": "c4"}
_TRANSIT = "transit"


def shown(room: Room, on: str) -> DeskAnswer:
    """NotFound for what is no day."""
    day, today = day_named(on), day_of(room.now)
    asked = room.asked.query.get("behind", "")
    name = asked if _NAME.match(asked) else ""
    found = money_day(room.books, room.org, day, today, name, EUR)
    place = room.place(f"{DAYS}{day}")
    language = place.language
    columns = _columns(found.report, language)
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


def _columns(report: DayReport, language: Language) -> list[dict[str, Any]]:
    ledger = [_ledger(side, language) for side in report.ledger]
    theirs = [_theirs(one, language) for one in report.providers]
    bank = sorted((_bank(side, language) for side in report.bank), key=lambda r: r["order"])
    bank += [_transit(one, language) for one in report.in_transit.payouts]
    rows = (("ledger", ledger), ("providers", theirs), ("bank", bank))
    return [{"name": n, "rows": r, "sum": _sum(r, language)} for n, r in rows]


def _ledger(side: Side, language: Language) -> dict[str, Any]:
    return _row(side.what, side, f"{LEDGER}.{side.what}", _source(side.what, language))


def _theirs(one: ProviderSide, language: Language) -> dict[str, Any]:
    """Behind what a provider says stands what differs, or the very payments of the ledger."""
    side = Side(one.provider, one.items, one.amount)
    equal = one.status is not DayStatus.DIFFERS
    link = f"{LEDGER}.{one.provider}" if equal else f"{MONEY}?kind={MoneyKind.DIFFERENCE}"
    return _row(one.provider, side, link, _source(one.provider, language))


def _row(name: str, side: Side, link: str, label: str, tone: str = "") -> dict[str, Any]:
    tone = tone or _TONES.get(name, "c6")
    part = Part(name, tone, side.amount.minor)
    return {"part": part, "side": side, "link": link, "label": label}


def _bank(side: Side, language: Language) -> dict[str, Any]:
    """What came from payers stands beside the ledger's own bank money; what waits is told apart."""
    kind, _, state = side.what.partition(".")
    kinds = money_codes.word("kind", kind, language)
    label = f"{kinds} · {money_codes.word('state', state, language).lower()}"
    booked = state in (LineState.MATCHED, LineState.CLEARED)
    tone = "c5" if state in WAITING else "c6"
    if booked:
        tone = "c4" if kind == LineKind.PAYOUT else "c2"
    order = (not booked, state in WAITING, side.what)
    return _row(side.what, side, f"{BANK}.{side.what}", label, tone) | {"order": order}


def _transit(one: PayoutSide, language: Language) -> dict[str, Any]:
    words = say(language)("desk_money_day_in_transit")
    side = Side(one.reference, 1, one.amount)
    label = f"{_source(one.provider, language)} · {words.lower()}"
    return _row(f"{_TRANSIT}.{one.reference}", side, "", label, _TRANSIT)


def _source(name: str, language: Language) -> str:
    return money_codes.word("source", name, language)


def _sum(rows: Sequence[dict[str, Any]], language: Language) -> str:
    """On the statement or not: what is on its way is no part of a sum."""
    counted = [row["side"].amount for row in rows if row["part"].tone != _TRANSIT]
    if not counted:
        return ""
    total = sum(amount.minor for amount in counted)
    return money(Money(total, counted[0].currency), language)


def _told(columns: Sequence[dict[str, Any]]) -> list[tuple[str, list[tuple[str, Money]]]]:
    """The picture as words, for who cannot see it."""
    return [(c["name"], [(r["label"], r["side"].amount) for r in c["rows"]]) for c in columns]


def _provider(one: ProviderSide, language: Language) -> dict[str, Any]:
    return {
        "name": _source(one.provider, language),
        "link": f"{LEDGER}.{one.provider}",
        "items": one.items,
        "agreed": one.agreed,
        "equal": one.status is not DayStatus.DIFFERS,
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
        "name": f"{_source(one.provider, language)} {plain(one.reference, 40)}",
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
        return _source(what, language)
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
