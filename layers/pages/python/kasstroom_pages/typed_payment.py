"""What a payer filled in on the payment page, read into a wish."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kasstroom.applications.typed import amount_of
from kasstroom.errors import Refused
from kasstroom.money import EUR, Money
from kasstroom.payments.payable import Wish

_SHOWN = re.compile(r"([0-9]{1,15}) ([A-Z]{3})\Z", re.ASCII)


def wish_of(form: Mapping[str, str]) -> Wish:
    """Nothing filled in, or nothing we can read: no wish, which the use case refuses where it
    needs one."""
    shown = _shown(form.get("shown", ""))
    return Wish(_typed(form.get("amount", ""), shown), shown, form.get("method", "")[:40])


def unread(code: str, typed: str) -> str:
    """An amount that is missing although something was typed, we could not read."""
    return "amount_unread" if code == "amount_missing" and typed.strip() else code


def _shown(text: str) -> Money | None:
    found = _SHOWN.match(text)
    return Money(int(found[1]), found[2]) if found else None


def _typed(text: str, shown: Money | None) -> Money | None:
    """In the currency the page asked; nobody types it."""
    amount = amount_of(text)
    try:
        return Money.parse(amount.value, shown.currency if shown else EUR) if amount else None
    except Refused:
        return None
