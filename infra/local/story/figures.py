"""What the running system says happened: every figure is read from it, none is remembered."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from infra.local.seed import books
from infra.local.story.payer import pages
from infra.local.story.stage import Stage
from kasstroom.credit.decision import Decision, Outcome
from kasstroom.debtors.model import Channel
from kasstroom.time import day_of

FIRST_DAY = (2026, 8, 30)
"""The day the story begins."""


@dataclass(frozen=True)
class Position:
    """What all customers together owe, and whether every ledger agrees with its open items."""

    open: Decimal
    balanced: bool


def position(stage: Stage) -> Position:
    """Added up from the statement of each customer, which the suite recounts from its ledger."""
    balances = [
        balance
        for debtor in stage.suite.every("/v1/debtors")
        for balance in stage.suite.get(f"/v1/debtors/{debtor['number']}/statement")["balances"]
    ]
    stage.expect({b["currency"] for b in balances} == {"EUR"}, "The story runs in euros only.")
    return Position(
        sum((Decimal(b["open"]["value"]) for b in balances), Decimal("0.00")),
        all(b["balanced"] for b in balances),
    )


def measure(stage: Stage, open_before: Decimal) -> dict[str, Any]:
    """The content of demo.json; NotReady when two sides of the books disagree."""
    payments = _payments(stage)
    paid = sum((abs(Decimal(p["amount"]["value"])) for p in payments), Decimal("0.00"))
    after = position(stage)
    rests = sum((_rests(stage, p["id"]) for p in payments), Decimal("0.00"))
    stage.expect(
        open_before - after.open == rests,
        f"Open items fell from {open_before} to {after.open}, and {rests} rests on invoices.",
    )
    stage.expect(after.balanced, "The ledger and the open items disagree.")
    dead = stage.environment.dead_letters()
    stage.expect(not dead, f"Some messages could not be worked on: {dead}.")
    return {
        "invoices_imported": sum(stage.suite.get(f"/v1/imports/{i}")["ok"] for i in stage.imports),
        "credit_checks": _credit_checks(stage),
        "reminders": _reminders(stage),
        "payments": len(payments),
        "payments_booked": _cents(paid),
        "payments_on_invoices": _cents(rests),
        "open_before": _cents(open_before),
        "open_after": _cents(after.open),
        "amounts_in": "EUR cents",
        "ledger_balanced": after.balanced,
    }


def _rests(stage: Stage, id: str) -> Decimal:
    """What of a payment pays invoices now: not what was taken back or what no invoice took."""
    allocations = stage.suite.get(f"/v1/payments/{id}")["allocations"]
    return sum((Decimal(a["amount"]["value"]) for a in allocations), Decimal("0.00"))


def _cents(amount: Decimal) -> int:
    """Whole cents, so that whoever reads the file can add and compare without rounding."""
    return int(amount.scaleb(2))


def _payments(stage: Stage) -> list[dict[str, Any]]:
    """Payments are listed by the day they were booked: every day of the story is asked for."""
    today = day_of(stage.environment.clock.now())
    days = (date(*FIRST_DAY) + timedelta(days=n) for n in range(366))
    told = (day for day in days if day <= today)
    return [p for day in told for p in stage.suite.every("/v1/payments", on=day.isoformat())]


def _credit_checks(stage: Stage) -> dict[str, int]:
    found = Counter(decision.outcome for decision in books(stage.environment).every(Decision))
    names = {
        Outcome.APPROVED: "approved",
        Outcome.APPROVED_PARTIAL: "approved_partial",
        Outcome.DECLINED: "declined",
        Outcome.REFER: "referred",
    }
    return {name: found[outcome] for outcome, name in names.items()}


def _reminders(stage: Stage) -> dict[str, int]:
    """What asks for money: thanks for a payment lead to no page to pay on."""
    asking = (m for m in stage.messages() if pages(stage, [m]))
    found = Counter(message["channel"] for message in asking)
    return {channel.value: found[channel.value] for channel in Channel}
