"""How a person divides a bank line over debtors and invoices, and whether it adds up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kasstroom.bank.booking import Share, most_invoices
from kasstroom.bank.model import BankLine
from kasstroom.changes import Command
from kasstroom.errors import NotFound, Refused
from kasstroom.money import Money
from kasstroom.payments.loading import load
from kasstroom.payments.posting import Position
from kasstroom.ports import Books

AT = "/body/allocations"
MOST_DEBTORS = 5


@dataclass(frozen=True, slots=True)
class ForDebtor(Command):
    """What of the line is this debtor's, and for which invoices, best first. Without `amount` it is
    the whole line, or, where several debtors share it, what these invoices have open. Without
    `invoices` it stays with the debtor, for a person to place."""

    debtor: str
    invoices: tuple[str, ...] = ()
    amount: Money | None = None


def shares_of(books: Books, line: BankLine, asked: Sequence[ForDebtor]) -> list[Share]:
    """Refused or NotFound with the place in the request that has to be put right."""
    if not 1 <= len(asked) <= MOST_DEBTORS:
        raise Refused("wrong_count", f"Name one to {MOST_DEBTORS} debtors.", AT)
    most = most_invoices(len(asked))
    if sum(len(one.invoices) for one in asked) > most:
        detail = (
            f"At most {most} invoices at once for so many debtors. Name the debtor only, and put"
            " the money on its invoices afterwards with /v1/unmatched-payments."
        )
        raise Refused("too_many_invoices", detail, AT)
    if len({one.debtor for one in asked}) < len(asked):
        raise Refused("debtor_twice", "A debtor is named twice; put its invoices together.", AT)
    shares = []
    for place, one in enumerate(asked):
        position = _position(books, line, one, f"{AT}/{place}")
        amount = _amount(line, one, position, f"{AT}/{place}", alone=len(asked) == 1)
        shares.append(Share(position, amount, one.invoices))
    total = Money(sum(share.amount.minor for share in shares), line.amount.currency)
    if total != line.amount:
        detail = f"The amounts add up to {total}, and the line is {line.amount}."
        raise Refused("does_not_add_up", detail, AT)
    return shares


def _position(books: Books, line: BankLine, one: ForDebtor, at: str) -> Position:
    """NotFound with the place of the debtor or the invoice that is not there."""
    for nth, number in enumerate(one.invoices):
        known = books.lookup(line.org, "invoice", number)
        if known is None or known.debtor != one.debtor:
            detail = f"Debtor {one.debtor} has no invoice {number}."
            raise NotFound("invoice_not_found", detail, f"{at}/invoices/{nth}")
    try:
        return load(books, line.org, one.debtor, one.invoices)
    except NotFound as error:
        raise NotFound(error.code, error.detail, f"{at}/debtor") from error


def _amount(line: BankLine, one: ForDebtor, position: Position, at: str, *, alone: bool) -> Money:
    if one.amount is None:
        if alone:
            return line.amount
        if not one.invoices:
            detail = "Say how much of the line is this debtor's, or for which invoices it is."
            raise Refused("amount_missing", detail, f"{at}/amount")
        open_minor = sum(position.invoices[n].payable.minor for n in set(one.invoices))
        one = replace(one, amount=Money(open_minor, line.amount.currency))
    if one.amount.currency != line.amount.currency:
        detail = f"The line is in {line.amount.currency}."
        raise Refused("wrong_currency", detail, f"{at}/amount/currency")
    if one.amount.minor <= 0:
        raise Refused("not_positive", "Give an amount above zero.", f"{at}/amount/value")
    return one.amount
