"""What a line of a statement is, before anybody looks for its debtor."""

from __future__ import annotations

from kasstroom.bank.model import LineKind, LineState, ParsedEntry, ParsedTransaction
from kasstroom.bank.providers import payout_of

_RETURN_CODES = frozenset({"NRTI"})
"""MT940 type codes of a payment that came back (SWIFT: RTI, returned item)."""
_RETURN_ENDS = ("/UPDD", "/RRTN")
"""ISO 20022 sub-families: unpaid direct debit, and a reversal because of a return."""
_COST_CODES = frozenset({"NCHG", "NCOM", "NINT", "FCHG", "SCHG"})
_COST_ENDS = ("/CHRG", "/COMM", "/FEES", "/INTR")
"""ISO 20022 bank transaction sub-families: charges, commission, fees, interest."""

_NOBODY_WAITS = frozenset({LineKind.COSTS, LineKind.PAYMENT})


def kind_of(entry: ParsedEntry, transaction: ParsedTransaction) -> LineKind:
    """A return names its reason, a reversal is marked by the bank; a provider's payout has both its
    name and its reference. Costs are the bank's own: charges and interest, either way."""
    if transaction.return_reason or _came_back(entry.code):
        return LineKind.RETURN
    if entry.reversal:
        return LineKind.REVERSAL
    if not transaction.counterparty_iban and _costs(entry.code):
        return LineKind.COSTS
    if transaction.amount.minor < 0:
        return LineKind.PAYMENT
    text = f"{transaction.text} {transaction.end_to_end_id}"
    return LineKind.PAYOUT if payout_of(transaction.counterparty_name, text) else LineKind.RECEIPT


def _came_back(code: str) -> bool:
    return code in _RETURN_CODES or code.endswith(_RETURN_ENDS)


def _costs(code: str) -> bool:
    return code in _COST_CODES or code.endswith(_COST_ENDS)


def state_of(kind: LineKind) -> LineState:
    """Costs and what we pay ourselves wait for nobody; matching may still look at them."""
    return LineState.SET_ASIDE if kind in _NOBODY_WAITS else LineState.OPEN
