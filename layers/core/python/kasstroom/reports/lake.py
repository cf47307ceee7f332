"""The lake: what finance can ask in SQL, and where each table stands in the bucket.

Every table is a photograph of one day: ask with `WHERE as_of = '2026-11-21'`, of all organisations
together or with `AND org = 'acme'`. One object per table, organisation and day, so that a second
run replaces the first. The export registers each partition in the catalogue, for were `org` found
by its name (partition projection), every question would have to name its organisations.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from kasstroom.reports.ageing import Bucket

LAKE_PREFIX = "lake/"
EXPORT_PREFIX = "exports/"
_PARQUET = "org.apache.hadoop.hive.ql.io.parquet"


class Type(StrEnum):
    """Column types in the words of the Glue catalogue; timestamps are UTC."""

    STRING = "string"
    DATE = "date"
    TIMESTAMP = "timestamp"
    BIGINT = "bigint"
    AMOUNT = "decimal(20,4)"


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    type: Type = Type.STRING


PARTITIONS = (Column("org"), Column("as_of"))
"""The organisation, and the Amsterdam day of the photograph, `yyyy-mm-dd`; not in the files."""


def money(name: str) -> tuple[Column, Column]:
    """`*_minor` is exact in every currency, `*_amount` is the same for people; both signed."""
    return Column(f"{name}_minor", Type.BIGINT), Column(f"{name}_amount", Type.AMOUNT)


@dataclass(frozen=True, slots=True)
class Table:
    name: str
    columns: tuple[Column, ...]
    description: str

    @property
    def prefix(self) -> str:
        """`lake/ageing/`: everything of this table."""
        return f"{LAKE_PREFIX}{self.name}/"

    def folder(self, org: str, as_of: date) -> str:
        """`lake/ageing/org=acme/as_of=2026-11-21/`: one partition."""
        values = zip(PARTITIONS, (org, as_of.isoformat()), strict=True)
        return self.prefix + "".join(f"{column.name}={value}/" for column, value in values)

    def key(self, org: str, as_of: date) -> str:
        """`lake/ageing/org=acme/as_of=2026-11-21/part-0.parquet`."""
        return f"{self.folder(org, as_of)}part-0.parquet"

    def csv_key(self, org: str, as_of: date) -> str:
        """`exports/acme/2026-11-21/ageing.csv`: for people, all of one organisation together."""
        return f"{EXPORT_PREFIX}{org}/{as_of.isoformat()}/{self.name}.csv"

    def location(self, bucket: str) -> str:
        """Where the partitions of the table stand; a partition adds its own folder."""
        return f"s3://{bucket}/{self.prefix}"

    def parameters(self, bucket: str) -> dict[str, str]:
        """The Glue table's parameters."""
        return {"classification": "parquet", "EXTERNAL": "TRUE"}

    def storage(self, location: str) -> dict[str, Any]:
        """The Glue `StorageDescriptor`, the same for the table and for each partition."""
        return {
            "Columns": [{"Name": column.name, "Type": str(column.type)} for column in self.columns],
            "Location": location,
            "InputFormat": f"{_PARQUET}.MapredParquetInputFormat",
            "OutputFormat": f"{_PARQUET}.MapredParquetOutputFormat",
            "SerdeInfo": {
                "SerializationLibrary": f"{_PARQUET}.serde.ParquetHiveSerDe",
                "Parameters": {"serialization.format": "1"},
            },
        }

    def partition(self, bucket: str, org: str, as_of: date) -> dict[str, Any]:
        """The Glue `PartitionInput` of one organisation and day."""
        return {
            "Values": [org, as_of.isoformat()],
            "StorageDescriptor": self.storage(f"s3://{bucket}/{self.folder(org, as_of)}"),
            "Parameters": {"classification": "parquet"},
        }


_DEBTOR = (Column("debtor"), Column("debtor_name"), Column("debtor_kind"))

OPEN_ITEMS = Table(
    "open_items",
    (
        *_DEBTOR,
        Column("number"),
        Column("kind"),
        Column("issued_on", Type.DATE),
        Column("due_on", Type.DATE),
        Column("days_past_due", Type.BIGINT),
        Column("bucket"),
        Column("currency"),
        *money("invoiced"),
        *money("open"),
        Column("created_at", Type.TIMESTAMP),
    ),
    "Invoices and credit notes that are not settled",
)

AGEING = Table(
    "ageing",
    (
        *_DEBTOR,
        Column("currency"),
        *(column for bucket in Bucket for column in money(bucket)),
        *money("outstanding"),
    ),
    "What each debtor owes by days past due; the buckets add up to outstanding",
)

PAYMENTS = Table(
    "payments",
    (
        *_DEBTOR,
        Column("entry"),
        Column("booked_on", Type.DATE),
        Column("booked_at", Type.TIMESTAMP),
        Column("source"),
        Column("external_id"),
        Column("invoices"),
        Column("currency"),
        *money("received"),
        *money("unallocated"),
    ),
    "Money received, positive, with the invoices it settles",
)

TABLES = (OPEN_ITEMS, AGEING, PAYMENTS)
