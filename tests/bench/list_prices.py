"""What AWS asks, as data: list prices without any free tier, for benches that count requests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class ListPrice:
    """US dollars per so many units, in US East (N. Virginia); in Europe some 13 percent more."""

    unit: str
    usd: Decimal
    per: int
    as_of: date
    source: str

    def of(self, units: float) -> float:
        return float(self.usd) * units / self.per


WRITE_UNIT = ListPrice(
    "DynamoDB on-demand write unit", Decimal("0.625"), MILLION, date(2025, 7, 21),
    "aws.amazon.com/dynamodb/pricing/on-demand, since November 2024",
)  # fmt: skip
READ_UNIT = ListPrice(
    "DynamoDB on-demand read unit", Decimal("0.125"), MILLION, date(2025, 7, 21),
    "aws.amazon.com/dynamodb/pricing/on-demand, since November 2024",
)  # fmt: skip
QUEUE_REQUEST = ListPrice(
    "SQS standard request", Decimal("0.40"), MILLION, date(2025, 7, 21),
    "aws.amazon.com/sqs/pricing",
)  # fmt: skip
MAIL = ListPrice(
    "SES mail sent", Decimal("0.10"), 1_000, date(2025, 7, 21), "aws.amazon.com/ses/pricing"
)
