"""Money without an invoice, differences and a day from three sides, through the real handler."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kasstroom.invoices.model import Invoice
from kasstroom.payments.differences import Difference, DifferenceKind, differs
from kasstroom.payments.model import MoneyIn, Refund, WorkState
from kasstroom.payments.reconciliation import Day, keep_days
from kasstroom.payments.reported import NewsKind, ProviderNews
from kasstroom.time import day_of
from tests.functions.clerk import DIFFERENCES, PAYMENTS, Clerk, form_of, left_over, text
from tests.functions.desk import token_in
from tests.people import NOW, ORG, eur, invoice, received

DAY = f"/desk/money/days/{day_of(NOW)}"


@pytest.fixture
def books(deployed):
    """D1 paid 300.00 on an invoice of 250.00, and owes 80.00 on another."""
    received(deployed.books, "300.00", "F1")
    invoice(deployed.books, "F2", "80.00")
    return deployed.books


@pytest.fixture
def fien(books):
    return Clerk(books, "Fien", "finance")


@pytest.fixture
def path(books):
    return f"{PAYMENTS}{left_over(books).entry_id}"


def open_of(books, number):
    return books.get(Invoice, ORG, "D1", number).payable.value


def refunds(books):
    return [(r.amount.value, r.by) for r in books.all_of(Refund, ORG, "D1")]


def allocate(fien, path, **typed):
    form = fien.filled(path, "refund")  # the token and the version are those of the page
    return fien("POST", path, form | {"do": "allocate", "invoice_0": "F2"} | typed)


def test_ticked_without_an_amount_gets_what_is_left_once(fien, books, path):
    form = fien.filled(path, "refund") | {"do": "allocate", "invoice_0": "F2", "take_0": "yes"}
    first, again = (fien("POST", path, form) for _ in range(2))
    assert (first.status, again.status, first.to) == (303, 303, path)
    assert open_of(books, "F2") == "30.00" and left_over(books).state is WorkState.RESOLVED
    assert "Dit geld heeft zijn plaats" in text(fien.get(path))
    bram = Clerk(books, "Bram", "finance")
    late = bram("POST", path, form | {"form": bram.filled(path, "refund")["form"]})
    assert late.status == 409 and "Dit geld veranderde terwijl u keek." in text(late)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"amount_0": "50,01"}, "meer dan er over is: € 50,00"),
        ({"amount_0": "veel"}, "Dit is geen bedrag."),
        ({"amount_0": "0"}, "Vul een bedrag boven nul in."),
        ({"amount_0": "10", "invoice_1": "F9", "take_1": "yes"}, "F9"),
        ({}, "Vink een factuur aan"),
    ],
)
def test_what_cannot_be_is_said_with_what_was_typed(fien, books, path, typed, said):
    refused = allocate(fien, path, **typed)
    assert refused.status == 422 and said in text(refused)
    assert f'value="{typed.get("amount_0", "F2")}"' in refused.body
    assert open_of(books, "F2") == "80.00"


def test_money_goes_back_after_a_second_yes_and_once(fien, books, path):
    asked = fien.press(path, "refund", reason="Dubbel betaald", back="20,00")
    assert asked.status == 200 and "Weet u zeker dat u € 20,00 terugstuurt?" in text(asked)
    assert refunds(books) == []
    sure = form_of(asked.body, "sure")
    assert [fien("POST", path, sure).status for _ in range(2)] == [303, 303]
    assert refunds(books) == [("20.00", "Fien")]
    shown = text(fien.get(path))
    assert "Teruggestuurd € 20,00 · Gevraagd" in shown and "hoogstens € 280,00" in shown


def test_more_than_can_go_back_and_no_reason_are_refused_before_the_question(fien, books, path):
    for typed, said in (
        ({"reason": "x", "back": "300,01"}, "Er kan hoogstens € 300,00 terug."),
        ({"reason": "", "back": ""}, "Schrijf op waarom."),
    ):
        refused = fien.press(path, "refund", **typed)
        assert refused.status == 422 and said in text(refused)
    assert refunds(books) == []


def test_money_of_the_bank_is_paid_back_from_the_bank(fien, books):
    paid = received(books, "40.00", id="2026-08-31_A:1", source="bank")
    shown = fien.get(f"{PAYMENTS}{paid.id}")
    assert "Maak het over vanuit uw bank." in text(shown) and 'value="refund"' not in shown.body
    assert 'href="/desk/money/lines/2026-08-31_A"' in shown.body


def test_an_auditor_looks_at_a_payment_only(fien, books, path):
    otto = Clerk(books, "Otto", "auditor")
    page = otto.get(path)
    assert page.status == 200 and 'name="do"' not in page.body and "Zonder factuur" in text(page)
    assert otto("POST", path, fien.filled(path, "refund")).status == 403
    assert books.get(MoneyIn, ORG, "D1", left_over(books).entry_id).refunding_minor == 0


@pytest.fixture
def difference(books):
    told = ProviderNews(NewsKind.PAYMENT, "tr_1", "tr_1", eur("310.00"), NOW, True)
    differs(books, ORG, "mollie", told, DifferenceKind.AMOUNT, eur("300.00"), NOW)
    (found,) = books.listing(Difference, ORG, after="", limit=9)
    return found


def test_both_sides_of_a_difference_and_settled_once(fien, books, difference):
    path = f"{DIFFERENCES}{difference.id}"
    page = fien.get(path)
    for told in ("verschillen € 10,00", "Mollie€ 310,00", "Grootboek€ 300,00"):
        assert told in text(page), told
    assert f'href="{PAYMENTS}{left_over(books).entry_id}"' in page.body
    form = {
        "form": token_in(page.body),
        "version": str(difference.version),
        "reason": "Nagevraagd.",
    }
    assert fien("POST", path, form | {"reason": " "}).status == 422
    assert [fien("POST", path, form).status for _ in range(2)] == [303, 303]
    assert "Opgelost Door Fien Nagevraagd." in text(fien.get(path))
    bram = Clerk(books, "Bram", "credit_manager")
    late = bram("POST", path, form | {"form": token_in(bram.get(path).body)})
    assert late.status == 409 and "Fien was u voor" in text(late)


def test_the_worklist_has_sums_for_each_kind_and_what_is_late_first(fien, books, difference):
    listed = text(fien.get("/desk/money"))
    assert "Geld zonder factuur € 50,00 1 post" in listed
    assert "Verschillen met een betaaldienst € 10,00 1 post" in listed
    only = text(fien.get("/desk/money?kind=payment"))
    assert "Er is meer betaald dan er openstond." in only and "tr_1" not in only
    assert "Van deze soort wacht er niets." in text(fien.get("/desk/money?kind=line"))


def test_a_day_from_three_sides_with_what_is_behind_a_figure(fien, books, difference):
    seen = Day(2, 31000, 0, 1, 30000, 0)
    keep_days(books, ORG, "mollie", {day_of(NOW): seen}, NOW)
    page = fien.get(f"{DAY}?behind=ledger.mollie")
    shown = text(page)
    for told in ("Klopt 1 september 2026?", "De dag is nog niet rond.", "Open verschillen: 1",
                 "Mollie Verschilt 1 van 2€ 300,00–€ 310,00€ 300,00€ 10,00"):  # fmt: skip
        assert told in shown, told
    assert f'href="{PAYMENTS}{left_over(books).entry_id}"' in page.body
    assert 'aria-label="01-09-2026: verschilt"' in page.body
    (drawing,) = [line for line in page.body.splitlines() if 'class="money-picture"' in line]
    assert "Grootboek: Mollie: €\xa0300,00." in drawing
    quiet = fien.get(f"/desk/money/days/{day_of(NOW) - timedelta(days=3)}")
    assert quiet.status == 200 and "Mollie is na deze dag nog niet vergeleken." in text(quiet)


def test_a_day_shows_the_same_things_in_the_ledger_as_at_the_provider(fien, books):
    """A chargeback makes both sides lower: a day that is right must not look as if it were not."""
    keep_days(books, ORG, "mollie", {day_of(NOW): Day(3, 31000, 10000, 3, 31000, 10000)}, NOW)
    shown = text(fien.get(DAY))
    assert "Mollie Gelijk 3 van 3€ 310,00€ -100,00€ 210,00€ 210,00€ 0,00" in shown
    assert "Grootboek wat geboekt is € 210,00 Mollie (3) € 210,00" in shown
    assert "Betaaldiensten wat de betaaldiensten zeggen € 210,00" in shown
