"""Every checked example of the law, asked of `/v1/calculations` as anybody can."""

from __future__ import annotations

from kasstroom.money import Money
from tests.functions.calculation_cases import ask, costs_of, eur
from tests.shared import law

WAYS = {
    "compound_act365f": {"day_count": "act/365f", "compounding": "yearly"},
    "compound_actact": {"day_count": "act/act", "compounding": "yearly"},
    "simple_act365f": {"day_count": "act/365f", "compounding": "simple"},
}


def two(value: str) -> str:
    return Money.parse(value).value


def test_collection_costs():
    for example in law()["bik"]:
        found = ask("collection-costs", costs_of(two(example["principal"]), vat=True)).body
        figures = (found["costs"]["value"], found["total"]["value"])
        assert figures == (example["excl"], example["incl_vat21"]), example


def test_interest():
    for example in law()["interest"]:
        body = {
            "principal": eur(two(example["principal"])), "due_on": example["due"],
            "paid_on": example["paid"], "claim": example["type"],
        }  # fmt: skip
        for name, way in WAYS.items():
            found = ask("interest", body | way).body
            assert found["interest"]["value"] == two(example[name]), (example["id"], name)
            assert found["days"] == example["days"]


def test_order_of_payment():
    names = ("costs", "interest", "principal")
    for example in law()["allocation_6_44"]:
        debt = {name: eur(two(example[name])) for name in names}
        asked = {
            "paid": eur(two(example["pay"])),
            "debts": [{"id": "F1", "due_on": "2026-06-30", **debt}],
        }
        found = ask("allocation", asked).body
        gets = found["steps"][0]["gets"]
        assert [gets[name]["value"] for name in names] == [
            two(example[f"to_{name}"]) for name in names
        ], example
        assert found["unallocated"]["value"] == two(example["overpaid"])


def test_references():
    for kind, group in (("betalingskenmerk", "betalingskenmerk_generate"), ("rf", "rf")):
        for number, reference in law()[group]:
            found = ask("payment-reference", {"kind": kind, "number": number}).body
            assert (found["reference"], found["valid"]) == (reference, True)
    for reference in law()["betalingskenmerk_valid"]:
        body = {"kind": "betalingskenmerk", "reference": reference}
        assert ask("payment-reference", body).body["valid"], reference
        wrong = reference[:-1] + str((int(reference[-1]) + 1) % 10)
        assert not ask("payment-reference", body | {"reference": wrong}).body["valid"], wrong
