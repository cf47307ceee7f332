"""What lands in the bucket, read back as Athena and as a spreadsheet would."""

import csv
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import boto3
import pytest
from moto import mock_aws
from pyarrow import parquet

from kasstroom.money import Money
from kasstroom.reports.lake import (
    LEDGER,
    PARTITIONS,
    PAYMENTS,
    PHOTOGRAPHED,
    TABLES,
    Row,
    Table,
    Type,
)
from kasstroom.reports.lake.ports import Run, Segment
from kasstroom_analytics.columnar import ROWS_PER_GROUP, parquet_of, schema_of
from kasstroom_analytics.lake import S3Lake
from kasstroom_analytics.sheet import cell
from kasstroom_aws.lake_runs import S3Runs

BUCKET = "lake"
DATABASE = "kasstroom"
DAY = date(2026, 11, 21)
RUN = Run(DAY, "run_1", 4)
SEGMENT = Segment(RUN, 3)
KEY = "lake/payments/org=acme/as_of=2026-11-21/part-03.parquet"
CSV_KEY = "exports/acme/2026-11-21/payments-03.csv"
GLUE_TYPES = {
    "string": "string",
    "date": "date32[day]",
    "timestamp": "timestamp[ms]",
    "bigint": "int64",
    "decimal(20,4)": "decimal128(20, 4)",
}


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    with mock_aws():
        client = boto3.client("s3", region_name="eu-west-1")
        where = {"LocationConstraint": "eu-west-1"}
        client.create_bucket(Bucket=BUCKET, CreateBucketConfiguration=where)
        yield client


def lay_down(s3: Any, *rows: Row, table: Table = PAYMENTS, segment: Segment = SEGMENT) -> None:
    lake = S3Lake(BUCKET, DATABASE, s3, boto3.client("glue", region_name="eu-west-1"))
    with lake.part("acme", segment, PHOTOGRAPHED) as part:
        for row in rows:
            part.add(table, row)


def keys(s3: Any) -> list[str]:
    return [found["Key"] for found in s3.list_objects_v2(Bucket=BUCKET).get("Contents", [])]


def body(s3: Any, key: str) -> bytes:
    return s3.get_object(Bucket=BUCKET, Key=key)["Body"].read()


def table_in(s3: Any, key: str = KEY) -> Any:
    return parquet.read_table(io.BytesIO(body(s3, key)))


def lines_in(s3: Any, key: str = CSV_KEY) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body(s3, key).decode("utf-8"), newline="")))


def a_payment(number: int = 1, **changed: Any) -> Row:
    row: dict[str, Any] = {
        "debtor": f"D{number}",
        "debtor_kind": "company",
        "debtor_name": "Café de Brug; Wyldsboom",
        "entry": f"ent_{number}",
        "booked_on": DAY,
        "booked_at": datetime(2026, 11, 20, 23, 30, 0, 123_456, UTC),
        "source": "mollie",
        "external_id": "tr_1",
        "invoices": "F1 F2",
        "currency": "EUR",
        "received_minor": 41_230,
        "received_amount": Money(41_230).decimal,
        "unallocated_minor": -5,
        "unallocated_amount": Money(-5).decimal,
    }
    row |= changed
    return tuple(row[column.name] for column in PAYMENTS.columns)


def test_a_segment_is_one_object_per_table_organisation_and_day(s3: Any) -> None:
    lay_down(s3, a_payment())
    assert keys(s3) == [CSV_KEY, KEY]


def test_what_nobody_opens_in_a_spreadsheet_has_no_csv(s3: Any) -> None:
    lay_down(s3, tuple(None for _ in LEDGER.columns), table=LEDGER)
    assert keys(s3) == ["lake/ledger/org=acme/as_of=2026-11-21/part-03.parquet"]


def test_parquet_holds_the_values_exactly(s3: Any) -> None:
    lay_down(s3, a_payment())
    (row,) = table_in(s3).to_pylist()
    assert row["received_amount"] == Decimal("412.3000")
    assert row["unallocated_minor"] == -5
    assert row["booked_on"] == DAY
    assert row["booked_at"] == datetime(2026, 11, 20, 23, 30, 0, 123_000, UTC).replace(tzinfo=None)


@pytest.mark.parametrize("currency", ["EUR", "JPY", "KWD"])
def test_amounts_keep_the_decimals_of_their_currency(s3: Any, currency: str) -> None:
    money = Money(-123_456_789_012_345, currency)
    lay_down(s3, a_payment(received_minor=money.minor, received_amount=money.decimal))
    (stored,) = table_in(s3).to_pylist()
    assert stored["received_amount"] == money.decimal
    (line,) = lines_in(s3)
    assert line["received_amount"] == money.value


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_file_has_the_columns_of_the_catalogue_and_not_those_of_its_path(table: Table) -> None:
    stored = parquet.read_table(io.BytesIO(parquet_of(table, [])))
    expected = {column.name: GLUE_TYPES[column.type] for column in table.columns}
    assert {field.name: str(field.type) for field in stored.schema} == expected
    assert set(schema_of(table).names).isdisjoint(column.name for column in PARTITIONS)
    assert f"s3://{BUCKET}/{table.key('acme', DAY)}".startswith(table.location(BUCKET))


def test_every_catalogue_type_has_a_parquet_type() -> None:
    assert {str(kind) for kind in Type} == set(GLUE_TYPES)


def test_a_second_try_replaces_the_first_and_leaves_nothing_of_it(s3: Any) -> None:
    lay_down(s3, *(a_payment(n) for n in range(300)))
    lay_down(s3, a_payment(7))
    assert keys(s3) == [CSV_KEY, KEY]
    assert table_in(s3)["debtor"].to_pylist() == ["D7"]
    assert [line["debtor"] for line in lines_in(s3)] == ["D7"]
    lay_down(s3)
    assert keys(s3) == []


def test_a_try_that_failed_writes_nothing(s3: Any) -> None:
    with pytest.raises(ZeroDivisionError):
        lay_down(s3, a_payment(), (1 // 0,))
    lake = S3Lake(BUCKET, DATABASE, s3, None)
    with (
        pytest.raises(ValueError, match="shorter"),
        lake.part("acme", SEGMENT, PHOTOGRAPHED) as part,
    ):
        part.add(PAYMENTS, a_payment())
        part.add(PAYMENTS, ("too short",))
    assert keys(s3) == []


def test_many_rows_go_in_groups(s3: Any) -> None:
    count = ROWS_PER_GROUP + 1
    lay_down(s3, *(a_payment(n) for n in range(count)))
    file = parquet.ParquetFile(io.BytesIO(body(s3, KEY)))
    assert (file.metadata.num_rows, file.num_row_groups) == (count, 2)
    assert len(lines_in(s3)) == count


def test_csv_is_plain_utf8_with_iso_dates_and_a_decimal_point(s3: Any) -> None:
    lay_down(s3, a_payment())
    (line,) = lines_in(s3)
    assert (line["org"], line["as_of"], line["booked_on"]) == ("acme", "2026-11-21", "2026-11-21")
    assert line["booked_at"] == "2026-11-20T23:30:00.123Z"
    assert (line["received_amount"], line["unallocated_amount"]) == ("412.30", "-0.05")
    assert line["debtor_name"] == "Café de Brug; Wyldsboom"
    assert not body(s3, CSV_KEY).startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_text_is_never_a_formula_in_a_spreadsheet(s3: Any, start: str) -> None:
    name = f'{start}HYPERLINK("http://example.org")'
    lay_down(s3, a_payment(debtor_name=name))
    (line,) = lines_in(s3)
    assert line["debtor_name"] == f"'{name}"
    (row,) = table_in(s3).to_pylist()
    assert row["debtor_name"] == name


def test_a_negative_number_stays_a_number() -> None:
    assert [cell(-5), cell(Decimal("-0.05")), cell(Decimal("0E+3")), cell(None)] == [
        "-5",
        "-0.05",
        "0",
        "",
    ]


def test_a_run_takes_away_all_of_an_earlier_one_of_that_day_and_nothing_else(s3: Any) -> None:
    runs = S3Runs(BUCKET, s3)
    yesterday = Segment(Run(date(2026, 11, 20), "run_0", 1), 0)
    runs.begin(yesterday.run)
    lay_down(s3, a_payment(), segment=yesterday)
    runs.begin(RUN)
    for number in range(4):
        lay_down(s3, a_payment(), segment=Segment(RUN, number))
    again = Run(DAY, "run_2", 1)
    runs.begin(again)
    assert (runs.is_current(RUN), runs.is_current(again)) == (False, True)
    assert not [k for k in keys(s3) if "2026-11-21" in k and not k.startswith("lake/_runs/")]
    assert runs.is_current(yesterday.run)
    assert len([key for key in keys(s3) if "2026-11-20" in key]) == 3


def test_the_last_segment_hears_of_all_organisations(s3: Any) -> None:
    runs = S3Runs(BUCKET, s3)
    runs.begin(RUN)
    assert [runs.done(Segment(RUN, n), [f"org{n}", "acme"]) for n in (2, 0, 3, 0)] == [None] * 4
    assert runs.done(Segment(RUN, 1), []) == ("acme", "org0", "org2", "org3")
    assert runs.done(Segment(RUN, 1), []) == ("acme", "org0", "org2", "org3")
