"""What a provider has and what the ledger has, of a thing they do not agree on. Pure."""

from __future__ import annotations

from kasstroom.money import Money
from kasstroom.payments.differences import Difference, DifferenceKind


def theirs(d: Difference) -> Money | None:
    """What the provider has; None for what only the ledger knows."""
    return None if d.kind is DifferenceKind.NOT_AT_PROVIDER else d.amount


def ours(d: Difference) -> Money | None:
    """What the ledger has; None for what only the provider knows."""
    if d.ours is None and d.kind is DifferenceKind.NOT_AT_PROVIDER:
        return d.amount
    return d.ours


def gap(d: Difference) -> Money:
    """How much they differ, above zero; of other currencies than the provider's, all of it."""
    mine, other = ours(d), theirs(d)
    if mine is None or other is None or mine.currency != other.currency:
        found = other or mine or d.amount
        return Money(abs(found.minor), found.currency)
    return Money(abs(other.minor - mine.minor), other.currency)
