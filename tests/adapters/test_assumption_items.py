"""Report assumptions on a real table and as JSON: whole, and nothing unknown slips in."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from pydantic import TypeAdapter, ValidationError

from kasstroom.changes import Changes
from kasstroom.reports.assumptions import Assumptions, Baseline, Rate, ReportAssumptions
from tests.people import ORG

STATED = Assumptions(
    before=Baseline(Decimal("51.5"), Decimal("0.40"), 4000_00),
    rates=(Rate("USD", Decimal("0.8612")),),
)
JSON = TypeAdapter(Assumptions)


def test_they_come_back_as_they_went(books):
    assumptions = ReportAssumptions(ORG, STATED, "fin")
    books.commit(Changes(create=(assumptions,)))
    assert replace(books.get(ReportAssumptions, ORG), version=0) == assumptions


def test_as_json_they_are_exact():
    assert JSON.validate_json(JSON.dump_json(STATED)) == STATED
    assert JSON.validate_json("{}") == Assumptions()


@pytest.mark.parametrize(
    "body", ['{"dso": 30}', '{"before": {"dso": 30}}', '{"rates": [{"x": 1}]}']
)
def test_a_field_we_do_not_know_is_refused(body):
    with pytest.raises(ValidationError):
        JSON.validate_json(body)
