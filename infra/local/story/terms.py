"""Scene: how each customer likes to be reached, and how far each may go on account."""

from __future__ import annotations

from itertools import cycle
from typing import Any

from infra.local.story.stage import Stage, amount

CHANNELS = ("email", "sms", "whatsapp")
LIMIT = {"value": "25000.00", "currency": "EUR"}
OPTED_IN_AT = "2026-03-02T09:30:00Z"
NEWCOMER = {
    "number": "10090",
    "name": "Bouwbedrijf Nieuwland B.V.",
    "kind": "company",
    "language": "nl",
    "address": {
        "street": "Stationsplein",
        "house_number": "9",
        "postcode": "3511 ED",
        "city": "Utrecht",
        "country": "NL",
    },
    "contact": {"email": "inkoop@nieuwland.example", "preferred": "email"},
}


def play(stage: Stage) -> None:
    stage.say.scene("Customers and their terms")
    stage.suite.post("/v1/debtors", NEWCOMER)
    channels, rows = cycle(CHANNELS), []
    for debtor in list(stage.suite.every("/v1/debtors")):
        number = debtor["number"]
        if number != NEWCOMER["number"]:
            debtor = _prefer(stage, debtor, next(channels))
        stage.suite.put(f"/v1/debtors/{number}/credit", {"limit": LIMIT, "hold": None})
        credit = stage.suite.get(f"/v1/debtors/{number}/credit")
        rows.append(
            (number, debtor["name"], debtor["contact"]["preferred"], amount(credit["open"]))
        )
    stage.say.table(("number", "name", "reach by", "open"), rows)


def _prefer(stage: Stage, debtor: dict[str, Any], channel: str) -> dict[str, Any]:
    """WhatsApp needs proof that the customer agreed; a channel without an address is not chosen."""
    contact = dict(debtor["contact"])
    if channel != "email" and not contact.get("phone"):
        return debtor
    contact["preferred"] = channel
    if channel == "whatsapp":
        contact["whatsapp_opt_in_at"] = OPTED_IN_AT
    return stage.suite.patch(f"/v1/debtors/{debtor['number']}", {"contact": contact})
