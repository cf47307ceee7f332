"""Bank lines on the desk through the real handler: booked once, by who may, typed text kept."""

from __future__ import annotations

import pytest

from kasstroom.bank.model import LineState
from kasstroom.invoices.model import Invoice
from kasstroom.organisations.model import Organisation
from kasstroom.payments.model import MoneyIn
from tests.functions.clerk import LINES, Clerk, form_of, text
from tests.people import ORG, debtor, invoice
from tests.received import ID, learned, received, run, stored

PATH = f"{LINES}{ID}"


@pytest.fixture
def books(deployed):
    """D1 owes 250.00 on F1 and D2 50.00 on F2; 250.00 came from D1 and nothing proves it."""
    found = deployed.books
    debtor(found, "D2")
    invoice(found, "F2", "50.00", debtor="D2")
    learned(found, "F1", debtors=("D1",))
    received(found, "", "250.00", counterparty_name="Klant D1")
    run(found)
    return found


@pytest.fixture
def fien(books):
    return Clerk(books, "Fien", "finance")


def open_of(books, number, who="D1"):
    return books.get(Invoice, ORG, who, number).payable.value


def paid(books, who="D1"):
    return [money.amount.value for money in books.all_of(MoneyIn, ORG, who)]


def test_the_worklist_tells_what_waits_and_the_line_what_the_bank_said(fien):
    listed = text(fien.get("/desk/money"))
    for told in ("Geld dat wacht", "1 post wacht op iemand", "€ 250,00", "Klant D1, F1"):
        assert told in listed, told
    shown = text(fien.get(PATH))
    for told in ("€ 250,00 van Klant D1", "NL53 KNAB 0730 6996 60", "F1", "Waarschijnlijk"):
        assert told in shown, told


def test_a_proposal_is_booked_once_however_often_its_button_is_pressed(fien, books):
    form = fien.filled(PATH, "book")
    first, again = (fien("POST", PATH, form) for _ in range(2))
    assert (first.status, again.status) == (303, 303) and first.to == again.to == PATH
    assert paid(books) == ["250.00"] and open_of(books, "F1") == "0.00"
    shown = text(fien.get(PATH))
    assert "Geboekt Door Fien" in shown and "Maak ongedaan" in shown
    assert "Al het geld heeft zijn plaats" in text(fien.get("/desk/money"))


def test_who_was_first_is_told_and_nothing_is_booked_twice(fien, books):
    form, bram = fien.filled(PATH, "book"), Clerk(books, "Bram", "credit_manager")
    bram.press(PATH, "book")
    late = fien("POST", PATH, form)
    assert late.status == 409 and "Bram was u voor: deze regel is al geboekt." in text(late)
    assert paid(books) == ["250.00"]
    fien.press(PATH, "undo", reason="Toch niet")
    assert paid(books) == ["250.00"] and open_of(books, "F1") == "250.00"
    stale = fien("POST", PATH, form)
    assert stale.status == 409 and "veranderde terwijl u keek" in text(stale)
    assert open_of(books, "F1") == "250.00"


def test_undone_with_a_reason_the_history_keeps_both(fien, books):
    fien.press(PATH, "book")
    no_reason = fien.press(PATH, "undo", reason=" ")
    assert no_reason.status == 422 and "Schrijf op waarom." in text(no_reason)
    assert stored(books).state is LineState.MATCHED
    assert fien.press(PATH, "undo", reason="Verkeerde klant").status == 303
    shown = text(fien.get(PATH))
    assert "Ongedaan gemaakt · € 250,00" in shown and "Fien Verkeerde klant" in shown
    assert stored(books).owner == "Fien" and open_of(books, "F1") == "250.00"
    assert fien.press(PATH, "book").status == 303 and open_of(books, "F1") == "0.00"


def test_by_hand_over_two_debtors_and_what_is_wrong_keeps_what_was_typed(fien, books):
    by_hand = form_of(fien.get(PATH).body, "book")
    hand = {"form": by_hand["form"], "version": by_hand["version"], "do": "book"}
    wrong = {"debtor_1": "D1", "invoices_1": "F1", "amount_1": "200", "debtor_2": "D9"}
    refused = fien("POST", PATH, hand | wrong | {"amount_2": "50,00"})
    assert refused.status == 422 and "Klant D9 is er niet." in text(refused)
    for kept in ('value="200"', 'value="D9"', 'value="50,00"', 'aria-invalid="true"'):
        assert kept in refused.body, kept
    short = fien("POST", PATH, hand | wrong | {"debtor_2": "D2", "amount_2": "49,99"})
    assert short.status == 422 and "Verdeel precies € 250,00." in text(short)
    other = fien("POST", PATH, hand | wrong | {"debtor_2": "D2", "invoices_2": "F1"})
    assert "Een van deze facturen is niet van klant D2: F1." in text(other)
    # The amount of D2 is left empty: what F2 has open.
    done = fien("POST", PATH, hand | wrong | {"debtor_2": "D2", "invoices_2": "F2"})
    assert done.status == 303 and (paid(books), paid(books, "D2")) == (["200.00"], ["50.00"])
    assert (open_of(books, "F1"), open_of(books, "F2", "D2")) == ("50.00", "0.00")


def test_a_debtor_is_looked_up_and_its_invoices_can_be_ticked(fien, books):
    form = form_of(fien.get(PATH).body, "book")
    looked = fien("POST", PATH, {"form": form["form"], "debtor_1": "D2", "step": "look"})
    assert looked.status == 200 and "Klant D2" in text(looked)
    assert 'name="take_1_0" value="F2"' in looked.body
    more = fien("POST", PATH, {"form": form["form"], "debtor_1": "D2", "step": "more"})
    assert 'id="debtor_2"' in more.body and 'value="D2"' in more.body
    assert stored(books).state is LineState.PROPOSED


def test_set_aside_with_what_it_is(fien, books):
    assert fien.press(PATH, "aside", reason="").status == 422
    assert fien.press(PATH, "aside", reason="Teruggave belasting").status == 303
    shown = text(fien.get(PATH))
    assert "Opzij gelegd Door Fien Teruggave belasting" in shown
    assert stored(books).state is LineState.SET_ASIDE
    assert fien.press(PATH, "undo", reason="Toch een klant").status == 303
    assert stored(books).state is LineState.PROPOSED


def test_an_auditor_looks_and_has_no_button(fien, books):
    otto, form = Clerk(books, "Otto", "auditor"), fien.filled(PATH, "book")
    page = otto.get(PATH)
    assert page.status == 200 and 'value="book"' not in page.body and "<textarea" not in page.body
    assert "U kunt dit bekijken." in text(page)
    barred = otto("POST", PATH, form)
    assert barred.status == 403 and "Deze pagina is niet voor u" in text(barred)
    assert stored(books).state is LineState.PROPOSED


@pytest.mark.parametrize("role", ["sales", "collector"])
def test_who_has_no_business_with_money_sees_nothing_of_it(books, role):
    someone = Clerk(books, "Sam", role)
    for path in ("/desk/money", PATH, "/desk/money/days/2026-09-01"):
        answer = someone.get(path)
        assert answer.status == 403 and "250" not in text(answer)


def test_a_form_of_another_site_or_session_books_nothing(fien, books):
    form = fien.filled(PATH, "book")
    for answer in (
        fien("POST", PATH, form, sec_fetch_site="cross-site"),
        fien("POST", PATH, form | {"form": "0" * 64}),
        fien("POST", PATH, {k: v for k, v in form.items() if k != "form"}),
        Clerk(books, "Bram", "finance")("POST", PATH, form),
    ):
        assert answer.status == 403 and "Deze pagina was van een andere sessie." in text(answer)
    assert paid(books) == [] and stored(books).state is LineState.PROPOSED


def test_another_organisation_sees_and_books_nothing(fien, books):
    from kasstroom.changes import Changes

    books.commit(Changes(create=(Organisation("other", "Ander B.V.", "1", "Ede", "", "", ""),)))
    stranger, form = Clerk(books, "Fien", "finance", org="other"), fien.filled(PATH, "book")
    assert stranger.get(PATH).status == 404
    assert "Al het geld heeft zijn plaats" in text(stranger.get("/desk/money"))
    own = stranger("POST", PATH, form)
    assert own.status == 404 and stored(books).state is LineState.PROPOSED


def test_what_cannot_be_read_is_said_on_the_page(fien):
    large = fien("POST", PATH, {"reason": "x" * 20_000})
    assert large.status == 413 and "is te groot" in text(large) and "€ 250,00" in text(large)
    odd = fien("POST", PATH, fien.filled(PATH, "book") | {"do": "x"})
    assert odd.status == 400 and "Gebruik een knop van deze pagina." in text(odd)


def test_signed_out_leads_to_the_door_and_unknown_pages_are_pages(fien):
    for path in (f"{LINES}2026-08-31_X", "/desk/money/payments/x", "/desk/money/differences/x",
                 "/desk/money/days/today"):  # fmt: skip
        gone = fien.get(path)
        assert gone.status == 404 and "Deze post is er niet" in text(gone)
    fien.cookie = "gone"
    assert fien.get(PATH).to.startswith("/desk/login")
