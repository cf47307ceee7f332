"""What a debtor filled in on a page that answers a message, read; with what cannot be read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kasstroom.applications.typed import amount_of
from kasstroom.errors import Refused
from kasstroom.money import Money
from kasstroom.resolution.model import DisputeReason
from kasstroom.resolution.reply_model import Disagrees, SaysPaid
from kasstroom.text import has_unseen
from kasstroom_pages.views import PayLine

LONGEST_TEXT = 500
LONGEST_FORM = 16_384
FARTHEST_DAYS = 730
"""A payment of more than two years ago is a slip of the pen."""
_ISO = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})\Z")
_OURS = re.compile(r"(?P<day>[0-9]{1,2})[-./ ](?P<month>[0-9]{1,2})[-./ ](?P<year>[0-9]{4})\Z")
_END = re.compile(r"[0-9A-Z]{4}\Z")
_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[0-9A-Z]{11,30}\Z")
Faults = dict[str, str]
"""The word for what is wrong, by field."""


@dataclass(frozen=True, slots=True)
class Objection:
    """What is not right: one dispute per invoice."""

    said: tuple[Disagrees, ...]


def invoices_typed(typed: Mapping[str, str], lines: Sequence[PayLine]) -> tuple[str, ...]:
    """Of one invoice there is nothing to choose."""
    named = {value for name, value in typed.items() if name.startswith("invoice_")}
    if len(lines) == 1:
        return (lines[0].number,)
    return tuple(line.number for line in lines if line.number in named)


def paid_typed(
    typed: Mapping[str, str], lines: Sequence[PayLine], today: date
) -> tuple[SaysPaid, Faults]:
    faults: Faults = {}
    chosen = invoices_typed(typed, lines)
    if not chosen:
        faults["invoices"] = "reply_fault_none"
    paid_on, wrong = day_typed(typed.get("paid_on", ""), today)
    if wrong:
        faults["paid_on"] = wrong
    end = account_end(typed.get("account", ""))
    if end is None:
        faults["account"] = "reply_fault_account"
    return SaysPaid(chosen, paid_on, end or ""), faults


def text_typed(typed: Mapping[str, str]) -> tuple[str, Faults]:
    text = typed.get("text", "").strip()
    if has_unseen(text, lines=True):
        return "", {"text": "reply_fault_unseen"}
    return text[:LONGEST_TEXT], {"text": "reply_fault_long"} if len(text) > LONGEST_TEXT else {}


def objection_typed(typed: Mapping[str, str], lines: Sequence[PayLine]) -> tuple[Objection, Faults]:
    chosen = [line for line in lines if line.number in invoices_typed(typed, lines)]
    text, faults = text_typed(typed)
    if not chosen:
        faults["invoices"] = "reply_fault_none"
    reason = typed.get("reason", "")
    if reason not in set(DisputeReason):
        faults["reason"] = "reply_fault_reason"
    amount, wrong = _amount(typed.get("amount", ""), chosen)
    if wrong:
        faults["amount"] = wrong
    if faults:
        return Objection(()), faults
    said = (Disagrees(line.number, DisputeReason(reason), amount, text) for line in chosen)
    return Objection(tuple(said)), {}


def day_typed(text: str, today: date) -> tuple[date | None, str]:
    """`2026-08-28`, as a browser sends it, or `28-8-2026`; empty is allowed."""
    written = text.strip()
    if not written:
        return None, ""
    found = _ISO.match(written) or _OURS.match(written)
    try:
        day = date(*(int(found[part]) for part in ("year", "month", "day"))) if found else None
    except ValueError:
        day = None
    if day is None or day < today - timedelta(days=FARTHEST_DAYS):
        return None, "reply_fault_day"
    return (None, "reply_fault_future") if day > today else (day, "")


def account_end(text: str) -> str | None:
    """Four characters, also of who fills in the whole IBAN: no more of it is kept. None when it
    cannot be the end of one."""
    bare = re.sub(r"[\s.*\-]", "", text).upper()
    if not bare or _END.match(bare):
        return bare
    return bare[-4:] if _IBAN.match(bare) else None


def _amount(text: str, chosen: Sequence[PayLine]) -> tuple[Money | None, str]:
    if not text.strip() or not chosen:
        return None, ""
    if len(chosen) > 1:
        return None, "reply_fault_many"
    most, read = chosen[0].open, amount_of(text)
    try:
        amount = Money.parse(read.value, most.currency) if read else None
    except Refused:
        amount = None
    if amount is None or amount.minor <= 0:
        return None, "free_amount_unread"
    return (None, "free_amount_too_high") if most < amount else (amount, "")
