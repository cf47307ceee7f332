"""Scenes: what people answer to a reminder. A mail bounces, a part of an invoice is disputed,
reminding is paused and goes on, and a payment stops everything at once."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import Any

from infra.local.story import payer, reminders
from infra.local.story.households import DISPUTED, DISPUTES, OLD_ADDRESS, OUT_OF_REACH, PAUSED
from infra.local.story.stage import Stage
from infra.local.story.written import BY, ids, message_to, sent_since, written
from kasstroom.messages.model import THANK_YOU, Message

FIRST = "reminder"


def play(stage: Stage, late: tuple[int, ...], later: tuple[int, ...]) -> dict[str, Any]:
    pause = stage.as_person("anna").post(
        "/v1/dunning/pauses",
        {"debtor": PAUSED["number"], "reason": "manual", "note": "Pakket is nog onderweg."},
    )
    dispute = stage.suite.post(
        "/v1/disputes",
        {
            "invoice": DISPUTES["invoice"]["number"], "reason": "damaged",
            "amount": {"value": DISPUTED, "currency": "EUR"}, "detail": "Een deur is gebarsten.",
        },
    )  # fmt: skip
    written(stage, late, "Four days late")
    disputed = _asks_the_rest(stage, dispute)
    fell_back = _bounces(stage)
    attention = _is_left(stage)
    known = ids(stage)
    stage.at(*later)
    why_not = _why_not(stage)
    stage.as_person("anna").post(f"/v1/dunning/pauses/{pause['id']}/lift", {})
    stage.say.step(f"The parcel of {PAUSED['name']} arrived, and Anna lifts the pause")
    sent_since(stage, "Eleven days late", known)
    return {
        "fell_back": fell_back, "attention": attention, "disputed_part": disputed,
        "why_not": why_not, "thanked": _pays_from_it(stage),
    }  # fmt: skip


def _asks_the_rest(stage: Stage, dispute: dict[str, Any]) -> dict[str, str]:
    message = message_to(stage, DISPUTES["number"], lambda m: m.template == FIRST)
    invoice = stage.suite.get(f"/v1/invoices/{dispute['invoice']}")
    asked = message.amount.value
    stage.expect(
        Decimal(asked) == Decimal(invoice["open"]["value"]) - Decimal(DISPUTED),
        f"Of {invoice['open']['value']} open, {asked} was asked.",
    )
    stage.say.done(
        f"{DISPUTES['name']} does not agree with EUR {DISPUTED} of {dispute['invoice']}: the"
        f" reminder asks EUR {asked}, the rest waits for a decision"
    )
    return {"asked": asked, "open": invoice["open"]["value"]}


def _bounces(stage: Stage) -> dict[str, str]:
    """Two mails come back: one customer has another way, the other has none."""
    for one in (OLD_ADDRESS, OUT_OF_REACH):
        _comes_back(stage, message_to(stage, one["number"], lambda m: m.template == FIRST))
    back = stage.until("the bounces", lambda: _all_known(stage))
    reminders.run(stage)
    message = stage.until("the other way", lambda: _went_another_way(stage, back[0].id))
    first, then = message.tries[0].channel, message.channel
    stage.say.done(
        f"The {BY[first]} to {OLD_ADDRESS['name']} bounces: the same reminder goes by {BY[then]}"
    )
    suppressed = {one["address"] for one in stage.suite.every("/v1/suppressions")}
    stage.expect(OLD_ADDRESS["contact"]["email"] in suppressed, f"Not suppressed: {suppressed}.")
    stage.say.note(f"    {OLD_ADDRESS['contact']['email']} is not tried any more")
    return {"debtor": message.debtor, "from": first.value, "to": then.value}


def _comes_back(stage: Stage, message: Message) -> None:
    stage.phone.post(
        "/messages/reports",
        {
            "what": "bounce", "org": message.org, "debtor": message.debtor,
            "message_id": message.id, "to": message.address, "attempt": str(message.attempt),
        },
    )  # fmt: skip


def _all_known(stage: Stage) -> list[Message] | None:
    found = [
        message_to(stage, one["number"], lambda m: m.template == FIRST)
        for one in (OLD_ADDRESS, OUT_OF_REACH)
    ]
    return found if all(message.tries for message in found) else None


def _went_another_way(stage: Stage, id: str) -> Message | None:
    message = message_to(stage, OLD_ADDRESS["number"], lambda m: m.id == id)
    return message if message.sent_at and message.channel != message.tries[0].channel else None


def _is_left(stage: Stage) -> int:
    waiting = [
        one for one in stage.suite.every("/v1/attention") if one["debtor"] == OUT_OF_REACH["number"]
    ]
    stage.expect(len(waiting) == 1, f"{len(waiting)} items wait for {OUT_OF_REACH['name']}.")
    stage.say.done(f"{waiting[0]['name']} has no other way: a person is asked to look")
    stage.say.note(f"    {waiting[0]['what_to_do']['en']}")
    return len(waiting)


def _why_not(stage: Stage) -> dict[str, int]:
    """What the planner would leave out at this moment, in its own words: nothing goes out yet."""
    found = stage.suite.post("/v1/dunning/runs?limit=100", {"dry_run": True})
    stage.expect(found["queued"] == 0, "A dry run asked for messages.")
    told: dict[str, str] = {}
    count: Counter[str] = Counter()
    for one in found["items"]:
        for item in one["items"]:
            if item["code"]:
                count[item["code"]] += 1
                told.setdefault(item["code"], f"{item['invoice']}: {item['sentence']}")
    go = sum(one["does"] == "remind" for one in found["items"])
    stage.say.done(
        f"What the planner would do now: {go} customers hear from us; and why not others"
    )
    for code, example in told.items():
        stage.say.note(f"    {count[code]} {code}, such as {example}")
    mine = stage.suite.get(f"/v1/dunning/debtors/{PAUSED['number']}")
    stage.expect(mine["code"] == "manual", f"{PAUSED['name']} is not paused: {mine}.")
    return dict(count)


def _pays_from_it(stage: Stage) -> bool:
    """The link in a reminder is paid, and nothing is planned any more."""
    address = PAUSED["contact"]["email"]
    mine = [message for message in stage.messages() if message["to"] == address]
    payer.pays(stage, payer.pages(stage, mine)[-1])
    seen = stage.suite.get(f"/v1/dunning/debtors/{PAUSED['number']}")
    stage.expect(
        not seen["at"] and seen["does"] == "nothing", f"Something is still planned: {seen}."
    )
    stage.say.done(
        f"{PAUSED['name']} pays by the link in the reminder: nothing is planned any more, at once"
    )
    thanks = stage.until("the thanks", lambda: _thanked(stage))
    stage.say.done(f"Thanks go out by {BY[thanks.channel]}, the way the reminder took")
    return True


def _thanked(stage: Stage) -> Message | None:
    mine = stage.written_to(PAUSED["number"])
    return next((m for m in mine if m.template == THANK_YOU and m.sent_at), None)
