"""The worklist of money: how much waits, and what first."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from kasstroom.access.roles import MONEY
from kasstroom.organisations.model import Language
from kasstroom.time import day_of
from kasstroom.work.money_list import MoneyKind, MoneyList, Sums, Waiting
from kasstroom.work.money_sides import ours, theirs
from kasstroom_pages import money_codes
from kasstroom_pages.dashboard_assets import money_style
from kasstroom_pages.desk_pages import Place
from kasstroom_pages.formats import grouped, money, plain, short_date
from kasstroom_pages.templates import fill, say

LINES, PAYMENTS, DIFFERENCES = f"{MONEY}/lines/", f"{MONEY}/payments/", f"{MONEY}/differences/"
PATHS = {
    MoneyKind.LINE: LINES,
    MoneyKind.PAYMENT: PAYMENTS,
    MoneyKind.DIFFERENCE: DIFFERENCES,
}


def money_list_page(
    place: Place, found: MoneyList, now: datetime, *, kind: str, cursor: str
) -> str:
    language, sums = place.language, found.sums
    return fill(
        "desk_money.html",
        language,
        place=place,
        style=money_style(),
        today=day_of(now),
        total=sum(each.count for each in sums.values()),
        late=sum(each.late for each in sums.values()),
        sums=[_sum(k, sums[k], language) for k in MoneyKind],
        chosen=kind,
        cursor=cursor,
        further=found.next_cursor,
        cut=found.cut,
        rows=[row(one, language, day_of(now)) for one in found.items],
    )


def _sum(kind: MoneyKind, sums: Sums, language: Language) -> dict[str, Any]:
    return {
        "kind": kind.value,
        "count": sums.count,
        "late": sums.late,
        "came": [money(each, language) for each in sums.came],
        "went": [money(each, language) for each in sums.went],
    }


def row(one: Waiting, language: Language, today: date) -> dict[str, Any]:
    """One row: `who` it is from, `what` says why it waits, `best` is who it may be of."""
    piece = one.piece
    tone, due = money_codes.due(piece.resolve_by, today, language)
    told = {MoneyKind.LINE: _line, MoneyKind.PAYMENT: _payment, MoneyKind.DIFFERENCE: _difference}
    return {
        "kind": piece.kind.value,
        "link": f"{PATHS[piece.kind]}{piece.id}",
        "amount": money(piece.amount, language),
        "on": short_date(piece.on, language),
        "tone": tone,
        "due": due,
        "owner": money_codes.owner(piece.owner, language) if piece.owner else "",
        "iban": "",
        "score": None,
        "best": "",
    } | told[piece.kind](one, language)


def _line(one: Waiting, language: Language) -> dict[str, Any]:
    line, t = one.line, say(language)
    assert line is not None
    name = plain(line.counterparty_name or line.ultimate_name, 70)
    told = {
        "who": name or t("desk_money_nameless"),
        "iban": grouped(line.counterparty_iban) if line.counterparty_iban else "",
        "what": plain(line.text, 160) or plain(line.reference, 60),
        "label": money_codes.word("kind", line.kind, language),
    }
    if not line.proposals:
        return told | {"best": t("desk_money_no_proposal")}
    best = line.proposals[0]
    tone, words = money_codes.sureness(best.score, language)
    numbers = [plain(number, 30) for number in best.invoices[:2]]
    more = len(best.invoices) - len(numbers)
    whose = ", ".join([one.name or best.debtor, *numbers])
    whose = plain(whose, 90) + (f" +{more}" if more else "")
    return told | {"best": whose, "score": (tone, words, best.score)}


def _payment(one: Waiting, language: Language) -> dict[str, Any]:
    item, t = one.piece.item, say(language)
    return {
        "who": plain(one.name, 70) or item.debtor,
        "what": money_codes.word("left", item.reason, language),
        "label": t("desk_money_label_payment"),
    }


def _difference(one: Waiting, language: Language) -> dict[str, Any]:
    item, t = one.piece.item, say(language)
    provider = money_codes.word("source", item.provider, language)
    sides = {"theirs": theirs(item), "ours": ours(item)}
    told = t(
        "desk_money_both",
        provider=provider,
        **{k: money(m, language) if m else t("desk_money_nothing") for k, m in sides.items()},
    )
    return {
        "who": f"{provider} {plain(item.provider_id, 40)}",
        "what": f"{money_codes.word('differs', item.kind, language)} {told}",
        "label": t("desk_money_label_difference"),
    }
