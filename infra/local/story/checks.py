"""Scene: three buyers at the checkout of the webshop want to pay later."""

from __future__ import annotations

from typing import Any

from infra.local.story.stage import Stage, amount
from infra.local.story.terms import NEWCOMER

OVERDUE = "10005"
ASKED = (
    ("approved", NEWCOMER["number"], "1250.00", "a new customer, well within the limit"),
    ("declined", NEWCOMER["number"], "48000.00", "the same customer, far above the limit"),
    ("refer", OVERDUE, "600.00", "a customer with an invoice that waits too long"),
)


def play(stage: Stage) -> None:
    stage.say.scene("May this buyer pay later?")
    for number, (outcome, debtor, value, who) in enumerate(ASKED, 1):
        decision = ask(stage, debtor, value, f"web-2026-{number:04d}")
        stage.expect(
            decision["outcome"] == outcome,
            f"A credit check for {who} gave {decision['outcome']} instead of {outcome}.",
        )


def ask(stage: Stage, debtor: str, value: str, order_reference: str, **more: Any) -> dict[str, Any]:
    decision = stage.suite.post(
        "/v1/credit-checks",
        {
            "debtor": debtor,
            "amount": {"value": value, "currency": "EUR"},
            "order_reference": order_reference,
            **more,
        },
    )
    stage.say.done(f"EUR {value} for {debtor}: {_told(stage, decision)}")
    for reason in decision["reasons"]:
        stage.say.note(f"    {reason['code']}: {reason['detail']}")
    return decision


def _told(stage: Stage, decision: dict[str, Any]) -> str:
    colour = {"approved": "green", "approved_partial": "green", "declined": "red"}.get(
        decision["outcome"], "yellow"
    )
    said = stage.say.paint(decision["outcome"], colour)
    if held := decision.get("reservation"):
        return f"{said}, {amount(held['amount'])} held until {held['expires_at'][:10]}"
    return f"{said}, instead: {', '.join(a['kind'] for a in decision['alternatives'])}"
