"""Scenes: a new customer applies for a limit, a person decides what the rules refer, a part of an
order is approved, and an insured customer comes near the day deliveries have to stop."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from infra.local.story.checks import ask
from infra.local.story.stage import Stage, amount
from kasstroom.time import day_of

APPLICANT = {
    "name": "Dakdekkers Rijnmond B.V.",
    "kvk": "68750110",
    "vat": "NL004495445B01",
    "legal_form": "bv",
    "street": "Havenkade",
    "house_number": "25-1a",
    "postcode": "3011 XB",
    "city": "Rotterdam",
    "country": "NL",
    "contact_name": "M. de Wit",
    "email": "administratie@dakdekkers-rijnmond.example",
    "phone": "06 00 00 00 77",
    "iban": "NL91ABNA0417164300",
    "requested": "7.500,00",
    "terms_days": "30",
    "consent": "yes",
}
INSURED = "10004"
EXTENSION_DAYS = 30
_NONCE = re.compile(r'name="nonce" value="([^"]*)"')


def play(stage: Stage) -> dict[str, Any]:
    """What was shown, for demo.json."""
    application = _applies(stage)
    reviewed = _is_reviewed(stage)
    partial = _buys_a_part(stage, application["debtor"])
    covered = _is_insured(stage)
    return {
        "application": {"state": application["state"], "debtor": application["debtor"]},
        "review": {"verdict": reviewed["state"], "by": reviewed["decided_by"]},
        "partial": partial,
        "cover": covered,
    }


def _applies(stage: Stage) -> dict[str, Any]:
    stage.say.scene("A new customer asks for a credit limit")
    opened = stage.suite.post(
        "/v1/credit-applications", {"kind": "company", "language": "nl", "expires_in_days": 14}
    )
    stage.say.step("The shop sends a link; the customer fills in the form on a phone")
    public = stage.environment.suite()
    path = "/apply/" + opened["url"].rpartition("/apply/")[2]
    form = public.call("GET", path).text
    nonce = {"nonce": found[1]} if (found := _NONCE.search(form)) else {}
    wrong = public.submit(path, APPLICANT | nonce | {"kvk": "6875011"})
    stage.expect(wrong.status == 422, f"A KvK number of seven digits gave {wrong.status}.")
    stage.say.step("A digit of the KvK number is missing: the form says so and keeps the rest")
    sent = public.submit(path, APPLICANT | nonce)
    stage.expect(sent.status in (200, 303), f"The form answered {sent.status} instead of thanks.")
    application = stage.suite.get(f"/v1/credit-applications/{opened['id']}")
    stage.say.done(f"{APPLICANT['name']} asks for EUR {APPLICANT['requested']}: in review")
    decided = stage.as_person("bram").post(
        f"/v1/credit-applications/{opened['id']}/decision",
        {"verdict": "approved", "note": "Jaarcijfers gezien, drie referenties gebeld."},
    )
    stage.expect(decided["state"] == "approved", f"The application is {decided['state']}.")
    stage.say.done(f"Bram approves it, and customer {application['debtor']} has a limit")
    return stage.suite.get(f"/v1/credit-applications/{opened['id']}")


def _is_reviewed(stage: Stage) -> dict[str, Any]:
    stage.say.scene("What the rules refer, a person decides")
    waiting = [r for r in stage.suite.every("/v1/credit-reviews") if r["kind"] == "decision"]
    stage.expect(bool(waiting), "No decision waits for a person.")
    review = stage.as_person("anna").post(
        f"/v1/credit-reviews/{waiting[0]['id']}/decision",
        {"verdict": "approved", "note": "Gebeld: betaalt vrijdag, al tien jaar klant."},
    )
    stage.say.done(f"Anna looks at the order of {waiting[0]['debtor']} and approves it")
    stage.say.note(f"    {review['decided_by']}: {review['note']}")
    return review


def _buys_a_part(stage: Stage, debtor: str) -> dict[str, Any]:
    decision = ask(stage, debtor, "9000.00", "web-2026-0004", accept_partial=True)
    stage.expect(
        decision["outcome"] == "approved_partial",
        f"An order above the limit gave {decision['outcome']} instead of a part.",
    )
    account = stage.suite.get(f"/v1/debtors/{debtor}/credit")
    return {
        "asked": decision["amount"]["value"], "approved": decision["approved"]["value"],
        "reserved": account["reserved"]["value"], "available": account["available"]["value"],
    }  # fmt: skip


def _is_insured(stage: Stage) -> dict[str, Any]:
    stage.say.scene("Credit insurance")
    anna = stage.as_person("anna")
    terms = {"insured_percentage": 90, "extension_days": EXTENSION_DAYS, "notification_days": 30}
    policy = anna.post(
        "/v1/insurance-policies",
        {"number": "AT-2026-001", "insurer": "allianz_trade", "terms": terms,
         "valid_from": "2026-01-01"},
    )  # fmt: skip
    wanted = {"value": "20000.00", "currency": "EUR"}
    # Awake before it is asked: the first call to a function takes seconds on a busy machine.
    stage.phone.call("GET", "/insurer/knobs")
    stage.suite.post("/v1/covers", {"debtor": INSURED, "amount": wanted, "policy": policy["id"]})
    stage.say.step(f"Cover of {amount(wanted)} for {INSURED} is asked; the insurer takes a moment")
    answered = stage.until("the insurer's answer", lambda: _answered(stage))
    granted, stop = answered["cover"]["granted"], answered["at_a_glance"]["stop_on"]
    percentage = answered["cover"]["percentage"]
    stage.say.done(
        f"The insurer covers {amount(granted)} for {INSURED}, {percentage} percent of it"
    )
    days = (date.fromisoformat(stop) - day_of(stage.environment.clock.now())).days
    stage.say.done(f"Its oldest invoice is late: in {days} days, after {stop}, deliveries stop")
    return {"debtor": INSURED, "granted": granted["value"], "stop_shipment_on": stop}


def _answered(stage: Stage) -> dict[str, Any] | None:
    """The answer comes with a job of the insurer, which is looked at on a schedule."""
    stage.environment.invoke("insurance/poll_requests")
    answer = stage.suite.call("GET", f"/v1/covers/{INSURED}")
    found = answer.json if answer.status == 200 else None
    return found if found and found["cover"]["granted"] else None
