"""Why a day is not right, in the reader's words, with where to look."""

from __future__ import annotations

from kasstroom.access.roles import MONEY
from kasstroom.organisations.model import Language
from kasstroom.payments.day_findings import DayStatus, Finding, FindingCode
from kasstroom.work.money_list import MoneyKind
from kasstroom_pages import money_codes
from kasstroom_pages.formats import grouped, money, plain
from kasstroom_pages.money_list_page import DIFFERENCES, LINES
from kasstroom_pages.templates import say

_PROVIDERS = frozenset({FindingCode.PROVIDER_NOT_COMPARED, FindingCode.PROVIDER_DIFFERS})


def finding(one: Finding, language: Language) -> dict[str, object]:
    """`bad` when somebody has to do something; `link` is empty when there is only waiting."""
    several = one.code is FindingCode.BANK_LINE_WAITS and not one.about
    key = "bank_lines_wait" if several else one.code.value
    told = say(language)(
        f"desk_money_found_{key}",
        about=_about(one, language),
        count=one.count,
        amount=money(one.amount, language) if one.amount is not None else "",
    )
    return {"told": told.strip(), "bad": one.status is DayStatus.DIFFERS, "link": _link(one)}


def _about(one: Finding, language: Language) -> str:
    if one.code in _PROVIDERS:
        return money_codes.word("source", one.about, language)
    if one.code is FindingCode.STATEMENT_MISSING:
        return grouped(one.about)
    return plain(one.about, 60)


def _link(one: Finding) -> str:
    if one.code is FindingCode.DIFFERENCE:
        return f"{DIFFERENCES}{one.about}"
    if one.code is FindingCode.PROVIDER_DIFFERS:
        return f"{MONEY}?kind={MoneyKind.DIFFERENCE}"
    if one.code is FindingCode.BANK_LINE_WAITS:
        return f"{LINES}{one.about}" if one.about else f"{MONEY}?kind={MoneyKind.LINE}"
    return ""
