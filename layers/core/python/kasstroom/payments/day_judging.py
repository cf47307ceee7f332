"""What of a day is not right, or not there yet, and what to do about each. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from kasstroom.bank.model import BankAccount, BankLine, LineState
from kasstroom.money import Money
from kasstroom.payments.day_findings import Finding, FindingCode, found, payout_of_day
from kasstroom.payments.day_reading import DayRead
from kasstroom.payments.day_sides import compared_whole
from kasstroom.payments.differences import Difference, DifferenceKind
from kasstroom.payments.model import WorkState
from kasstroom.payments.provider_days import ProviderDay

MOST_LINES_NAMED = 50
IN_USE_DAYS = 35
"""An account whose last statement is older than that is not waited for."""
_UNDECIDED = (LineState.OPEN, LineState.PROPOSED)


def findings_of(read: DayRead) -> tuple[Finding, ...]:
    return (*_of_providers(read), *_of_payouts(read), *_of_bank(read))


def _of_providers(read: DayRead) -> Iterator[Finding]:
    known = {day.provider: day for day in read.days}
    tasks = [d for d in read.differences if d.on == read.on and d.amount.currency == read.currency]
    for task in tasks:
        if task.state is WorkState.OPEN and task.kind is not DifferenceKind.PAYOUT:
            yield difference_found(task)
    for name in sorted(read.expected | set(known)):
        day = known.get(name)
        if day is None or not compared_whole(day):
            yield found(
                FindingCode.PROVIDER_NOT_COMPARED, name,
                f"{name} was not compared with the ledger since this day ended.",
                "That is done every morning by itself; when it stays so, see the log of"
                " compare_providers.",
            )  # fmt: skip
        if day is not None and (left := _unexplained(day, tasks, read.currency)):
            yield found(
                FindingCode.PROVIDER_DIFFERS, name,
                f"{left} things at {name} were not in the ledger with the same amount.",
                "See the open differences; the next comparison looks again by itself.",
                count=left, link="/v1/payment-differences",
            )  # fmt: skip


def _unexplained(day: ProviderDay, tasks: Sequence[Difference], currency: str) -> int:
    """What differs and is no task of this day, open or settled by a person."""
    seen = day.seen.of(currency)
    of_it = [
        t for t in tasks
        if t.provider == day.provider and t.kind is not DifferenceKind.NOT_AT_PROVIDER
        and (t.state is WorkState.OPEN or t.resolved_by)
    ]  # fmt: skip
    return max(0, seen.items - seen.agreed - len(of_it))


_WHY = {
    DifferenceKind.NOT_IN_LEDGER: "is not in the ledger",
    DifferenceKind.NOT_AT_PROVIDER: "is in the ledger, and the provider does not have it",
    DifferenceKind.AMOUNT: "is in the ledger with another amount",
    DifferenceKind.RETURNED: "came back, and the ledger does not know",
    DifferenceKind.PAYOUT: "does not add up: its lines make another amount",
}
_ASKED = "It is asked for again by itself; when it stays, book it or say why not."
_LOOK = "Look it up at the provider, put it right, and say how."


def difference_found(task: Difference) -> Finding:
    what = "payout" if task.kind is DifferenceKind.PAYOUT else task.what.value
    asked = task.kind in (DifferenceKind.NOT_IN_LEDGER, DifferenceKind.RETURNED)
    ours = f" ({task.ours} here)" if task.ours and task.ours != task.amount else ""
    return found(
        FindingCode.DIFFERENCE, task.id,
        f"{task.provider} {what} {task.provider_id} of {task.amount} {_WHY[task.kind]}{ours}.",
        _ASKED if asked else _LOOK, amount=task.amount,
        link=f"/v1/payment-differences/{task.id}",
    )  # fmt: skip


def _of_payouts(read: DayRead) -> Iterator[Finding]:
    for s in read.settlements:
        if s.paid_on == read.on:
            if not s.line_id:
                yield payout_of_day(s.reference, s.provider, s.amount, s.paid_on, read.today)
            if task := read.wrong(s):
                yield difference_found(task)


def _of_bank(read: DayRead) -> Iterator[Finding]:
    waiting = [
        line for line in read.lines
        if line.state in _UNDECIDED and line.amount.currency == read.currency
    ]  # fmt: skip
    for line in waiting[:MOST_LINES_NAMED]:
        yield _line(line)
    if more := waiting[MOST_LINES_NAMED:]:
        yield found(
            FindingCode.BANK_LINE_WAITS, "", f"{len(more)} more bank lines wait.",
            "Say whose money they are, or set them aside.", count=len(more),
            amount=Money(sum(line.amount.minor for line in more), read.currency),
            link="/v1/bank-lines",
        )  # fmt: skip
    used = [a for a in read.accounts if _in_use(a, read)]
    for account in used:
        if account.closed_on and account.closed_on < read.on:
            upto = f"The statements of {account.iban} go to {account.closed_on}."
            yield _missing(account.iban, upto)
    if not used and not read.lines:
        yield _missing("", "No statement of your bank was imported for this day.")


def _in_use(account: BankAccount, read: DayRead) -> bool:
    oldest = read.on - timedelta(days=IN_USE_DAYS)
    return account.closed_on is not None and account.closed_on >= oldest


def _line(line: BankLine) -> Finding:
    who = line.counterparty_name or line.counterparty_iban or "an unknown party"
    why = f" ({line.note})" if line.note else ""
    proposed = line.state is LineState.PROPOSED
    return found(
        FindingCode.BANK_LINE_WAITS, line.id,
        f"A {line.kind} of {line.amount} from {who} waits for somebody{why}.",
        "Confirm the proposal, or say whose it is." if proposed
        else "Say whose money it is, or set it aside with the reason.",
        amount=line.amount, link=f"/v1/bank-lines/{line.id}",
    )  # fmt: skip


def _missing(about: str, explanation: str) -> Finding:
    return found(
        FindingCode.STATEMENT_MISSING, about, explanation,
        "Import the statement of this day: POST /v1/imports.", link="/v1/imports",
    )  # fmt: skip
