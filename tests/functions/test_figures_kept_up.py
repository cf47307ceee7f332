"""The figures follow the books: through the real handlers, with what the table's stream sends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kasstroom.errors import Unavailable
from kasstroom.reports.measures import Cell, Measure
from kasstroom.reports.recounting import afresh, compare
from kasstroom.settings import FigureSettings
from kasstroom_aws.figure_table import FigureTable
from kasstroom_aws.items import key_of, kind_of
from tests.functions.conftest import CONTEXT, ORG, load
from tests.people import received

TRIGGERS = Path(__file__).parents[2] / "events" / "triggers" / "reports"
OPEN = Cell(Measure.OPEN, "EUR", None, ("invoice", "2026-08-20"))


@pytest.fixture
def figures(deployed):
    return FigureTable(FigureSettings("figures"))


def sample(name):
    return json.loads((TRIGGERS / f"{name}.json").read_text())


def told(books):
    """A record of the stream for everything in the books, whether it counts or not."""
    from kasstroom_aws.items import _ROWS, class_of

    kinds = [class_of(row.name) for row in _ROWS.values()]
    return [record(str(n), entity) for n, entity in enumerate(books.every(*kinds))]


def record(number, entity):
    pk, sk = key_of(entity)
    keys = {"pk": {"S": pk}, "sk": {"S": sk}}
    image = {**keys, "kind": {"S": kind_of(type(entity)).name}, "body": {"S": "{}"}}
    change = {"Keys": keys, "NewImage": image, "SequenceNumber": number}
    return {"eventName": "MODIFY", "dynamodb": change}


def add_up(records):
    return load("reports/add_up").handler({"Records": records}, CONTEXT)


def recount(event=None):
    return load("reports/recount").handler(event or sample("recount/nightly"), CONTEXT)


def test_what_the_stream_sends(deployed, figures):
    """Four records of three entities, of which one is not in the books."""
    answer = load("reports/add_up").handler(sample("add_up/invoice_changed"), CONTEXT)
    assert answer == {"batchItemFailures": []}
    counted = dict(figures.counted(ORG))
    assert {seen.revision for seen in counted.values()} == {1} and len(counted) == 3
    assert figures.cells(ORG, [Measure.OPEN_ITEMS]) == {
        Cell(Measure.OPEN_ITEMS, "", None, ("invoice", "2026-08-20")): 1
    }


def test_the_whole_stream_again_and_backwards_changes_nothing(deployed, figures):
    received(deployed.books, "100.00", "F1")
    records = told(deployed.books)
    assert add_up(records) == {"batchItemFailures": []}
    first = figures.cells(ORG, Measure)
    assert first[OPEN] == 15_000
    add_up([*reversed(records), *records])
    assert figures.cells(ORG, Measure) == first
    assert compare(figures, ORG, afresh(deployed.books)[ORG]) == []


def test_what_cannot_be_counted_now_comes_again(deployed, figures, monkeypatch):
    """It dies half-way: what was counted by then is not counted twice."""
    records, write = told(deployed.books), FigureTable._write
    received(deployed.books, "250.00", "F1")
    calls = []

    def dies(self, actions):
        calls.append(1)
        if len(calls) % 2 == 0:
            raise Unavailable("figures_unavailable", "It went away.")
        write(self, actions)

    monkeypatch.setattr("kasstroom_aws.figure_packs.LARGEST_TRANSACTION", 10)
    monkeypatch.setattr(FigureTable, "_write", dies)
    answer = add_up(records)
    assert answer == {"batchItemFailures": [{"itemIdentifier": "0"}]} and len(calls) == 2
    monkeypatch.setattr(FigureTable, "_write", write)
    assert add_up(told(deployed.books)) == {"batchItemFailures": []}
    assert compare(figures, ORG, afresh(deployed.books)[ORG]) == []


def test_a_fault_of_ours_is_cornered_by_the_stream(deployed, figures, monkeypatch):
    def fails(*_):
        raise ZeroDivisionError

    monkeypatch.setattr(FigureTable, "count_all", fails)
    with pytest.raises(ZeroDivisionError):
        add_up(told(deployed.books))


def test_the_night_counts_what_the_stream_never_told(deployed, figures):
    first = recount()
    assert first["organisations"] == 1 and first["differing"] == first["cells"]
    assert (first["late"] > 2, first["faults"], first["left"]) == (True, 0, 0)
    again = recount()
    assert (again["differing"], again["late"], again["faults"]) == (0, 0, 0)
    assert figures.cells(ORG, [Measure.OPEN]) == {OPEN: 25_000}


def test_the_night_puts_right_what_somebody_changed_by_hand(deployed, figures):
    from kasstroom_aws.clients import client

    recount()
    client("dynamodb").update_item(
        TableName="figures",
        Key={"pk": {"S": f"FIG#{ORG}#open"}, "sk": {"S": "now#EUR#2026-08"}},
        UpdateExpression="ADD #cell :one",
        ExpressionAttributeNames={"#cell": "=invoice|2026-08-20"},
        ExpressionAttributeValues={":one": {"N": "1"}},
    )
    assert figures.cells(ORG, [Measure.OPEN]) == {OPEN: 25_001}
    assert recount()["faults"] == 1
    assert figures.cells(ORG, [Measure.OPEN]) == {OPEN: 25_000}
