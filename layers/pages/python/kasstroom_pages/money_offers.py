"""Who a bank line may be for, as cards: the invoices, how sure it is, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kasstroom.bank.proposing import Proposed
from kasstroom.bank.sums import Fit
from kasstroom.organisations.model import Language
from kasstroom.work.money_line import LineCase
from kasstroom_pages import money_codes
from kasstroom_pages.formats import money, plain, short_date

MOST_PROPOSED = 8
"""Open items shown beside a proposal, which are none of its own."""


def offers(case: LineCase, language: Language) -> list[dict[str, Any]]:
    """A card for each proposal; parts that add up to the line together are one."""
    whole = [[p] for p in case.page.items if p.proposal.amount == case.line.amount]
    parts = [p for p in case.page.items if p.proposal.amount != case.line.amount]
    groups = ([parts] if parts else []) + whole
    return [_offer(nth, group, language) for nth, group in enumerate(groups, 1)]


def _offer(nth: int, group: Sequence[Proposed], language: Language) -> dict[str, Any]:
    best = max(one.proposal.score for one in group)
    tone, words = money_codes.sureness(best, language)
    codes = [code for one in group for code in one.proposal.why]
    if len(group) > 1:  # how each amount fits was said of the whole line
        codes = [code for code in codes if code not in set(Fit)]
    return {
        "nth": nth,
        "tone": tone,
        "sure": words,
        "score": best,
        "why": money_codes.explained(codes, language),
        "debtors": [_proposed(one, language, several=len(group) > 1) for one in group],
        "books": all(one.proposal.invoices for one in group),
    }


def _proposed(one: Proposed, language: Language, *, several: bool) -> dict[str, Any]:
    numbers = one.proposal.invoices
    known = {item.number: item for item in one.open_items}
    others = [item for item in one.open_items if item.number not in numbers][:MOST_PROPOSED]
    items = [known[n] for n in numbers if n in known]
    return {
        "number": one.proposal.debtor,
        "name": plain(one.name, 70) or one.proposal.debtor,
        "amount": money(one.proposal.amount, language) if several else "",
        "value": one.proposal.amount.value if several else "",
        "invoices": numbers,
        "items": [item_row(item, language) for item in items],
        "gone": [plain(n, 40) for n in numbers if n not in known],
        "others": [item_row(item, language) for item in others],
        "sum": money(_sum(items), language) if len(items) > 1 and _one_currency(items) else "",
    }


def _one_currency(items: Sequence[Any]) -> bool:
    return len({item.open.currency for item in items}) == 1


def _sum(items: Sequence[Any]) -> Any:
    total = items[0].open
    for item in items[1:]:
        total += item.open
    return total


def item_row(item: Any, language: Language) -> dict[str, Any]:
    return {
        "number": item.number,
        "shown": plain(item.number, 40),
        "due": short_date(item.due_on, language),
        "open": money(item.open, language),
        "disputed": bool(item.disputed_minor),
    }
