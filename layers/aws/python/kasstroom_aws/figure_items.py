"""How the figures lie in their table: a sheet of cells is an item with a number per cell, a source
is an item that says what it was counted with.

| item   | pk                         | sk                            |
|--------|----------------------------|-------------------------------|
| sheet  | `FIG#{org}#{measure}`      | `{day or now}#{currency}#{month}` |
| source | `SRC#{org}#{shard}`        | the source's name             |
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from urllib.parse import quote, unquote

from kasstroom.reports.figure_store import Seen
from kasstroom.reports.measures import Cell, Measure
from kasstroom.reports.sheet import KeptSheet, Sheet
from kasstroom.reports.sources import SEPARATOR
from kasstroom_aws.keys import PK, SK

SOURCE_SHARDS = 16
NOW = "now"
"""Where a stock lies; sorts after every day."""
_CELL = "="
"""Before the dimensions of a cell, so that its name is nobody else's."""
_MOVED, _REVISION, _CELLS = "moved", "revision", "cells"

Item = dict[str, Any]


def sheets_pk(org: str, measure: Measure) -> str:
    return f"FIG#{org}#{measure}"


def within(pk: str, start: str = "", end: str = "") -> Item:
    """The condition of a query: sort keys from `start` on, or those that begin with it when there
    is an `end`."""
    names, values = {"#pk": PK}, {":pk": {"S": pk}}
    condition = "#pk = :pk"
    if start:
        names["#sk"] = SK
        values |= {":start": {"S": start}, ":end": {"S": end or "\U0010ffff"}}
        condition += " AND #sk BETWEEN :start AND :end"
    return {
        "KeyConditionExpression": condition,
        "ExpressionAttributeNames": names,
        "ExpressionAttributeValues": values,
    }


def sheet_update(table: str, org: str, sheet: Sheet, cells: Mapping[Cell, int]) -> Item:
    """Adds to the cells of a sheet, and one to how often it moved."""
    names = {"#moved": _MOVED}
    values = {":one": {"N": "1"}}
    adding = ["#moved :one"]
    for place, (cell, value) in enumerate(cells.items()):
        names[f"#c{place}"] = _CELL + "|".join(quote(part, safe="") for part in cell.parts)
        values[f":c{place}"] = {"N": str(value)}
        adding.append(f"#c{place} :c{place}")
    return {
        "TableName": table,
        "Key": _key(sheets_pk(org, sheet.measure), _sheet_sk(sheet)),
        "UpdateExpression": f"ADD {', '.join(adding)}",
        "ExpressionAttributeNames": names,
        "ExpressionAttributeValues": values,
    }


def unless_moved(update: Item, moved: int) -> Item:
    condition = "#moved = :known" if moved else "attribute_not_exists(#moved)"
    known = {":known": {"N": str(moved)}} if moved else {}
    values = update["ExpressionAttributeValues"] | known
    return update | {"ConditionExpression": condition, "ExpressionAttributeValues": values}


def kept_sheet(item: Item) -> KeptSheet:
    measure = Measure(item[PK]["S"].rpartition("#")[2])
    day, currency, month = item[SK]["S"].split("#")
    on = None if day == NOW else date.fromisoformat(day)
    cells = {
        Cell(measure, currency, on, _parts(name)): int(value["N"])
        for name, value in item.items()
        if name.startswith(_CELL) and value["N"] != "0"
    }
    return KeptSheet(Sheet(measure, currency, on, month), int(item[_MOVED]["N"]), cells)


def source_key(org: str, name: str) -> Item:
    debtor, _, id = name.split(SEPARATOR)
    return _key(_source_pk(org, debtor or id), name)


def source_places(org: str, debtor: str) -> Iterator[tuple[str, str, str]]:
    """Partitions with the first and last sort key of the sources of a debtor, or of everybody."""
    if debtor:
        start = f"{debtor}{SEPARATOR}"
        yield _source_pk(org, debtor), start, f"{start}\U0010ffff"
    else:
        for shard in range(SOURCE_SHARDS):
            yield f"SRC#{org}#{shard:02d}", "", ""


def source_put(table: str, org: str, name: str, revision: int, cells: Mapping[Cell, int]) -> Item:
    """What the source is counted with from now on, unless somebody counted it since `revision`."""
    item = source_key(org, name) | {
        _REVISION: {"N": str(revision + 1)},
        _CELLS: {"S": _written(cells)},
    }
    put: Item = {"TableName": table, "Item": item}
    if not revision:
        return put | {
            "ConditionExpression": "attribute_not_exists(#pk)",
            "ExpressionAttributeNames": {"#pk": PK},
        }
    return put | {
        "ConditionExpression": "#revision = :known",
        "ExpressionAttributeNames": {"#revision": _REVISION},
        "ExpressionAttributeValues": {":known": {"N": str(revision)}},
    }


def source_name(item: Item) -> str:
    return str(item[SK]["S"])


def seen(item: Item) -> Seen:
    return Seen(int(item[_REVISION]["N"]), _read(item[_CELLS]["S"]))


def _key(pk: str, sk: str) -> Item:
    return {PK: {"S": pk}, SK: {"S": sk}}


def _source_pk(org: str, name: str) -> str:
    return f"SRC#{org}#{zlib.crc32(name.encode()) % SOURCE_SHARDS:02d}"


def _sheet_sk(sheet: Sheet) -> str:
    return f"{sheet.on or NOW}#{sheet.currency}#{sheet.month}"


def _parts(name: str) -> tuple[str, ...]:
    told = name.removeprefix(_CELL)
    return tuple(unquote(part) for part in told.split("|")) if told else ()


def _written(cells: Mapping[Cell, int]) -> str:
    rows = [
        [cell.measure, cell.currency, str(cell.on or ""), value, *cell.parts]
        for cell, value in cells.items()
        if value
    ]
    return json.dumps(rows, separators=(",", ":"))


def _read(text: str) -> dict[Cell, int]:
    return {
        Cell(
            Measure(measure), currency, date.fromisoformat(on) if on else None, tuple(parts)
        ): value
        for measure, currency, on, value, *parts in json.loads(text)
    }
