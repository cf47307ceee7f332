"""The terms of a credit insurance policy, as its glossary names them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kasstroom.changes import Command
from kasstroom.errors import Refused
from kasstroom.money import Money

LONGEST_DAYS = 1095


class Deduction(StrEnum):
    """The steps from a debt to an indemnity."""

    LIMIT = "limit"
    EACH_FIRST_LOSS = "each_first_loss"
    PERCENTAGE = "percentage"
    AGGREGATE_FIRST_LOSS = "aggregate_first_loss"
    MAXIMUM = "maximum"


class DocumentKind(StrEnum):
    """What an insurer wants to see with a claim."""

    INVOICE = "invoice"
    STATEMENT = "statement"
    PROOF_OF_ORDER = "proof_of_order"
    PROOF_OF_DELIVERY = "proof_of_delivery"
    CORRESPONDENCE = "correspondence"
    REMINDERS = "reminders"
    CONTRACT = "contract"
    INSOLVENCY_NOTICE = "insolvency_notice"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class PolicyTerms(Command):
    """Days count from the due date of the invoice, which stays decisive after an extension.

    `extension_days` is the maximum extension period (MEP): the day after it, deliveries stop;
    `notification_days` more is the last day to report and to hand over for collection;
    `waiting_days` pass between the start of collection and the insured event of protracted default.
    `experience_invoices` paid, on average at most `experience_days_late` late, allow a cover of our
    own up to `discretionary_limit`. `deductions` is the order in which the insurer counts.
    `idle_days` without exposure make a cover worth giving back.
    """

    insured_percentage: int
    extension_days: int = 60
    notification_days: int = 30
    waiting_days: int = 180
    discretionary_limit: Money | None = None
    each_first_loss: Money | None = None
    aggregate_first_loss: Money | None = None
    claims_threshold: Money | None = None
    maximum_indemnity: Money | None = None
    deductions: tuple[Deduction, ...] = tuple(Deduction)
    alert_days: tuple[int, ...] = (14, 7, 1)
    idle_days: int = 180
    experience_invoices: int = 3
    experience_days_late: int = 15
    documents: tuple[DocumentKind, ...] = (
        DocumentKind.INVOICE,
        DocumentKind.STATEMENT,
        DocumentKind.PROOF_OF_DELIVERY,
    )


AMOUNTS = (
    "discretionary_limit",
    "each_first_loss",
    "aggregate_first_loss",
    "claims_threshold",
    "maximum_indemnity",
)
_DAYS = {
    "extension_days": 0,
    "notification_days": 0,
    "waiting_days": 0,
    "idle_days": 1,
    "experience_invoices": 0,
    "experience_days_late": 0,
}


def checked(terms: PolicyTerms, currency: str) -> PolicyTerms:
    """Refused says which field and how."""
    if not 1 <= terms.insured_percentage <= 100:
        raise _wrong("insured_percentage", "a whole percentage from 1 to 100")
    for name, lowest in _DAYS.items():
        if not lowest <= getattr(terms, name) <= LONGEST_DAYS:
            raise _wrong(name, f"a whole number from {lowest} to {LONGEST_DAYS}")
    for name in AMOUNTS:
        amount = getattr(terms, name)
        if amount is not None and (amount.minor < 0 or amount.currency != currency):
            raise _wrong(name, f"an amount in {currency}, zero or more")
    if len(set(terms.deductions)) != len(terms.deductions) or not terms.deductions:
        raise _wrong("deductions", "a list that names each step once")
    if {Deduction.LIMIT, Deduction.PERCENTAGE} - set(terms.deductions):
        raise _wrong("deductions", "a list with at least `limit` and `percentage`")
    if len(terms.alert_days) > 10 or not all(0 < day <= LONGEST_DAYS for day in terms.alert_days):
        raise _wrong("alert_days", f"at most ten days from 1 to {LONGEST_DAYS}")
    return terms


def _wrong(name: str, wanted: str) -> Refused:
    return Refused("invalid_terms", f"{name} is {wanted}.", f"/body/terms/{name}")
