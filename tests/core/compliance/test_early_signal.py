"""Before the municipality is told of arrears, the creditor has done what the decree asks."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kasstroom.compliance.early_signal import (
    Sector,
    SignalHistory,
    SignalStatus,
    SignalStep,
    may_hand_over_housing,
    refuse_hand_over,
    signal_state,
)
from kasstroom.compliance.signal_file import COLUMNS, SignalRow, signal_file
from kasstroom.errors import Refused
from kasstroom.money import Money

OFFER = date(2026, 10, 1)
TODAY = OFFER + timedelta(days=14)
DONE = SignalHistory(
    Sector.HOUSING, Money(85_000), personal_contacts=(date(2026, 9, 20),),
    debt_help_pointed=(OFFER,), reminders=(date(2026, 9, 10), OFFER), offered_on=(OFFER,),
)  # fmt: skip
ROW = SignalRow(
    "Leeuwarden", Sector.HOUSING, "A. de Vries", "Kade 1", "8911 AA", "Leeuwarden",
    "a@example.nl", "0612345678", Money(85_000), TODAY,
)  # fmt: skip


def missing(today=TODAY, **changes) -> list[SignalStep]:
    return [each.step for each in signal_state(replace(DONE, **changes), today).missing]


def test_all_done_and_not_refused():
    state = signal_state(DONE, TODAY)
    assert (state.status, state.may_signal, state.missing) == (SignalStatus.READY, True, ())


@pytest.mark.parametrize(
    ("changes", "step"),
    [
        ({"arrears": Money(0)}, SignalStep.ARREARS),
        ({"personal_contacts": ()}, SignalStep.PERSONAL_CONTACT),
        ({"personal_contacts": (TODAY + timedelta(days=1),)}, SignalStep.PERSONAL_CONTACT),
        ({"debt_help_pointed": ()}, SignalStep.DEBT_HELP),
        ({"offered_on": ()}, SignalStep.OFFER),
        ({"offered_on": (date(2026, 9, 30),)}, SignalStep.OFFER),
    ],
)
def test_one_step_is_missing(changes, step):
    assert missing(**changes) == [step]


def test_without_a_reminder_there_is_no_offer_in_it():
    assert missing(reminders=()) == [SignalStep.WRITTEN_REMINDER, SignalStep.OFFER]


def test_the_debtor_has_time_to_refuse_unless_it_consents():
    state = signal_state(DONE, TODAY - timedelta(days=1))
    assert [each.step for each in state.missing] == [SignalStep.TIME_TO_REFUSE]
    assert state.ready_on == TODAY
    consented = replace(DONE, consented_on=date(2026, 10, 3))
    assert signal_state(consented, date(2026, 10, 3)).may_signal


def test_a_refusal_stands_until_a_later_consent():
    refused = replace(DONE, refused_on=date(2026, 10, 3))
    assert signal_state(refused, TODAY).status is SignalStatus.REFUSED
    assert signal_state(replace(refused, consented_on=date(2026, 10, 3)), TODAY).status is (
        SignalStatus.REFUSED
    )
    assert signal_state(replace(refused, consented_on=date(2026, 10, 4)), TODAY).may_signal


def test_only_once_and_only_for_fixed_costs():
    told = signal_state(replace(DONE, signalled_on=TODAY), TODAY)
    assert told.status is SignalStatus.SIGNALLED
    none = signal_state(replace(DONE, sector=Sector.NONE), TODAY)
    assert none.status is SignalStatus.NOT_APPLICABLE


def test_rent_is_not_handed_over_before_the_municipality_was_told():
    with pytest.raises(Refused) as refused:
        refuse_hand_over(DONE)
    assert refused.value.code == "early_signal_missing"
    assert not may_hand_over_housing(replace(DONE, not_signalled_because=" "))
    for change in (
        {"signalled_on": TODAY}, {"not_signalled_because": "the tenant died"},
        {"refused_on": TODAY}, {"sector": Sector.WATER},
    ):  # fmt: skip
        refuse_hand_over(replace(DONE, **change))


DAYS = st.lists(st.dates(date(2026, 9, 1), date(2026, 12, 1)), max_size=3).map(tuple)


@given(DAYS, DAYS, DAYS, DAYS, st.dates(date(2026, 9, 1), date(2026, 12, 31)))
def test_nobody_is_signalled_with_a_step_undone(contacts, helped, reminders, offers, today):
    history = SignalHistory(Sector.ENERGY, Money(1), contacts, helped, reminders, offers)
    if signal_state(history, today).may_signal:
        assert min(contacts) <= today and min(helped) <= today and min(reminders) <= today
        in_reminder = [day for day in offers if day in reminders]
        assert (today - min(in_reminder)).days >= 14


def test_a_file_for_each_municipality():
    other = replace(ROW, municipality=" Súdwest-Fryslân", name="B", city="Sneek")
    files = signal_file([other, replace(ROW, postcode="8912 ZZ"), ROW])
    assert list(files) == ["Leeuwarden", "Súdwest-Fryslân"]
    rows = list(csv.reader(io.StringIO(files["Leeuwarden"], newline="")))
    assert tuple(rows[0]) == COLUMNS
    assert [row[3] for row in rows[1:]] == ["8911 AA", "8912 ZZ"]
    assert rows[1][-2:] == ["850.00", "2026-10-15"]


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20),
    st.sampled_from("=+-@\t\r\n"),
)
def test_no_cell_is_a_formula_and_no_row_is_lost(text, start):
    row = replace(ROW, name=f"{start}{text}", phone="+31612345678", street=f" {start}{text}")
    (file,) = signal_file([row]).values()
    header, cells = csv.reader(io.StringIO(file, newline=""))
    assert len(cells) == len(header)
    assert all(
        not cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n")) for cell in cells
    )
    assert cells[1] == f"'{start}{text}"


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("municipality_missing", {"municipality": " "}),
        ("no_sector", {"sector": Sector.NONE}),
        ("no_arrears", {"arrears": Money(0)}),
        ("no_arrears", {"arrears": Money(100, "USD")}),
    ],
)
def test_what_no_file_may_hold(code, change):
    with pytest.raises(Refused) as refused:
        signal_file([replace(ROW, **change)])
    assert refused.value.code == code
