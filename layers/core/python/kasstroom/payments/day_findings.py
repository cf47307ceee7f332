"""Whether a day is right, and if not, what to do about it: in words, with a link to where. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from kasstroom.money import Money

PATIENCE_DAYS = 5
"""Calendar days a payout takes to the bank at most, with a weekend and a holiday between."""


class DayStatus(StrEnum):
    """`right`: all sides agree. `waits`: nothing is wrong, and something has still to come by
    itself or with the next statement. `differs`: somebody has to do something."""

    RIGHT = "right"
    WAITS = "waits"
    DIFFERS = "differs"


class FindingCode(StrEnum):
    PROVIDER_NOT_COMPARED = "provider_not_compared"
    PROVIDER_DIFFERS = "provider_differs"
    DIFFERENCE = "difference"
    PAYOUT_IN_TRANSIT = "payout_in_transit"
    PAYOUT_LATE = "payout_late"
    BANK_LINE_WAITS = "bank_line_waits"
    STATEMENT_MISSING = "statement_missing"


_WAITING = frozenset(
    {FindingCode.PROVIDER_NOT_COMPARED, FindingCode.PAYOUT_IN_TRANSIT,
     FindingCode.STATEMENT_MISSING}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """Why a day is not right (yet). `about` names it: a provider, a payout's reference, the id of a
    bank line, of a difference, or an account. `count` is of how many things it tells. `link` is
    where to look at it or to settle it, "" when there is nothing to do but wait."""

    code: FindingCode
    status: DayStatus
    about: str
    count: int
    amount: Money | None
    explanation: str
    what_to_do: str
    link: str


def found(
    code: FindingCode,
    about: str,
    explanation: str,
    what_to_do: str,
    *,
    amount: Money | None = None,
    count: int = 1,
    link: str = "",
) -> Finding:
    status = DayStatus.WAITS if code in _WAITING else DayStatus.DIFFERS
    return Finding(code, status, about, count, amount, explanation, what_to_do, link)


def status_of(findings: Iterable[Finding]) -> DayStatus:
    worst = {finding.status for finding in findings}
    if DayStatus.DIFFERS in worst:
        return DayStatus.DIFFERS
    return DayStatus.WAITS if worst else DayStatus.RIGHT


def explained(on: date, findings: Sequence[Finding]) -> str:
    """The day in one sentence."""
    status = status_of(findings)
    if status is DayStatus.RIGHT:
        return f"{on} is right: ledger, providers and bank agree."
    wrong = sum(finding.count for finding in findings if finding.status is DayStatus.DIFFERS)
    late = sum(finding.count for finding in findings if finding.status is DayStatus.WAITS)
    things = f"{wrong} thing{'s' * (wrong != 1)}"
    rest = f"{late} thing{'s' * (late != 1)}"
    if status is DayStatus.WAITS:
        return f"Nothing of {on} is wrong; {rest} still come by themselves or with a statement."
    also = f", and {rest} still come" if late else ""
    return f"{on} is not right: somebody has to look at {things}{also}."


def payout_of_day(
    reference: str, provider: str, amount: Money, paid_on: date, today: date
) -> Finding:
    """A payout that is not on a statement (yet)."""
    sent = f"{provider} sent {amount} on {paid_on} (reference {reference})"
    if today <= paid_on + timedelta(days=PATIENCE_DAYS):
        return found(
            FindingCode.PAYOUT_IN_TRANSIT, reference, f"{sent}; it is on its way to your bank.",
            "Wait for the statement; this clears by itself.", amount=amount,
        )  # fmt: skip
    return found(
        FindingCode.PAYOUT_LATE, reference,
        f"{sent}, and no statement of your bank shows it.",
        "Import the statements of these days; when it is on none, ask the provider. When it is on"
        " one and waits there, match it there.",
        amount=amount, link="/v1/bank-lines",
    )  # fmt: skip
