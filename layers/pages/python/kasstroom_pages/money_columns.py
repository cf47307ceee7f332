"""The three columns of a day: what the ledger has, what the providers say, what the bank shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kasstroom.access.roles import MONEY
from kasstroom.bank.lines import WAITING
from kasstroom.bank.model import LineKind, LineState
from kasstroom.money import Money
from kasstroom.organisations.model import Language
from kasstroom.payments.day_findings import DayStatus
from kasstroom.payments.day_sides import PayoutSide, ProviderSide, Side
from kasstroom.payments.reconciliation import DayReport
from kasstroom.work.money_day import BANK, LEDGER
from kasstroom.work.money_list import MoneyKind
from kasstroom_pages import money_codes
from kasstroom_pages.formats import money
from kasstroom_pages.money_picture import Part
from kasstroom_pages.templates import say

_TONES = {"mollie": "c1", "stripe": "c3", "bank": "c2", "direct_debit": "c4"}
_TRANSIT = "transit"
_ON_STATEMENT = frozenset({BANK, "direct_debit"})
"""Sources whose money the bank's own lines show."""


def columns_of(report: DayReport, language: Language) -> list[dict[str, Any]]:
    ledger = _ours(report, language)
    theirs = [_theirs(one, language) for one in report.providers]
    bank = sorted((_bank(side, language) for side in report.bank), key=lambda r: r["order"])
    bank += [_transit(one, language) for one in report.in_transit.payouts]
    rows = (("ledger", ledger), ("providers", theirs), ("bank", bank))
    return [{"name": n, "rows": r, "sum": _sum(r, language)} for n, r in rows]


def _ours(report: DayReport, language: Language) -> list[dict[str, Any]]:
    """What the ledger has of the very things the other two columns show, whenever it was booked:
    else a line that was matched a day later would look lost."""
    rows = [_booked(one, language) for one in report.providers]
    known = {one.provider for one in report.providers} | _ON_STATEMENT
    rows += [_ledger(side, language) for side in report.ledger if side.what not in known]
    of_bank = [one for one in report.bank if one.what.endswith(f".{LineState.MATCHED}")]
    if of_bank:
        total = Money(sum(one.amount.minor for one in of_bank), report.currency)
        side = Side(BANK, sum(one.count for one in of_bank), total)
        link = f"{BANK}.{of_bank[0].what}" if len(of_bank) == 1 else ""
        rows.append(_row(BANK, side, link, source(BANK, language)))
    return rows


def _booked(one: ProviderSide, language: Language) -> dict[str, Any]:
    """The list behind it is of payments: it adds up to this only when nothing went back."""
    side = Side(one.provider, one.agreed, one.booked)
    link = "" if one.booked_back else f"{LEDGER}.{one.provider}"
    return _row(one.provider, side, link, source(one.provider, language))


def _ledger(side: Side, language: Language) -> dict[str, Any]:
    return _row(side.what, side, f"{LEDGER}.{side.what}", source(side.what, language))


def _theirs(one: ProviderSide, language: Language) -> dict[str, Any]:
    """Behind what a provider says stands what differs, or the very payments of the ledger."""
    side = Side(one.provider, one.items, one.amount)
    equal = one.status is not DayStatus.DIFFERS
    behind = "" if one.went_back else f"{LEDGER}.{one.provider}"
    link = behind if equal else f"{MONEY}?kind={MoneyKind.DIFFERENCE}"
    return _row(one.provider, side, link, source(one.provider, language))


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
    label = f"{source(one.provider, language)} · {words.lower()}"
    return _row(f"{_TRANSIT}.{one.reference}", side, "", label, _TRANSIT)


def _sum(rows: Sequence[dict[str, Any]], language: Language) -> str:
    """On the statement or not: what is on its way is no part of a sum."""
    counted = [row["side"].amount for row in rows if row["part"].tone != _TRANSIT]
    if not counted:
        return ""
    total = sum(amount.minor for amount in counted)
    return money(Money(total, counted[0].currency), language)


def source(name: str, language: Language) -> str:
    return money_codes.word("source", name, language)
