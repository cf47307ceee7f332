"""What a table of the lake looks like: its columns with what they mean and where they come from,
where it stands in the bucket, and how long it is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from kasstroom.money import Money

LAKE_PREFIX = "lake/"
RUN_PREFIX = f"{LAKE_PREFIX}_runs/"
"""How far each export is; no table stands there."""
EXPORT_PREFIX = "exports/"
EXPORT_DAYS = 31
"""CSV for people: who needs it longer has a copy."""
_PARQUET = "org.apache.hadoop.hive.ql.io.parquet"

Row = tuple[Any, ...]
"""A value per column, in the order of the table: `str`, `int`, `date`, `datetime` (UTC), `Decimal`
or None."""
Value = Callable[[Any], Any]
"""Takes a column's value out of what one row is about."""


class Type(StrEnum):
    """Column types in the words of the Glue catalogue; timestamps are UTC."""

    STRING = "string"
    DATE = "date"
    TIMESTAMP = "timestamp"
    BIGINT = "bigint"
    AMOUNT = "decimal(20,4)"


@dataclass(frozen=True, slots=True)
class Column:
    """`means` is the line the data dictionary and the catalogue give."""

    name: str
    type: Type = Type.STRING
    means: str = ""
    value: Value | None = None


PARTITIONS = (
    Column("org", means="the organisation"),
    Column("as_of", means="the Amsterdam day of the photograph, `yyyy-mm-dd`"),
)
"""They stand in the path, not in the files."""


def text(name: str, means: str, value: Value) -> Column:
    return Column(name, Type.STRING, means, value)


def day(name: str, means: str, value: Value) -> Column:
    return Column(name, Type.DATE, means, value)


def moment(name: str, means: str, value: Value) -> Column:
    return Column(name, Type.TIMESTAMP, means, value)


def number(name: str, means: str, value: Value) -> Column:
    return Column(name, Type.BIGINT, means, value)


def money(name: str, means: str, value: Callable[[Any], Money | None]) -> tuple[Column, Column]:
    """`*_minor` is exact in every currency, `*_amount` is the same for people; both signed."""

    def minor(about: Any) -> int | None:
        found = value(about)
        return None if found is None else found.minor

    def amount(about: Any) -> Any:
        found = value(about)
        return None if found is None else found.decimal

    return (
        Column(f"{name}_minor", Type.BIGINT, f"{means}, in minor units", minor),
        Column(f"{name}_amount", Type.AMOUNT, f"{means}, in whole units", amount),
    )


def codes(values: Any) -> str:
    """Several codes or numbers in one column, with spaces between."""
    return " ".join(str(value) for value in values)


@dataclass(frozen=True, slots=True)
class Table:
    """`kept_days` is how long a day of it stays in the lake; `for_people`: also written as CSV."""

    name: str
    columns: tuple[Column, ...]
    description: str
    kept_days: int = 62
    partitions: tuple[Column, ...] = PARTITIONS
    for_people: bool = False

    def row(self, about: Any) -> Row:
        """The row of what `about` is about; every column says how it is read."""
        return tuple(column.value(about) for column in self.columns if column.value)

    @property
    def prefix(self) -> str:
        """`lake/ageing/`: everything of this table."""
        return f"{LAKE_PREFIX}{self.name}/"

    def folder(self, org: str, on: date) -> str:
        """`lake/ageing/org=acme/as_of=2026-11-21/`: one partition."""
        values = zip(self.partitions, (org, on.isoformat()), strict=True)
        return self.prefix + "".join(f"{column.name}={value}/" for column, value in values)

    def key(self, org: str, on: date, segment: int = 0) -> str:
        """`lake/ageing/org=acme/as_of=2026-11-21/part-03.parquet`."""
        return f"{self.folder(org, on)}part-{segment:02d}.parquet"

    def csv_key(self, org: str, on: date, segment: int = 0) -> str:
        """`exports/acme/2026-11-21/ageing-03.csv`: for people."""
        return f"{EXPORT_PREFIX}{org}/{on.isoformat()}/{self.name}-{segment:02d}.csv"

    def location(self, bucket: str) -> str:
        """Where the partitions of the table stand; a partition adds its own folder."""
        return f"s3://{bucket}/{self.prefix}"

    def parameters(self) -> dict[str, str]:
        """The Glue table's parameters."""
        return {"classification": "parquet", "EXTERNAL": "TRUE"}

    def storage(self, location: str) -> dict[str, Any]:
        """The Glue `StorageDescriptor`, the same for the table and for each partition."""
        return {
            "Columns": [_in_glue(column) for column in self.columns],
            "Location": location,
            "InputFormat": f"{_PARQUET}.MapredParquetInputFormat",
            "OutputFormat": f"{_PARQUET}.MapredParquetOutputFormat",
            "SerdeInfo": {
                "SerializationLibrary": f"{_PARQUET}.serde.ParquetHiveSerDe",
                "Parameters": {"serialization.format": "1"},
            },
        }

    def partition(self, bucket: str, org: str, on: date) -> dict[str, Any]:
        """The Glue `PartitionInput` of one organisation and day. Meanings stand at the table:
        repeated in every partition they would be most of the catalogue."""
        storage = self.storage(f"s3://{bucket}/{self.folder(org, on)}")
        columns = [{"Name": c["Name"], "Type": c["Type"]} for c in storage["Columns"]]
        return {
            "Values": [org, on.isoformat()],
            "StorageDescriptor": storage | {"Columns": columns},
            "Parameters": {"classification": "parquet"},
        }


def _in_glue(column: Column) -> dict[str, str]:
    """Glue takes 255 characters of comment."""
    return {"Name": column.name, "Type": str(column.type), "Comment": column.means[:255]}
