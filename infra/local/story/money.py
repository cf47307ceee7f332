"""Scenes: what goes wrong with money, and how it comes right. A webhook that comes twice, one that
never comes, a provider that is down, a payment that is taken back, and a bank statement."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from infra.local.story import payer, statement
from infra.local.story.stage import Stage, amount

AFTER_A_SWEEP = (2026, 9, 1, 10, 45)
NEXT_MORNING = (2026, 9, 2, 9)


def play(stage: Stage) -> dict[str, Any]:
    """What was shown, for demo.json; every figure is read from the running system."""
    pages = payer.to_pay(stage)
    stage.say.scene("Webhooks that come twice, or not at all")
    twice = _comes_twice(stage, pages.pop(0))
    repaired = _never_comes(stage, pages.pop(0))
    stripe = _fails_over(stage, pages.pop(0))
    taken_back = _is_taken_back(stage, twice)
    paid_out = _is_paid_out(stage)
    bank = statement.play(stage, paid_out)
    return {
        "duplicate_webhook": {"payment": twice["provider_id"], "booked": 1},
        "lost_webhook": {"payment": repaired["provider_id"], "found_by": "sweep"},
        "stripe": {"payment": stripe["provider_id"], "amount": stripe["amount"]["value"]},
        "chargeback": taken_back,
        "bank": bank,
        "reconciliation": _three_sides(stage),
    }


def _comes_twice(stage: Stage, page: str) -> dict[str, Any]:
    known = _payments(stage)
    stage.phone.put("/psp/knobs", {"duplicates": 3})
    payer.pays(stage, page)
    stage.phone.put("/psp/knobs", {"duplicates": 0})
    (new,) = _new(stage, known)
    address = f"/psp/payments/{new['provider_id']}?format=json"
    stage.until("four calls", lambda: len(stage.phone.get(address)["webhooks"]) >= 4)
    stage.expect(len(_new(stage, known)) == 1, "A payment was booked twice.")
    stage.say.done(f"Mollie calls four times about {new['provider_id']}: booked once")
    return new


def _never_comes(stage: Stage, page: str) -> dict[str, Any]:
    known = _payments(stage)
    stage.phone.put("/psp/knobs", {"lost_webhook": True})
    payer.pays(stage, page, waits=False)
    stage.phone.put("/psp/knobs", {"lost_webhook": False})
    stage.expect(not _new(stage, known), "A payment was booked that nobody told of.")
    stage.say.step("A customer paid, and Mollie's webhook got lost: the books know nothing yet")
    stage.at(*AFTER_A_SWEEP)
    stage.environment.invoke("payments/sweep_attempts")
    (new,) = stage.until("the sweep to find the payment", lambda: _new(stage, known))
    stage.say.done(f"The sweep asks Mollie and books {amount(new['amount'])}")
    return new


def _fails_over(stage: Stage, page: str) -> dict[str, Any]:
    known = _payments(stage)
    stage.phone.put("/psp/knobs", {"mollie_down": True})
    payer.pays(stage, page)
    stage.phone.put("/psp/knobs", {"mollie_down": False})
    (new,) = stage.until("the payment to be booked", lambda: _new(stage, known))
    stage.expect(new["provider"] == "stripe", f"{new['provider']} took it, and not Stripe.")
    stage.say.done(f"Mollie is down, so Stripe takes the payment: {amount(new['amount'])}")
    return new


def _is_taken_back(stage: Stage, payment: dict[str, Any]) -> dict[str, Any]:
    stage.say.scene("A payment is taken back")
    number = payment["allocations"][0]["invoice"]
    stage.phone.submit(f"/psp/payments/{payment['provider_id']}/chargeback", {})
    shown = stage.until("the chargeback", lambda: _returned(stage, payment["id"]))
    invoice = stage.suite.get(f"/v1/invoices/{number}")
    still = Decimal(invoice["payable"]["value"])
    stage.expect(still > 0, f"{number} is {invoice['state']}, not open again.")
    stage.say.done(
        f"The payer's bank takes {amount(shown['returned'])} back: {number} is open again, and"
        " reminders wait five days"
    )
    return {"payment": payment["provider_id"], "reopened": number}


def _returned(stage: Stage, id: str) -> dict[str, Any] | None:
    found = stage.suite.get(f"/v1/payments/{id}")
    return found if Decimal(found["returned"]["value"]) else None


def _is_paid_out(stage: Stage) -> list[dict[str, Any]]:
    """The providers pay out, and the nightly comparison learns of it."""
    stage.say.scene("The providers, the bank and the ledger")
    stage.phone.post("/psp/settlements", {})
    stage.at(*NEXT_MORNING)
    stage.environment.invoke("payments/compare_providers")
    day = stage.suite.get("/v1/reconciliation?on=2026-09-01")
    for side in day["providers"]:
        stage.say.done(f"{side['provider']}: {side['agreed']} of {side['items']} things agree")
    return [p for on in ("2026-09-01", "2026-09-02") for p in _payouts(stage, on)]


def _payouts(stage: Stage, on: str) -> list[dict[str, Any]]:
    return stage.suite.get(f"/v1/reconciliation?on={on}")["payouts"]


def _three_sides(stage: Stage) -> dict[str, Any]:
    """The day in three columns, as the report gives it."""
    day = stage.suite.get("/v1/reconciliation?on=2026-09-01")
    for side in day["providers"]:
        stage.say.note(
            f"    {side['provider']}: {amount(side['amount'])} there,"
            f" {amount(side['booked'])} here, difference {side['difference']['value']}"
        )
    for payout in day["payouts"]:
        stage.say.note(
            f"    payout {payout['reference']}: {amount(payout['gross'])} less"
            f" {payout['fee']['value']} fee is {payout['amount']['value']} on the statement"
        )
    return {
        "day": day["on"],
        "providers_agree": all(s["agreed"] == s["items"] for s in day["providers"]),
        "open_differences": day["open_differences"],
    }


def _payments(stage: Stage) -> list[dict[str, Any]]:
    return list(stage.suite.every("/v1/payments", on="2026-09-01"))


def _new(stage: Stage, known: list[dict[str, Any]]) -> list[dict[str, Any]]:
    ids = {payment["id"] for payment in known}
    return [payment for payment in _payments(stage) if payment["id"] not in ids]
