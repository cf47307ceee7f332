"""Scenes: a colleague calls, costs are charged when the term of the letter is over, and a case is
handed over by who may."""

from __future__ import annotations

from infra.local.story.households import ALL_THE_WAY, DISPUTES, EVERYBODY, LARGER
from infra.local.story.letters import announced
from infra.local.story.stage import Stage, amount
from infra.local.story.written import ids, sent_since, written

PROMISED_ON = "2026-10-02"


def calls(stage: Stage, moment: tuple[int, ...]) -> int:
    """How many calls a colleague made."""
    written(stage, moment, "Two weeks late: somebody calls")
    carla = stage.as_person("carla")
    waiting = [one for one in carla.every("/v1/call-tasks") if one["due"]]
    stage.expect(bool(waiting), "Nobody is to be called.")
    shown = carla.get(f"/v1/call-tasks/{waiting[0]['id']}")
    stage.say.note(
        f"    {shown['name']}, {shown['phone']}: {' '.join(shown['script'].split())[:150]}"
    )
    for one in waiting:
        promises = one["debtor"] == ALL_THE_WAY["number"]
        told = (
            {"outcome": "reached_promise", "follow_up_on": PROMISED_ON, "notes": "Betaalt vrijdag."}
            if promises
            else {"outcome": "no_answer"}
        )
        after = carla.post(f"/v1/call-tasks/{one['id']}/outcome", told)
        came = after["tries"][-1]["outcome"].replace("_", " ")
        more = (
            f"follow up on {after['follow_up_on']}" if promises else f"again {after['due_at'][:10]}"
        )
        stage.say.done(f"Carla calls {after['name']}: {came}, {more}")
    return len(waiting)


def charges(stage: Stage, runs: tuple[int, ...], over: tuple[int, ...]) -> dict[str, str]:
    """The costs that were booked, by customer."""
    held = written(stage, runs, "Six weeks late, and the term of the letter runs until tomorrow")
    stage.expect(not held, f"{len(held)} messages went out while the term ran.")
    seen = stage.suite.get(f"/v1/dunning/debtors/{ALL_THE_WAY['number']}")
    stage.expect(seen["code"] == "fourteen_day_term_running", f"It waits for {seen['code']}.")
    stage.say.note(f"    {seen['code']}: {seen['sentence']}")
    written(stage, over, "The term is over")
    charged = {}
    for one in (ALL_THE_WAY, LARGER, DISPUTES):
        invoice = stage.suite.get(f"/v1/invoices/{one['invoice']['number']}")
        costs, wanted = invoice["costs"], announced(stage, one["number"])
        stage.expect(costs["value"] == wanted, f"{one['name']} is charged {costs}, not {wanted}.")
        charged[one["number"]] = costs["value"]
        stage.say.done(
            f"{one['name']} owes {amount(invoice['open'])} and now {amount(costs)} collection costs"
        )
    stage.say.note("    15 percent with a least of EUR 40.00, as the letter said")
    return charged


def hands_over(stage: Stage, moment: tuple[int, ...]) -> int:
    """How many cases went to the agency: a person decides on each."""
    written(stage, moment, "Seven weeks late: handing over is proposed, and nothing is sent")
    anna = stage.as_person("anna")
    ours = {one["number"] for one in EVERYBODY}
    waiting = [one for one in anna.every("/v1/dunning/proposals") if one["debtor"] in ours]
    stage.expect(len(waiting) > 1, f"{len(waiting)} cases wait for a decision.")
    decided = []
    for one in waiting:
        approve = one["debtor"] != DISPUTES["number"]
        note = "" if approve else "Eerst de klacht over de deur."
        verdict = {"approve": approve, "note": note}
        decided.append(anna.post(f"/v1/dunning/proposals/{one['id']}/decision", verdict))
    approved = [one for one in decided if one["state"] == "approved"]
    for one in approved:
        stage.say.done(
            f"Anna hands {one['debtor']} over to the {one['end']}: {amount(one['amount'])}"
        )
    seen = stage.suite.get(f"/v1/dunning/debtors/{ALL_THE_WAY['number']}")
    stage.expect(seen["code"] == "handed_over", f"A case handed over is {seen['code']}.")
    stage.say.note(f"    {seen['code']}: {seen['sentence']} Nothing of ours goes out any more.")
    sent = sent_since(stage, "The planner goes round once more", ids(stage))
    stage.expect(not sent, f"{len(sent)} messages went out after all was decided.")
    return len(approved)
