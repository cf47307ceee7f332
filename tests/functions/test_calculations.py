"""The law as a calculator: the examples over HTTP, and the steps that explain them."""

from __future__ import annotations

import pytest

from kasstroom.money import Money
from tests.functions.calculation_cases import ALLOCATION, INTEREST, LETTER_ASKED, ask, costs_of, eur
from tests.shared import law

LETTER = {
    "receipt": "received_on", "term_last": "term_last_on", "atw_last": "last_pay_on",
    "costs_from": "costs_from", "safe": "safe_on",
}  # fmt: skip


def test_costs_and_which_bracket_gave_what():
    answer = ask("collection-costs", costs_of("12345.67", vat=True))
    assert answer.status == 200
    figures = {name: answer.body[name]["value"] for name in ("costs", "vat", "total")}
    assert figures == {"costs": "898.46", "vat": "188.68", "total": "1087.14"}
    steps = [(step["rule"], step["rate"], step["amount"]) for step in answer.body["steps"]]
    assert steps == [
        ("bracket", "15", "375.00"),
        ("bracket", "10", "250.00"),
        ("bracket", "5", "250.00"),
        ("bracket", "1", "23.4567"),
        ("vat", "21", "188.68"),
    ]
    assert [note["code"] for note in answer.body["notes"]] == [
        "fourteen_day_letter",
        "vat_declared",
    ]


@pytest.mark.parametrize(
    ("body", "costs", "rules"),
    [
        (costs_of("100.00"), "40.00", ["bracket", "minimum"]),
        (costs_of("100.00", "100.00", "100.00"), "45.00", ["added", "bracket"]),
        (
            costs_of("100.00", "100.00", "100.00") | {"debtor": "business"},
            "120.00",
            ["added", "bracket", "each_invoice"],
        ),
        (
            costs_of(*["100.00"] * 5, instalments=True),
            "40.00",
            ["added", "bracket", "instalments"],
        ),
        (
            costs_of("100.00", instalments=True, charged=eur("40.00")),
            "0.00",
            ["bracket", "instalments"],
        ),
        (costs_of("0.00"), "0.00", ["no_claim"]),
    ],
)
def test_several_claims(body, costs, rules):
    answer = ask("collection-costs", body).body
    assert (answer["costs"]["value"], [step["rule"] for step in answer["steps"]]) == (costs, rules)


def test_interest_says_which_rate_from_when_to_when():
    answer = ask("interest", INTEREST).body
    assert (answer["interest"]["value"], answer["days"]) == ("2878.12", 1096)
    assert [year["added"] for year in answer["years"]] == [True, True, False]
    bases = [year["steps"][0]["base"]["value"] for year in answer["years"]]
    assert bases == ["7500.00", "8344.21", "9379.58"]
    first = answer["years"][0]["steps"][0]
    assert (first["from_on"], first["until_on"], first["days"]) == ("2023-01-01", "2023-06-30", 181)
    assert (first["rate"], first["amount"]) == ("10.5", "390.513699")
    assert first["source"].endswith("ECB refinancing rate 2.50 + 8")
    assert answer["source"] == "art. 6:119a BW"


@pytest.mark.parametrize("example", range(10))
def test_interest_as_the_examples_say(example):
    known = law()["interest"][example]
    body = {
        "principal": eur(known["principal"]), "due_on": known["due"], "paid_on": known["paid"],
        "claim": known["type"],
    }  # fmt: skip
    expected = Money.parse(known["compound_actact"]).value
    assert ask("interest", body).body["interest"]["value"] == expected


def test_contract_interest_is_simple_and_warns():
    body = INTEREST | {"contract_rate": "8", "claim": "consumer"}
    answer = ask("interest", body).body
    assert (answer["interest"]["value"], answer["compounding"]) == ("1801.64", "simple")
    codes = [note["code"] for note in answer["notes"]]
    assert codes == ["start_of_default", "clause_may_be_unfair"]
    below = ask("interest", body | {"contract_rate": "6.5"}).body["notes"]
    assert "below_statutory" in [note["code"] for note in below]


def test_interest_over_days_whose_rate_is_not_published_says_so():
    answer = ask("interest", INTEREST | {"due_on": "2026-11-30", "paid_on": "2027-01-31"}).body
    steps = [(s["until_on"], s["provisional"]) for s in answer["years"][0]["steps"]]
    assert steps == [("2026-12-31", False), ("2027-01-31", True)]
    assert [note["code"] for note in answer["notes"]] == ["rates_not_published"]


def test_a_payment_in_time_bears_nothing():
    answer = ask("interest", INTEREST | {"paid_on": "2022-12-31"}).body
    assert (answer["interest"]["value"], answer["years"]) == ("0.00", [])


def test_allocation_and_what_is_left():
    answer = ask("allocation", ALLOCATION).body
    (step,) = answer["steps"]
    gets = {name: amount["value"] for name, amount in step["gets"].items()}
    assert gets == {
        "costs": "150.00", "interest": "15.12", "principal": "334.88", "total": "500.00",
    }  # fmt: skip
    assert step["left"]["total"]["value"] == "665.12"
    assert answer["unallocated"]["value"] == "0.00"
    only = ask("allocation", ALLOCATION | {"order": "principal_only"}).body["steps"][0]
    assert (only["gets"]["principal"]["value"], only["left"]["costs"]["value"]) == (
        "500.00",
        "150.00",
    )


def test_which_debt_is_first_and_why():
    def debt(id_, due_on, rate="0"):
        return {"id": id_, "due_on": due_on, "principal": eur("100.00"), "rate": rate}

    debts = [
        debt("later", "2026-12-31"),
        debt("old", "2026-01-31"),
        debt("twin", "2026-01-31"),
        debt("heavy", "2026-06-30", "10.4"),
        debt("named", "2026-11-30"),
    ]
    body = {
        "paid": eur("351.01"), "debts": debts, "designated": ["named"], "paid_on": "2026-11-20",
    }  # fmt: skip
    steps = ask("allocation", body).body["steps"]
    assert [(s["id"], s["rank"], s["why"], s["gets"]["total"]["value"]) for s in steps] == [
        ("named", 1, "designated", "100.00"),
        ("heavy", 2, "due", "100.00"),
        ("old", 3, "equal", "75.51"),
        ("twin", 3, "equal", "75.50"),
        ("later", 4, "not_due", "0.00"),
    ]


@pytest.mark.parametrize("example", range(10))
def test_the_letter_as_the_examples_say(example):
    known = law()["letter14"][example]
    answer = ask("fourteen-day-letter", {"sent_on": known["sent"], "channel": known["channel"]})
    found = {name: answer.body[ours] for name, ours in LETTER.items()}
    assert found == {name: known[name] for name in LETTER}


def test_the_letter_explains_its_days():
    answer = ask("fourteen-day-letter", LETTER_ASKED).body
    assert [(s["day"], s["why"]) for s in answer["skipped"]] == [
        ("2026-12-25", "christmas"),
        ("2026-12-26", "second_christmas"),
        ("2026-12-27", "sunday"),
        ("2026-12-28", "monday"),
    ]
    assert [step["rule"] for step in answer["steps"]] == ["received", "term", "costs", "safe"]
    proven = ask("fourteen-day-letter", LETTER_ASKED | {"delivered_on": "2026-12-24"}).body
    assert (proven["received_on"], proven["costs_from"]) == ("2026-12-24", "2027-01-08")


@pytest.mark.parametrize(
    ("body", "reference", "printed", "valid"),
    [
        ({"kind": "rf", "number": "539007547034"}, "RF18539007547034", "RF18 5390 0754 7034", True),
        (
            {"kind": "betalingskenmerk", "number": "000056789012345"},
            "5000056789012345",
            "5000 0567 8901 2345",
            True,
        ),
        (
            {"kind": "betalingskenmerk", "reference": "5000 0567 8901 2346"},
            "5000056789012346",
            "5000 0567 8901 2346",
            False,
        ),
    ],
)
def test_references(body, reference, printed, valid):
    answer = ask("payment-reference", body).body
    assert (answer["reference"], answer["printed"], answer["valid"]) == (reference, printed, valid)
