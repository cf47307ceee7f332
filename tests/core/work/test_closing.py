"""Every kind of review has somebody who closes it, and all of them are asked the same way."""

from __future__ import annotations

import inspect
from importlib import import_module

import pytest

from kasstroom.credit.reviews import ReviewKind
from kasstroom.work.desk import CLOSES, TAKES_AMOUNT, TAKES_TERM

ASKED = ["books", "org", "debtor", "review_id", "verdict", "actor", "note", "now", "grounds"]


@pytest.mark.parametrize("kind", ReviewKind)
def test_a_kind_is_closed_by_a_decision_of_its_own_context(kind):
    asked = inspect.signature(import_module(CLOSES[kind]).decide_review).parameters
    assert list(asked)[: len(ASKED)] == ASKED
    assert [name for name in asked if name not in ASKED] == (
        ["amount"] * (kind in TAKES_AMOUNT) + ["terms_days"] * (kind in TAKES_TERM)
    )
