"""Who the months of reminding are about: private customers with an invoice each, and their
strategy."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from infra.local.story.stage import Stage
from infra.local.story.terms import OPTED_IN_AT

SEGMENT = "consumers"
STRATEGY = "full"
DUE_ON = "2026-09-12"


def _household(
    number: str, name: str, house: str, value: str, *, phone: str = "", posted: bool = True,
    whatsapp: bool = False,
) -> dict[str, Any]:  # fmt: skip
    contact = {"email": f"{name.split()[-1].lower()}@thuis.example", "phone": phone}
    if whatsapp:
        contact["whatsapp_opt_in_at"] = OPTED_IN_AT
    address = {
        "street": "Lindelaan", "house_number": house, "postcode": "3571 AB", "city": "Utrecht",
    }  # fmt: skip
    return {
        "number": number,
        "name": name,
        "kind": "consumer",
        "address": (address if posted else {}) | {"country": "NL"},
        "contact": contact,
        "invoice": {"number": f"2026-9{number[-3:]}", "value": value},
    }


ALL_THE_WAY = _household("20001", "Sanne Bakker", "3", "120.00", phone="+31600000201")
LARGER = _household("20002", "Joost Vermeer", "8", "800.00", phone="+31600000202")
OLD_ADDRESS = _household(
    "20003", "Fatima Haddad", "12", "96.50", phone="+31600000203", whatsapp=True
)
OUT_OF_REACH = _household("20004", "Ruben Smit", "", "75.00", posted=False)
DISPUTES = _household("20005", "Ingrid Mulder", "21", "300.00", phone="+31600000205")
PAUSED = _household("20006", "Daan Visser", "34", "149.95", phone="+31600000206")
EVERYBODY = (ALL_THE_WAY, LARGER, OLD_ADDRESS, OUT_OF_REACH, DISPUTES, PAUSED)
DISPUTED = "100.00"

STEPS: list[dict[str, Any]] = [
    {"kind": "pre_reminder", "offset_days": -3, "channels": ["email"], "tone": "friendly"},
    {"kind": "reminder", "offset_days": 4, "channels": ["email", "whatsapp"]},
    {"kind": "second_reminder", "offset_days": 11, "channels": ["sms", "whatsapp"]},
    {"kind": "notice", "offset_days": 18, "channels": ["phone"]},
    {
        "kind": "fourteen_day_letter", "offset_days": 25, "channels": ["letter", "email"],
        "tone": "firm",
    },
    {
        "kind": "final_demand", "offset_days": 46, "channels": ["email", "letter"],
        "costs": True, "interest": True,
    },
    {"kind": "hand_over", "offset_days": 53, "approval": True},
]  # fmt: skip
DRAFT = {
    "steps": STEPS, "min_gap_days": 7, "end": "agency",
    "note": "Particulieren: eerst een vriendelijk woord, dan bellen, dan pas de brief.",
}  # fmt: skip


def arrive(stage: Stage) -> None:
    """Each household is registered, with one invoice that is not due yet."""
    for one in EVERYBODY:
        debtor = {name: value for name, value in one.items() if name != "invoice"}
        stage.suite.post("/v1/debtors", debtor)
        stage.suite.post("/v1/invoices", _invoice(one))
    total = sum(Decimal(one["invoice"]["value"]) for one in EVERYBODY)
    stage.say.done(f"{len(EVERYBODY)} private customers owe EUR {total}, due on {DUE_ON}")


def _invoice(one: dict[str, Any]) -> dict[str, Any]:
    return {
        "number": one["invoice"]["number"], "debtor": one["number"], "issued_on": "2026-08-31",
        "due_on": DUE_ON, "amount": {"value": one["invoice"]["value"], "currency": "EUR"},
    }  # fmt: skip
