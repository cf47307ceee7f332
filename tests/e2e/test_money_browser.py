"""Money at the desk: a bank line is booked by hand and taken back, by keyboard on a phone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from infra.local.seed import books
from kasstroom.bank.accepted import BankStatement
from kasstroom.bank.lines import line_stored
from kasstroom.bank.model import BankLine, LineKind, StatementFormat
from kasstroom.changes import Changes
from kasstroom.ids import new_id
from kasstroom.money import Money
from kasstroom.time import day_of
from tests.e2e.at_the_desk import customer, sign_in

pytestmark = pytest.mark.usefixtures("told")
OURS = "NL91ABNA0417164300"


@pytest.fixture
def line(stage) -> BankLine:
    """1,234.00 on our account, from somebody nothing is known of."""
    now = stage.environment.clock.now()
    day, org, table = day_of(now), stage.access.org, books(stage.environment)
    statement = BankStatement(
        org, OURS, new_id(f"{day}", now), StatementFormat.CAMT_053, "S", "1", day, day, now, "test",
        1,
    )  # fmt: skip
    made = BankLine(
        org=org, id=new_id(f"{day}", now), account=OURS, statement=statement.id, position="1",
        kind=LineKind.RECEIPT, amount=Money(123_400), booked_on=day, value_on=day, imported_at=now,
        counterparty_name="Onbekend B.V.", text="betaling",
    )  # fmt: skip
    table.commit(Changes(create=(statement,)) + line_stored(made))
    return made


def open_of(stage, number: str) -> str:
    return stage.suite.get(f"/v1/invoices/{number}")["open"]["value"]


def test_a_line_is_divided_by_hand_booked_and_undone(stage, phone, line):
    number, name = customer(stage)
    sign_in(stage, phone, "anna")
    phone.press('.desk-top a[href="/desk/money"]')
    assert "Geld dat wacht" in phone.told
    phone.fits()
    phone.page.goto(f"{stage.suite.url}/desk/money/lines/{line.id}")
    assert "€ 1.234,00 van Onbekend B.V." in phone.told
    phone.fits()
    phone.type("#debtor_1", "NIEMAND")
    phone.press("#debtor_1")
    assert "Klant NIEMAND is er niet." in phone.told
    assert phone.page.input_value("#debtor_1") == "NIEMAND"
    phone.fits()
    phone.reach("#debtor_1")
    phone.retype(number)
    phone.press("button[value=look]")
    assert name in phone.told
    phone.reach("#take_1_0")
    phone.page.keyboard.press("Space")
    phone.press("#hand button.button")
    assert "Geboekt" in phone.told and "Door anna" in phone.told
    assert open_of(stage, f"F-{number}") == "0.00"
    phone.fits()
    phone.reach(".money-undo summary")
    phone.page.keyboard.press("Enter")
    phone.type("#reason-undo", "Verkeerde klant.")
    phone.press("button[value=undo]")
    assert "Ongedaan gemaakt" in phone.told and open_of(stage, f"F-{number}") == "1234.00"
    assert phone.complaints == []


def test_the_days_fit(stage, phone):
    sign_in(stage, phone, "bram")
    today = day_of(stage.environment.clock.now())
    for back in (0, 1):
        day = today - timedelta(days=back)
        phone.page.goto(f"{stage.suite.url}/desk/money/days/{day}")
        assert "Grootboek" in phone.told and "Betaaldiensten" in phone.told
        phone.fits()
    assert phone.complaints == []
