"""Requests to the calculations, and the way to send them: no table stands behind it."""

from __future__ import annotations

from types import SimpleNamespace

from tests.functions.conftest import Api

PATH = "/v1/calculations/"


def eur(value: str) -> dict[str, str]:
    return {"value": value, "currency": "EUR"}


def ask(what: str, body: object, **headers: str) -> SimpleNamespace:
    return Api()("compliance/api", "POST", PATH + what, body, **headers)


def costs_of(*principals: str, **more: object) -> dict:
    return {"debtor": "consumer", "principals": [eur(p) for p in principals], **more}


INTEREST = {
    "principal": eur("7500.00"), "due_on": "2022-12-31", "paid_on": "2025-12-31",
    "claim": "commercial", "day_count": "act/365f",
}  # fmt: skip
LETTER_ASKED = {"sent_on": "2026-12-23", "channel": "post"}
ALLOCATION = {
    "paid": eur("500.00"),
    "debts": [
        {
            "id": "F1", "due_on": "2026-06-30", "principal": eur("1000.00"),
            "costs": eur("150.00"), "interest": eur("15.12"),
        }
    ],
}  # fmt: skip
