"""What happens to limits, holds, policies and reviews."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from kasstroom.events import Event
from kasstroom.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditLimitChanged(Event):
    TYPE: ClassVar[str] = "credit.limit.changed"
    limit: Money
    previous: Money
    source: str = "own"
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditLimitApproaching(Event):
    """Most of the limit is used: the policy's `warn_percent`."""

    TYPE: ClassVar[str] = "credit.limit.approaching"
    limit: Money
    used: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditLimitExceeded(Event):
    """Invoices and reservations together are above the limit."""

    TYPE: ClassVar[str] = "credit.limit.exceeded"
    limit: Money
    used: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditHoldPlaced(Event):
    TYPE: ClassVar[str] = "credit.hold.placed"
    reason: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditHoldReleased(Event):
    TYPE: ClassVar[str] = "credit.hold.released"
    reason: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditReviewDue(Event):
    """A person has to look: `kind` is decision, application, limit, periodic or group."""

    TYPE: ClassVar[str] = "credit.review.due"
    kind: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditReviewDecided(Event):
    TYPE: ClassVar[str] = "credit.review.decided"
    kind: str
    verdict: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditDecisionReviewed(Event):
    """A person decided on what was referred: `amount` is what may be paid later."""

    TYPE: ClassVar[str] = "credit.decision.reviewed"
    verdict: str
    amount: Money
    by: str
    order_reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditPolicyActivated(Event):
    """Another version of a policy decides from now on; `policy` is empty when the name has none any
    more, `previous` when it had none. About no debtor: that field is empty."""

    TYPE: ClassVar[str] = "credit.policy.activated"
    policy: str
    previous: str
    by: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditTermsChanged(Event):
    """What was agreed with a debtor changed: cap per order, payment term, review day, segment."""

    TYPE: ClassVar[str] = "credit.terms.changed"
    fields: tuple[str, ...]
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditGroupChanged(Event):
    """`debtor` is the group's parent; no members: the group ended."""

    TYPE: ClassVar[str] = "credit.group.changed"
    limit: Money
    members: tuple[str, ...]
    by: str
