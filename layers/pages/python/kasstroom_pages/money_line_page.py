"""One bank line as a page: what the bank said, who it may be for, a form, and what was booked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kasstroom.bank.clearing import is_known_payout
from kasstroom.bank.lines import WAITING
from kasstroom.bank.model import BY_PERSON, AccountKind, BankLine, LineState
from kasstroom.bank.returns_by_people import is_return
from kasstroom.organisations.model import Language
from kasstroom.time import day_of
from kasstroom.work.money_line import LineCase, Opened, Step
from kasstroom.work.money_list import Waiting
from kasstroom_pages import money_codes
from kasstroom_pages.dashboard_assets import money_style
from kasstroom_pages.desk_words import moment
from kasstroom_pages.formats import grouped, long_date, money, plain
from kasstroom_pages.money_list_page import LINES, row
from kasstroom_pages.money_offers import item_row, offers
from kasstroom_pages.money_room import Room
from kasstroom_pages.money_typed import MOST_TAKEN, Share
from kasstroom_pages.templates import fill, reference_text, say

FORM = "hand"


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody filled in and what is said about it: `faults` by the field's name, `shares`
    with the debtor of each row looked up."""

    said: str = ""
    faults: Mapping[str, str] = field(default_factory=dict)
    shares: Sequence[tuple[Share, Opened | None]] = ((Share(), None),)
    reason: str = ""
    which: str = ""


def line_page(room: Room, case: LineCase, typed: Typed, next_one: Waiting | None = None) -> str:
    line = case.line
    waits = line.state in WAITING
    went_back = is_return(line)
    bookable = waits and (went_back or (line.amount.minor > 0 and not is_known_payout(line)))
    switch = FORM if bookable and room.works else ""
    place = room.place(f"{LINES}{line.id}", switch)
    language, t = place.language, say(place.language)
    name = plain(line.counterparty_name or line.ultimate_name, 70) or t("desk_money_nameless")
    return fill(
        "desk_money_line.html",
        language,
        place=place,
        style=money_style(),
        line=line,
        title=_title(line, name, language),
        label=money_codes.word("kind", line.kind, language),
        state=money_codes.word("state", line.state, language),
        waits=waits,
        works=room.works,
        bookable=bookable,
        went_back=went_back,
        due=money_codes.due(line.resolve_by, day_of(room.now), language),
        owner=money_codes.owner(line.owner, language) if line.owner else "",
        blocked=case.page.account_kind is AccountKind.G_ACCOUNT,
        facts=_facts(line, language),
        why=money_codes.waits_for(", ".join(w for w in case.page.why if w), language),
        proposals=offers(case, language) if waits else [],
        currency=line.amount.currency,
        typed=typed,
        rows=[_row(nth, *one, typed, language) for nth, one in enumerate(typed.shares, 1)],
        done=None if waits else _done(case, language),
        history=[_step(one, language) for one in case.history],
        told_at=moment(line.imported_at, language),
        next=row(next_one, language, day_of(room.now)) if next_one else None,
    )


def _title(line: BankLine, name: str, language: Language) -> str:
    """Money that went is told by its amount and to whom."""
    came = line.amount.minor >= 0
    amount = money(line.amount if came else -line.amount, language)
    key = "desk_money_line_title" if came else "desk_money_line_back"
    return say(language)(key, amount=amount, name=name)


def _facts(line: BankLine, language: Language) -> list[tuple[str, str, bool]]:
    """Everything the bank said: label, text, and whether it is figures in groups."""
    t, on = say(language), lambda day: long_date(day, language)
    value_on = on(line.value_on) if line.value_on != line.booked_on else ""
    facts = (
        ("amount", money(line.amount, language), True),
        ("booked", on(line.booked_on), False),
        ("value", value_on, False),
        ("payer", plain(line.counterparty_name, 140), False),
        ("iban", grouped(line.counterparty_iban), True),
        ("behalf", plain(line.ultimate_name, 140), False),
        ("text", plain(line.text, 600), False),
        ("reference", reference_text(line.reference) if line.reference else "", True),
        ("end_to_end", plain(line.end_to_end_id, 80), False),
        ("mandate", plain(line.mandate_id, 80), False),
        ("return", plain(line.return_reason, 140), False),
        ("bank_reference", plain(line.bank_reference, 80), False),
        ("account", grouped(line.account), True),
        ("statement", plain(line.statement, 80), False),
    )
    return [(t(f"desk_money_fact_{name}"), text, tabular) for name, text, tabular in facts if text]


def _row(
    nth: int, share: Share, found: Opened | None, typed: Typed, language: Language
) -> dict[str, Any]:
    items = found.items[:MOST_TAKEN] if found else ()
    written = [n for n in share.numbers if n not in {item.number for item in items}]
    return {
        "nth": nth,
        "share": share,
        "written": share.invoices if not items else ", ".join(written),
        "name": plain(found.name, 70) if found else "",
        "unknown": found is not None and not found.found,
        "items": [item_row(i, language) | {"taken": i.number in share.numbers} for i in items],
        "more": len(found.items) - len(items) if found else 0,
        "faults": {
            name: typed.faults.get(f"{name}_{nth}", "") for name in ("debtor", "invoices", "amount")
        },
    }


def _done(case: LineCase, language: Language) -> dict[str, Any]:
    line, t = case.line, say(language)
    by, reason = line.note, ""
    if line.note.startswith(BY_PERSON):
        by = line.note.removeprefix(BY_PERSON)
    elif line.state is LineState.SET_ASIDE and ": " in line.note:
        by, _, reason = line.note.partition(": ")
    known = money_codes.word("by", by, language)
    return {
        "title": t(f"desk_money_done_{line.state}"),
        "by": plain(known, 80),
        "reason": plain(reason, 500),
        "steps": [_step(one, language) for one in case.now_booked],
        "undo": line.state in (LineState.SET_ASIDE, LineState.MATCHED),
    }


def _step(one: Step, language: Language) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "what": money_codes.word("entry", one.kind, language),
        "who": plain(one.name, 70) or one.debtor,
        "number": one.debtor,
        "amount": money(one.amount, language),
        "invoices": [plain(number, 40) for number in one.invoices],
        "at": moment(one.booked_at, language),
        "money": one.money,
        "by": plain(one.by, 60),
        "reason": plain(one.reason, 300),
    }
