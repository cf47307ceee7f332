"""An order that asks for no credit."""

from __future__ import annotations

from collections.abc import Mapping

from kasstroom.credit.decision import Fact, Outcome
from kasstroom.credit.policy import Verdict
from kasstroom.credit.restricted import may_be_listed

PREPAID = "prepaid"


def asks_no_credit(facts: Mapping[str, Fact]) -> bool:
    """Paid in advance, and nobody who may be on a sanctions list: such a party may not be sold to
    however it pays."""
    return facts["order_amount"] == 0 and not may_be_listed(facts)


def paid_in_advance() -> Verdict:
    """An order paid in advance is always possible: it asks for no credit."""
    return Verdict(Outcome.APPROVED, (), (PREPAID,), (), ())
