"""Who comes to the desk in these tests, what waits there, and the words it is said in."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import count
from urllib.parse import urlsplit

from infra.local.seed import books
from kasstroom.changes import Changes
from kasstroom.ids import digest
from kasstroom.time import day_of
from kasstroom.work.sessions import Session

NUMBERS = count(1)
DAYS_LATE = 19
"""Late enough for a person to look, and not so late that the rules refuse."""
WORDS = {
    "nl": {
        "sign in": "Inloggen bij Kasstroom", "queue": "Wat wacht op u",
        "question": "Mag {name} voor € 600,00 op rekening kopen?",
        "why": "Er zijn facturen die na de betaaldatum nog openstaan.",
        "over": "€ 3.766,00 vrij van € 5.000,00", "empty": "Niets te doen",
        "approved": "Goedgekeurd", "declined": "Afgewezen", "out": "U bent uitgelogd.",
        "late": "Een collega was u voor: hierover is al beslist. Uw besluit is niet bewaard.",
        "mine": "U hebt dit zelf gevraagd. Een collega moet hierover beslissen.",
    },
    "en": {
        "sign in": "Sign in to Kasstroom", "queue": "What waits for you",
        "question": "May {name} buy on account for €600.00?",
        "why": "Some invoices are still open after their payment date.",
        "over": "€3,766.00 free of €5,000.00", "empty": "Nothing to do",
        "approved": "Approved", "declined": "Declined", "out": "You are signed out.",
        "late": "A colleague was first: this was decided already. Your decision was not kept.",
        "mine": "You asked for this yourself. A colleague has to decide on it.",
    },
}  # fmt: skip


def customer(stage, value: str = "5000.00") -> tuple[str, str]:
    """Somebody with a limit, who has left an invoice unpaid for some weeks: number and name."""
    n = next(NUMBERS)
    number, name = f"DESK-{n}", f"Metselbedrijf Steen {n}"
    stage.suite.put(f"/v1/debtors/{number}", {"name": name, "kind": "company"})
    limit = {"limit": {"value": value, "currency": "EUR"}, "hold": None}
    stage.suite.put(f"/v1/debtors/{number}/credit", limit)
    due_on = day_of(stage.environment.clock.now()) - timedelta(days=DAYS_LATE)
    stage.suite.post(
        "/v1/invoices",
        {
            "number": f"F-{number}", "debtor": number,
            "issued_on": (due_on - timedelta(days=30)).isoformat(), "due_on": due_on.isoformat(),
            "amount": {"value": "1234.00", "currency": "EUR"},
        },
    )  # fmt: skip
    return number, name


def referred(stage) -> tuple[dict, str]:
    """An order that the rules leave to a person: the decision, and the id of its review."""
    number, name = customer(stage)
    order = {"value": "600.00", "currency": "EUR"}
    asked = {"debtor": number, "amount": order, "order_reference": f"web-{number}"}
    decision = stage.suite.post("/v1/credit-checks", asked)
    assert decision["outcome"] == "refer", decision
    return decision | {"name": name}, review_of(stage, number)


def proposed(stage) -> tuple[str, str, str]:
    """Anna asks for a limit that one person cannot give: number, name and review."""
    number, name = customer(stage)
    asked = {
        "amount": {"value": "80000.00", "currency": "EUR"}, "valid_to": "2026-12-31",
        "reason": "Groot project: drie maanden lang elke week een vracht gevelplaten naar Almere.",
    }  # fmt: skip
    anna = stage.as_person("anna")
    assert anna.put(f"/v1/credit-limits/{number}/own", asked)["state"] == "proposed"
    return number, name, review_of(stage, number)


def review_of(stage, number: str) -> str:
    waiting = stage.suite.every("/v1/credit-reviews")
    return next(review["id"] for review in waiting if review["debtor"] == number)


def sign_in(stage, phone, name: str, language: str = "nl") -> None:
    """Through the door, which the desk leads to; who reads English takes the button on top."""
    phone.page.goto(f"{stage.suite.url}/desk")
    if language == "en":
        phone.press("header button[name=switch]")
    assert urlsplit(phone.page.url).path == "/desk/login" and phone.language == language
    assert WORDS[language]["sign in"] in phone.told
    phone.type("#key", stage.access.people[name])
    phone.press("#key")
    assert urlsplit(phone.page.url).path == "/desk" and phone.language == language


def open_review(stage, phone, id: str) -> None:
    phone.page.goto(f"{stage.suite.url}/desk/reviews/{id}")


def session_over(stage, phone) -> None:
    """As an hour of doing nothing would leave it."""
    (cookie,) = (c for c in phone.page.context.cookies() if c["name"] == "ks_desk")
    table = books(stage.environment)
    session = table.get(Session, "", id=digest(cookie["value"]))
    table.commit(Changes(update=(replace(session, gone_at=session.created_at),)))
