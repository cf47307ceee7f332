"""Scene: the bank statement of the day. What is clear is booked, what is not waits for a person."""

from __future__ import annotations

from datetime import date
from typing import Any

from infra.local.seed import ORGANISATION
from infra.local.story import camt
from infra.local.story.camt import Credit
from infra.local.story.files import hand_in
from infra.local.story.stage import Stage, amount

DAY = date(2026, 9, 1)
OPENING_MINOR = 1_234_567
UNKNOWN_MINOR = 5_000
NOBODY = ("Hr. P. de Boer", "NL02ABNA0123456789", "Bedankt voor de snelle levering")


def play(stage: Stage, payouts: list[dict[str, Any]]) -> dict[str, Any]:
    debtor, item = _open_items(stage)[0]
    paid, text = _minor(item["open"]), f"factuur {item['number']}"
    lines = [Credit(DAY, paid, "Betaler B.V.", "NL20INGB0001234567", text)]
    lines += [
        Credit(
            DAY,
            _minor(p["amount"]),
            p["provider"].title(),
            "NL12DEUT0000000001",
            f"Uitbetaling {p['reference']}",
        )
        for p in payouts
    ]
    lines.append(Credit(DAY, UNKNOWN_MINOR, *NOBODY))
    told = camt.statement(ORGANISATION.iban, OPENING_MINOR, lines, DAY, DAY)
    hand_in(stage, "afschrift.xml", told)
    stage.until("the lines to be matched", lambda: stage.environment.idle("bank/match_lines"))
    found = {line["text"]: line for line in stage.suite.every("/v1/bank-lines")}
    matched = found[f"factuur {item['number']}"]
    stage.expect(matched["state"] == "matched", f"{item['number']} was not matched: {matched}.")
    stage.say.done(
        f"{amount(matched['amount'])} with an invoice number: booked on {item['number']}"
    )
    cleared = [line for line in found.values() if line["state"] == "cleared"]
    stage.expect(len(cleared) == len(payouts), f"{len(cleared)} of {len(payouts)} payouts cleared.")
    for line in cleared:
        stage.say.done(
            f"{amount(line['amount'])} of {line['counterparty_name']}: a payout, cleared"
        )
    return {
        "lines": len(found),
        "matched": 1,
        "payouts_cleared": len(cleared),
        "by_hand": _by_hand(stage, found[NOBODY[2]], debtor),
    }


def _by_hand(stage: Stage, line: dict[str, Any], debtor: str) -> dict[str, Any]:
    """Nothing says whose money it is: it has an owner and a deadline until somebody knows."""
    stage.expect(line["state"] == "open", f"A line of nobody is {line['state']}.")
    stage.say.step(
        f'{amount(line["amount"])} "{line["text"]}": nobody\'s, {line["owner"]} looks before'
        f" {line['resolve_by']}"
    )
    body = {"allocations": [{"debtor": debtor, "amount": line["amount"]}]}
    done = stage.as_person("anna").post(f"/v1/bank-lines/{line['id']}/match", body)
    stage.expect(done["state"] == "matched", f"Matched by hand it is {done['state']}.")
    stage.say.done(f"Anna phones around: it is of customer {debtor}, and booked there")
    return {"line": line["id"], "debtor": debtor}


def _open_items(stage: Stage) -> list[tuple[str, dict[str, Any]]]:
    """Invoices still to be paid, the smallest first, of who has nothing but invoices."""
    found = [
        (debtor["number"], item)
        for debtor in stage.suite.every("/v1/debtors")
        for item in stage.suite.get(f"/v1/debtors/{debtor['number']}/statement")["items"]
    ]
    owed = [(d, i) for d, i in found if i["state"] == "open" and _minor(i["open"]) > UNKNOWN_MINOR]
    return sorted(owed, key=lambda pair: (_minor(pair[1]["open"]), pair[1]["number"]))


def _minor(money: dict[str, str]) -> int:
    return int(money["value"].replace(".", ""))
