"""Money the bank took back (a direct debit or a payment returned): which payment it was. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kasstroom.bank.candidates import Found
from kasstroom.bank.model import BankLine, LineKind
from kasstroom.payments.model import MoneyIn

RETURNS = frozenset({LineKind.RETURN, LineKind.REVERSAL})
_NO_NAME = frozenset({"", "NOTPROVIDED"})
_SAME_END_TO_END, _SAME_MANDATE, _NAMES_INVOICE, _SAME_ACCOUNT, _SAME_AMOUNT = 60, 30, 40, 20, 20
CERTAIN = 75


@dataclass(frozen=True, slots=True)
class ReturnMatch:
    """`money` went back, so that `invoices` are open again; `why` are codes, `reason` the bank's
    own (ISO 20022: AC04 account closed, AM04 no funds, MD06 refund asked by the debtor).
    `certain` when one payment only fits and something names it."""

    money: MoneyIn
    invoices: tuple[str, ...]
    reason: str
    score: int
    why: tuple[str, ...]
    certain: bool


def match_return(
    line: BankLine,
    found: Found,
    payments: Sequence[MoneyIn],
    originals: Mapping[str, BankLine],
) -> ReturnMatch | None:
    """The payment of these that `line` returns. `originals` are the lines some of them came by, by
    the payment's id. Nothing that went back already, or came later, is considered."""
    judged = [
        _judged(line, found, money, originals.get(money.id))
        for money in payments
        if money.amount == -line.amount
        and not money.returned_minor
        and money.paid_on <= line.booked_on
    ]
    judged.sort(key=lambda one: (-one.score, -one.money.paid_on.toordinal(), one.money.id))
    if not judged:
        return None
    best = judged[0]
    alone = len(judged) == 1 or judged[1].score < best.score
    named = "end_to_end_id" in best.why or "invoice_named" in best.why
    certain = alone and named and best.score >= CERTAIN
    return ReturnMatch(best.money, best.invoices, best.reason, best.score, best.why, certain)


def _judged(line: BankLine, found: Found, money: MoneyIn, original: BankLine | None) -> ReturnMatch:
    invoices = tuple(dict.fromkeys(allocation.invoice for allocation in money.allocations))
    score, why = _SAME_AMOUNT, ["amount_exact"]
    own_name = line.end_to_end_id not in _NO_NAME
    if original and own_name and original.end_to_end_id == line.end_to_end_id:
        score, why = score + _SAME_END_TO_END, [*why, "end_to_end_id"]
    if original and line.mandate_id and original.mandate_id == line.mandate_id:
        score, why = score + _SAME_MANDATE, [*why, "mandate"]
    if any(named.invoice in invoices for named in found.named):
        score, why = score + _NAMES_INVOICE, [*why, "invoice_named"]
    if original and line.counterparty_iban and _same_account(line, original):
        score, why = score + _SAME_ACCOUNT, [*why, "iban_same"]
    return ReturnMatch(
        money, invoices, line.return_reason or line.kind.value, min(100, score), tuple(why), False
    )


def _same_account(line: BankLine, original: BankLine) -> bool:
    return line.counterparty_iban == original.counterparty_iban
