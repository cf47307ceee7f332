"""The QuickSight part of a template, taken apart for tests."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from conftest import Synthesised

DASHBOARD, ANALYSIS = "AWS::QuickSight::Dashboard", "AWS::QuickSight::Analysis"
DATA_SET, SCHEDULE = "AWS::QuickSight::DataSet", "AWS::QuickSight::RefreshSchedule"
READ_FROM = re.compile(r"(?:FROM|JOIN) \w+\.(\w+) (\w+)\b")
NAMED_COLUMN = re.compile(r"\b(\w+)\.(\w+)\b")
QUOTED = re.compile(r"'(?:[^']|'')*'")
IN_EXPRESSION = re.compile(r"(?<!\$)\{(\w+)\}")
PARAMETER = re.compile(r"\$\{(\w+)\}")


def walk(found: Any) -> Iterator[dict[str, Any]]:
    """Every object below and including `found`."""
    if isinstance(found, dict):
        yield found
        for value in found.values():
            yield from walk(value)
    if isinstance(found, list):
        for value in found:
            yield from walk(value)


def all_under(found: Any, key: str) -> list[Any]:
    return [one[key] for one in walk(found) if key in one]


@dataclass(frozen=True)
class QuickSight:
    made: Synthesised

    @cached_property
    def glue(self) -> dict[str, dict[str, str]]:
        """Glue types by table and column, partition keys too."""
        return {
            table["TableInput"]["Name"]: {
                column["Name"]: column["Type"]
                for column in (
                    *table["TableInput"]["StorageDescriptor"]["Columns"],
                    *table["TableInput"].get("PartitionKeys", []),
                )
            }
            for table in self.made.properties("AWS::Glue::Table")
        }

    @cached_property
    def sets(self) -> dict[str, dict[str, Any]]:
        """Data sets by logical id."""
        return {id_: found["Properties"] for id_, found in self.made.resources(DATA_SET)}

    @cached_property
    def rules(self) -> str:
        """The logical id of the data set that says who sees what."""
        (found,) = (id_ for id_, one in self.sets.items() if one.get("UseAs") == "RLS_RULES")
        return found

    def definition(self, type_: str = DASHBOARD) -> dict[str, Any]:
        (found,) = self.made.properties(type_)
        return found["Definition"]

    @cached_property
    def columns(self) -> dict[str, dict[str, str]]:
        """Types by identifier in the definition and column, as far as they are read."""
        return {
            declared["Identifier"]: columns_of(self.sets[declared["DataSetArn"]["Fn::GetAtt"][0]])
            for declared in self.definition()["DataSetIdentifierDeclarations"]
        }

    @cached_property
    def reckoned(self) -> set[tuple[str, str]]:
        """Calculated fields: identifier and name."""
        found = self.definition()["CalculatedFields"]
        return {(one["DataSetIdentifier"], one["Name"]) for one in found}

    @property
    def visuals(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Sheet id and visual."""
        for sheet in self.definition()["Sheets"]:
            for visual in sheet["Visuals"]:
                (shape,) = visual.values()
                yield sheet["SheetId"], shape


def physical(data_set: dict[str, Any]) -> dict[str, Any]:
    """What it reads: a table (`InputColumns`) or a question (`Columns`, `SqlQuery`)."""
    (table,) = data_set["PhysicalTableMap"].values()
    (found,) = table.values()
    return found


def columns_of(data_set: dict[str, Any]) -> dict[str, str]:
    read = physical(data_set)
    columns = read["InputColumns"] if "InputColumns" in read else read["Columns"]
    return {column["Name"]: column["Type"] for column in columns}


def named_in(sql: str) -> Iterator[tuple[str, str]]:
    """Table and column, wherever the question names a column of a table of the lake."""
    bare = QUOTED.sub("''", sql)
    tables = {alias: table for table, alias in READ_FROM.findall(bare)}
    for alias, column in NAMED_COLUMN.findall(bare):
        if alias in tables:
            yield tables[alias], column
