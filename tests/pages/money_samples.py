"""The pages for money in every state, from books in memory, with hostile names."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from kasstroom.access.model import Actor
from kasstroom.bank.model import LineKind
from kasstroom.bank.people import Why, set_aside
from kasstroom.bank.usecases import Ways
from kasstroom.changes import Changes
from kasstroom.organisations.model import Language, Organisation
from kasstroom.payments.differences import Difference, DifferenceKind, differs, resolve
from kasstroom.payments.model import UnmatchedMoney
from kasstroom.payments.provider_days import Day, keep_days
from kasstroom.payments.reported import NewsKind, ProviderNews
from kasstroom.settle import settle
from kasstroom.time import day_of
from kasstroom.work.sessions import Session, Visit
from kasstroom_pages import money_days, money_desk, money_differences, money_lines, money_payments
from kasstroom_pages.desk_asked import Asked
from kasstroom_pages.money_room import Room
from tests.memory_books import MemoryBooks
from tests.pages.samples import HOSTILE
from tests.people import NOW, ORG, eur, invoice
from tests.people import received as paid
from tests.received import ANNA, confirmed, opened, received, run, says

LINE, BOOKED, ASIDE, BACK, SEVERAL = (f"2026-08-31_{letter}" for letter in "ABCDE")
DAY = day_of(NOW)


@cache
def world() -> MemoryBooks:
    books = opened(MemoryBooks())
    for id, text, amount in (
        (LINE, HOSTILE, "250.00"), (BOOKED, "F-2026-0002", "100.00"), (ASIDE, "", "7.00"),
        (SEVERAL, "F-2026-0001 F-2026-0009", "290.00"),
    ):  # fmt: skip
        received(books, text, amount, id=id, counterparty_name=HOSTILE, ultimate_name=HOSTILE)
        if id != BOOKED:
            run(books, id)
    received(books, "AC04", "-3.00", id=BACK, kind=LineKind.RETURN, return_reason="AC04")
    run(books, BACK)
    confirmed(books, says(("D1", ("F-2026-0002",))), BOOKED)
    settle(books, lambda: set_aside(books, ORG, ASIDE, Why(HOSTILE), ANNA, NOW))
    paid(books, "60.00", "F-2026-0001", id="tr_1")
    invoice(books, "F-9", "40.00", debtor="D2")
    paid(books, "200.00", "F-9", id="tr_2", debtor="D2")
    for n, kind in enumerate(DifferenceKind):
        news = ProviderNews(NewsKind.PAYMENT, f"tr_{n}", f"tr_{n}", eur("9.00"), NOW, True)
        differs(books, ORG, "mollie", news, kind, eur("4.00"), NOW)
    last = books.listing(Difference, ORG, after="", limit=9)[-1]
    settle(books, lambda: resolve(books, ORG, last.id, HOSTILE, HOSTILE, NOW))
    keep_days(books, ORG, "mollie", {DAY: Day(2, 26000, 0, 1, 6000, 0)}, NOW)
    return books


def room(language: Language, *, role: str = "finance", books: MemoryBooks | None = None, **typed):
    session = Session(ORG, "h", "k", HOSTILE, NOW, NOW, NOW, language)
    actor = Actor(HOSTILE, (role,))
    visit = Visit(session, actor, "t")
    asked = Asked(
        "/desk/money", "t", {"behind": "ledger.mollie"}, {"form": visit.form_token} | typed
    )
    creditor = Organisation(ORG, HOSTILE, "1", "Utrecht", "NL91ABNA0417164300", "", "")
    return Room(visit, asked, books or world(), NOW, creditor, Ways, lambda name: None)


def every_page(language: Language) -> dict[str, str]:
    books, here = world(), room(language)
    left = books.listing(UnmatchedMoney, ORG, after="", limit=9)
    pages = {
        "list": money_desk.worklist(here),
        "empty": money_desk.worklist(room(language, books=MemoryBooks())),
        "day": money_days.shown(here, str(DAY)),
        "day before": money_days.shown(here, "2026-08-31"),
        "owed": _owed(language),
    }
    pages |= {
        f"line {id}": money_lines.shown(here, id) for id in (LINE, BOOKED, ASIDE, BACK, SEVERAL)
    }
    pages |= {f"payment {u.id}": money_payments.shown(here, u.entry_id) for u in left}
    pages |= {
        f"difference {d.kind}": money_differences.shown(here, d.id)
        for d in books.listing(Difference, ORG, after="", limit=9)
    }
    pages |= _typed(language, left[0].entry_id) | _looking(language, left[0].entry_id)
    return {name: answer.body for name, answer in pages.items()}


def _typed(language: Language, money: str):
    """Refused, with what was typed."""
    by_hand = {"do": "book", "debtor_1": "D1", "amount_1": HOSTILE, "debtor_2": HOSTILE}
    back = {"do": "refund", "back": HOSTILE, "reason": HOSTILE}
    return {
        "wrong by hand": money_lines.posted(room(language, **by_hand), LINE),
        "looked up": money_lines.posted(room(language, debtor_1="D1", step="more"), LINE),
        "no reason": money_lines.posted(room(language, do="aside", version="1"), LINE),
        "wrong refund": money_payments.posted(room(language, **back), money),
        "sure": money_payments.posted(room(language, do="refund", reason="Dubbel"), money),
        "wrong amount": money_payments.posted(
            room(language, do="allocate", invoice_0="F-2026-0001", amount_0="x"), money
        ),
    }


def _looking(language: Language, money: str):
    auditor = room(language, role="auditor")
    return {
        "audited line": money_lines.shown(auditor, LINE),
        "audited payment": money_payments.shown(auditor, money),
    }


def _owed(language: Language):
    """More went back than came in."""
    books = opened(MemoryBooks())
    money = paid(books, "10.00", "F-2026-0001", id="tr_9")
    item = UnmatchedMoney(
        ORG, "D1", money_payments.id_of(money.id), eur("-5.00"), money.id, "returned_twice", NOW,
        "finance", DAY,
    )  # fmt: skip
    more = replace(money, returned_minor=1500, allocations=())
    books.commit(Changes(create=(item,), update=(replace(more, version=1),)))
    return money_payments.shown(room(language, books=books), money.id)
