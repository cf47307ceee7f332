"""How a bank line was divided by hand, read from a form and written back into it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kasstroom.applications.typed import amount_of
from kasstroom.bank.people import Confirmation
from kasstroom.bank.shares import AT, MOST_DEBTORS, ForDebtor
from kasstroom.errors import Refused
from kasstroom.money import EUR, Money
from kasstroom.text import FORBIDDEN, has_unseen, without_unseen

_BETWEEN = re.compile(r"[,;\s]+")
_PLACE = re.compile(rf"{AT}/([0-9]+)/?(debtor|invoices|amount)?")
LONGEST_NUMBER = 64
MOST_TAKEN = 20
"""Open items that can be ticked for one debtor."""


@dataclass(frozen=True, slots=True)
class Share:
    """One debtor's part as it was typed: `taken` are the invoices that were ticked."""

    debtor: str = ""
    invoices: str = ""
    amount: str = ""
    taken: tuple[str, ...] = ()

    @property
    def numbers(self) -> tuple[str, ...]:
        """What was ticked and what was typed, each once."""
        written = (n for n in _BETWEEN.split(self.invoices) if n)
        return tuple(dict.fromkeys((*self.taken, *written)))

    @property
    def blank(self) -> bool:
        return not (self.debtor or self.numbers or self.amount)


def shares_of(typed: Mapping[str, str]) -> tuple[Share, ...]:
    """Every row of the form, blank ones too."""
    return tuple(_share(typed, nth) for nth in range(1, MOST_DEBTORS + 1))


def _share(typed: Mapping[str, str], nth: int) -> Share:
    def text(name: str) -> str:
        return typed.get(f"{name}_{nth}", "").strip()

    taken = (typed.get(f"take_{nth}_{k}", "") for k in range(MOST_TAKEN * 2))
    return Share(text("debtor"), text("invoices"), text("amount"), tuple(n for n in taken if n))


def confirmation(rows: Sequence[Share], currency: str) -> Confirmation:
    """What a person says of a line. Refused, with its place, for what cannot be read."""
    said = []
    for nth, row in enumerate(one for one in rows if not one.blank):
        at = f"{AT}/{nth}"
        if any(has_unseen(text) for text in (row.debtor, *row.numbers)):
            raise Refused(FORBIDDEN, "Leave out the characters that nobody can see.", at)
        amount = money_typed(row.amount, currency, f"{at}/amount")
        said.append(ForDebtor(row.debtor[:LONGEST_NUMBER], row.numbers, amount))
    return Confirmation(tuple(said))


def money_typed(written: str, currency: str, at: str) -> Money | None:
    """An amount as people write it, in the currency of the page; None when nothing was typed."""
    if not written:
        return None
    found = amount_of(written)
    if found is None:
        raise Refused("invalid_amount", f"{written!r} is not an amount.", at)
    return found if currency == EUR else Money.parse(found.value, currency)


def field_of(pointer: str, rows: Sequence[Share]) -> str:
    """The field of the form that a place in the request is; empty for the form as a whole."""
    found = _PLACE.match(pointer)
    filled = [nth for nth, row in enumerate(rows, 1) if not row.blank]
    if found is None or int(found[1]) >= len(filled):
        return ""
    return f"{found[2] or 'debtor'}_{filled[int(found[1])]}"


def shown(row: Share) -> Share:
    """For its writer to go on with."""
    return Share(
        without_unseen(row.debtor), without_unseen(row.invoices), without_unseen(row.amount),
        row.taken,
    )  # fmt: skip
