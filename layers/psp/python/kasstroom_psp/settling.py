"""Lines of a settlement: exact until the end, and then they add up to what was paid out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from kasstroom.money import Money
from kasstroom.payments.reported import (
    SettlementLine,
)


@dataclass(frozen=True, slots=True)
class ExactLine:
    """As the provider counts, with more decimals than money has; `fee` is positive."""

    kind: str
    provider_id: str
    gross: Decimal
    fee: Decimal = Decimal(0)
    reference: str = ""
    payment_id: str = ""


def rounded(
    lines: Iterable[ExactLine], paid_out: Money, settlement: str
) -> tuple[SettlementLine, ...]:
    """Each line takes what it adds to the rounded running total, so no cent is lost or invented.
    Lines in whole cents come first: only fees then carry a rounding."""
    currency = paid_out.currency
    ordered = sorted(lines, key=lambda line: bool(line.fee))
    total, made = Decimal(0), []
    for line in ordered:
        before, total = Money.of(total, currency), total + line.gross - line.fee
        net = Money.of(total, currency) - before
        gross = Money.of(line.gross, currency)
        made.append(
            SettlementLine(
                line.kind, line.provider_id, gross, gross - net, net, line.reference,
                line.payment_id,
            )
        )  # fmt: skip
    return closed(made, paid_out, settlement)


def closed(
    lines: Iterable[SettlementLine], paid_out: Money, settlement: str
) -> tuple[SettlementLine, ...]:
    """With one more line for what the provider paid out beyond the lines it listed: a cent of
    its own rounding, or something it does not itemise. Nothing is left unexplained."""
    made = tuple(lines)
    left = paid_out.minor - sum(line.net.minor for line in made)
    if not left:
        return made
    kind = "rounding" if abs(left) == 1 else "other"
    gross, nothing = Money(left, paid_out.currency), Money.zero(paid_out.currency)
    return (*made, SettlementLine(kind, f"{settlement}:{kind}", gross, nothing, gross))
