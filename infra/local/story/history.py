"""Scene: a year of trade with business customers comes in, with what the bank saw of it.

Reminding pauses meanwhile: an invoice whose payment is in the next file is nobody's to be asked.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

from infra.local.story import camt, reminders
from infra.local.story.files import hand_in
from infra.local.story.stage import Stage, amount
from infra.local.story.trade import CUSTOMERS, FIRST_DAY, LAST_DAY, Customer, Sale, credits, sales
from kasstroom.time import day_of

IBAN, ACCOUNT = "NL72INGB0006543217", "ING, van voor de overstap"
OPENING_MINOR = 4_812_090
HEAD = (
    "debiteurnummer", "naam", "debiteursoort", "e-mail", "straat", "huisnummer", "postcode",
    "plaats", "factuurnummer", "soort", "factuurdatum", "betaaldatum", "openstaand", "valuta",
    "creditering_van",
)  # fmt: skip
OVER_LIMIT = "30004"
LIMIT = {"value": "7500.00", "currency": "EUR"}
REMINDED_DAYS = 3
"""After its due date a reminder may ask for an invoice."""
DISPUTES = "30006"
DISPUTED = {"value": "850.00", "currency": "EUR"}


def play(stage: Stage) -> dict[str, Any]:
    """What was shown, for demo.json; every figure is read from the running system."""
    stage.say.scene("A year of trade from the system of before")
    anna, year = stage.as_person("anna"), sales()
    held = anna.post("/v1/dunning/pauses", {"reason": "manual", "note": "Het oude jaar komt mee."})
    anna.put(f"/v1/bank-accounts/{IBAN}", {"name": ACCOUNT})
    hand_in(stage, "een-jaar-facturen.csv", listed(year))
    told = camt.statement(IBAN, OPENING_MINOR, credits(year), FIRST_DAY, LAST_DAY)
    hand_in(stage, "een-jaar-afschrift.xml", told)
    stage.until("the lines to be matched", lambda: stage.environment.idle("bank/match_lines"))
    shown = _matched(stage) | _invoices(stage)
    _disputed(stage, year)
    _over_limit(stage)
    anna.post(f"/v1/dunning/pauses/{held['id']}/lift")
    return shown | {"reminded": _reminded(stage, year)}


def listed(year: Sequence[Sale]) -> bytes:
    """The list as the older system writes it, one row per document."""
    told = io.StringIO()
    rows = csv.writer(told, delimiter=";", lineterminator="\r\n")
    rows.writerow(HEAD)
    for sale in year:
        due = f"{sale.due_on:%d-%m-%Y}"
        rows.writerow(_row(sale, (sale.number, "factuur"), due, sale.minor, ""))
        if sale.credited_minor:
            note = (f"C{sale.number}", "creditnota")
            rows.writerow(_row(sale, note, "", -sale.credited_minor, sale.number))
    return told.getvalue().encode()


def _row(sale: Sale, what: tuple[str, str], due: str, minor: int, credits: str) -> tuple[str, ...]:
    euros = f"{Decimal(minor).scaleb(-2):.2f}".replace(".", ",")
    issued = f"{sale.issued_on:%d-%m-%Y}"
    return (*_who(sale.customer), *what, issued, due, euros, "EUR", credits)


def _who(one: Customer) -> tuple[str, ...]:
    street, house = one.street.rsplit(" ", 1)
    return (one.number, one.name, "bedrijf", one.mailbox, street, house, one.postcode, one.city)


def _matched(stage: Stage) -> dict[str, Any]:
    """How many lines of the year there are: all booked by themselves, or the story stops."""
    lines = [line for line in stage.suite.every("/v1/bank-lines") if line["account"] == IBAN]
    states = Counter(line["state"] for line in lines)
    left = [line["text"] for line in lines if line["state"] != "matched"]
    stage.expect(bool(lines) and not left, f"Lines that were not matched: {left[:5]} ({states}).")
    total = sum(Decimal(line["amount"]["value"]) for line in lines)
    stage.say.done(f"{len(lines)} lines of a year, EUR {total:,}: all booked by their number")
    return {"lines": len(lines), "matched": states["matched"]}


def _invoices(stage: Stage) -> dict[str, int]:
    """What is open of the year, by its customers' statements."""
    today = day_of(stage.environment.clock.now()).isoformat()
    items = [
        item
        for one in CUSTOMERS
        for item in stage.suite.get(f"/v1/debtors/{one.number}/statement")["items"]
        if Decimal(item["open"]["value"]) > 0
    ]
    late = sum(item["due_on"] < today for item in items)
    stage.say.done(
        f"{len(items)} invoices of {len(CUSTOMERS)} business customers are open, {late} of them"
        " past their day"
    )
    return {"customers": len(CUSTOMERS), "open": len(items), "late": late}


def _reminded(stage: Stage, year: Sequence[Sale]) -> int:
    """How many of the late customers were written to: all, once reminding goes on."""
    before = day_of(stage.environment.clock.now()) - timedelta(days=REMINDED_DAYS)
    late = {s.customer.number for s in year if s.rest_minor and s.due_on <= before}

    def all_written() -> list[str] | None:
        reminders.run(stage)
        found = [number for number in late if stage.written_to(number)]
        return found if len(found) == len(late) else None

    written = stage.until("those who are late to be reminded", all_written)
    stage.say.done(f"Reminding goes on: {len(written)} customers who are late were written to")
    return len(written)


def _disputed(stage: Stage, year: Sequence[Sale]) -> None:
    number = next(s.number for s in year if s.customer.number == DISPUTES and s.late is None)
    asked = {"invoice": number, "reason": "damaged", "amount": DISPUTED}
    held = stage.suite.post("/v1/disputes", asked | {"detail": "Twee pallets nat geworden."})
    stage.say.done(f"{amount(held['amount'])} of {number} is disputed: damaged goods")


def _over_limit(stage: Stage) -> None:
    asked = {"limit": LIMIT, "hold": None, "force": True}
    stage.suite.put(f"/v1/debtors/{OVER_LIMIT}/credit", asked)
    seen = stage.suite.get(f"/v1/debtors/{OVER_LIMIT}/credit")
    stage.say.done(
        f"Customer {OVER_LIMIT} owes {amount(seen['open'])}, and may owe {amount(seen['limit'])}"
    )
