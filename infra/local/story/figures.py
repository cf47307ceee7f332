"""What the running system says happened: every figure is read from it, none is remembered."""

from __future__ import annotations

from collections import Counter, defaultdict
from decimal import Decimal
from typing import Any

from kasstroom.credit.model import Decision, Outcome
from kasstroom.debtors.model import Channel
from kasstroom.invoices.model import Invoice
from kasstroom.payments.model import Entry, UnmatchedMoney

from infra.local.seed import books
from infra.local.story.stage import Stage


def open_total(stage: Stage) -> Decimal:
    """What all customers together owe, from the credit account of each."""
    debtors = stage.suite.every("/v1/debtors")
    accounts = (stage.suite.get(f"/v1/debtors/{d['number']}/credit") for d in debtors)
    return sum((Decimal(account["open"]["value"]) for account in accounts), Decimal("0.00"))


def measure(stage: Stage, open_before: Decimal) -> dict[str, Any]:
    """The content of demo.json; NotReady when two sides of the books disagree."""
    payments = list(stage.suite.every("/v1/payments"))
    paid = sum((abs(Decimal(p["amount"]["value"])) for p in payments), Decimal("0.00"))
    open_after = open_total(stage)
    stage.expect(
        open_before - open_after == paid,
        f"Open items fell from {open_before} to {open_after}, and {paid} was booked as paid.",
    )
    balanced = _ledger_balances(stage)
    stage.expect(balanced, "The ledger and the open items disagree.")
    dead = stage.environment.dead_letters()
    stage.expect(not dead, f"Some messages could not be worked on: {dead}.")
    return {
        "invoices_imported": sum(stage.suite.get(f"/v1/imports/{i}")["ok"] for i in stage.imports),
        "credit_checks": _credit_checks(stage),
        "reminders": _reminders(stage),
        "payments_booked": len(payments),
        "payments_amount": str(paid),
        "open_before": str(open_before),
        "open_after": str(open_after),
        "ledger_balanced": balanced,
        "reports": _reports(stage),
    }


def _credit_checks(stage: Stage) -> dict[str, int]:
    found = Counter(decision.outcome for decision in books(stage.environment).every(Decision))
    names = {Outcome.APPROVED: "approved", Outcome.DECLINED: "declined", Outcome.REFER: "referred"}
    return {name: found[outcome] for outcome, name in names.items()}


def _reminders(stage: Stage) -> dict[str, int]:
    found = Counter(message["channel"] for message in stage.messages())
    return {channel.value: found[channel.value] for channel in Channel}


def _reports(stage: Stage) -> list[str]:
    listed = stage.environment.aws("s3").list_objects_v2(
        Bucket=stage.environment.outputs["LakeBucket"]
    )
    keys = [item["Key"] for item in listed.get("Contents", [])]
    return [key for key in keys if key.startswith(("lake/", "exports/"))]


def _ledger_balances(stage: Stage) -> bool:
    """Entries allocated to an invoice add up to what is open on it; nothing else is allocated.
    What is allocated to no invoice is money with an owner, cent for cent.
    """
    allocated: dict[tuple[str, str], int] = defaultdict(int)
    stored: dict[tuple[str, str], int] = {}
    loose = owned = 0
    for item in books(stage.environment).every(Entry, Invoice, UnmatchedMoney):
        match item:
            case Entry():
                loose -= item.unallocated.minor
                for part in item.allocations:
                    allocated[item.debtor, part.invoice] += part.amount.minor
            case Invoice():
                stored[item.debtor, item.number] = item.open.minor
            case UnmatchedMoney():
                owned += item.amount.minor
    return dict(allocated) == stored and loose == owned
