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
from kasstroom.reports.lake import PARTITIONS, PAYMENTS, TABLES, Table, Type
from kasstroom.reports.ports import Row
from kasstroom_analytics.lake import ROWS_PER_GROUP, S3Lake, cell

BUCKET = "lake"
DATABASE = "kasstroom"
DAY = date(2026, 11, 21)
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


def lake_on(s3: Any) -> S3Lake:
    return S3Lake(BUCKET, DATABASE, s3, boto3.client("glue", region_name="eu-west-1"))


def body(s3: Any, key: str) -> bytes:
    return s3.get_object(Bucket=BUCKET, Key=key)["Body"].read()


def table_in(s3: Any, key: str) -> Any:
    return parquet.read_table(io.BytesIO(body(s3, key)))


def lines_in(s3: Any, key: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body(s3, key).decode("utf-8"), newline="")))


def a_payment(number: int = 1, **changed: Any) -> Row:
    row: Row = {
        "debtor": f"D{number}",
        "debtor_name": "Café de Brug; Wyldsboom",
        "debtor_kind": "company",
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
    return row | changed


def test_the_keys_are_one_object_per_table_organisation_and_day(s3: Any) -> None:
    keys = lake_on(s3).write(PAYMENTS, "acme", DAY, [a_payment()])
    assert keys == [
        "lake/payments/org=acme/as_of=2026-11-21/part-0.parquet",
        "exports/acme/2026-11-21/payments.csv",
    ]
    assert [found["Key"] for found in s3.list_objects_v2(Bucket=BUCKET)["Contents"]] == sorted(keys)


def test_parquet_holds_the_values_exactly(s3: Any) -> None:
    lake_on(s3).write(PAYMENTS, "acme", DAY, [a_payment()])
    (row,) = table_in(s3, PAYMENTS.key("acme", DAY)).to_pylist()
    assert row["received_amount"] == Decimal("412.3000")
    assert row["unallocated_minor"] == -5
    assert row["booked_on"] == DAY
    assert row["booked_at"] == datetime(2026, 11, 20, 23, 30, 0, 123_000, UTC).replace(tzinfo=None)


@pytest.mark.parametrize("currency", ["EUR", "JPY", "KWD"])
def test_amounts_keep_the_decimals_of_their_currency(s3: Any, currency: str) -> None:
    money = Money(-123_456_789_012_345, currency)
    row = a_payment(received_minor=money.minor, received_amount=money.decimal)
    lake_on(s3).write(PAYMENTS, "acme", DAY, [row])
    (stored,) = table_in(s3, PAYMENTS.key("acme", DAY)).to_pylist()
    assert stored["received_amount"] == money.decimal
    (line,) = lines_in(s3, PAYMENTS.csv_key("acme", DAY))
    assert line["received_amount"] == money.value


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_an_organisation_without_data_gets_valid_empty_files(s3: Any, table: Any) -> None:
    lake_on(s3).write(table, "empty", DAY, [])
    stored = table_in(s3, table.key("empty", DAY))
    assert stored.num_rows == 0
    expected = {column.name: GLUE_TYPES[column.type] for column in table.columns}
    assert {field.name: str(field.type) for field in stored.schema} == expected
    text = body(s3, table.csv_key("empty", DAY)).decode()
    assert text.splitlines() == [
        ",".join(["org", "as_of", *(column.name for column in table.columns)])
    ]


def test_every_catalogue_type_has_a_parquet_type() -> None:
    assert {str(kind) for kind in Type} == set(GLUE_TYPES)


def test_a_second_run_replaces_the_first(s3: Any) -> None:
    lake = lake_on(s3)
    first = lake.write(PAYMENTS, "acme", DAY, (a_payment(n) for n in range(300)))
    second = lake.write(PAYMENTS, "acme", DAY, [a_payment(7)])
    assert first == second
    assert s3.list_objects_v2(Bucket=BUCKET)["KeyCount"] == 2
    assert table_in(s3, second[0])["debtor"].to_pylist() == ["D7"]
    assert [line["debtor"] for line in lines_in(s3, second[1])] == ["D7"]


def test_many_rows_go_in_groups(s3: Any) -> None:
    count = ROWS_PER_GROUP + 1
    lake_on(s3).write(PAYMENTS, "acme", DAY, (a_payment(n) for n in range(count)))
    file = parquet.ParquetFile(io.BytesIO(body(s3, PAYMENTS.key("acme", DAY))))
    assert (file.metadata.num_rows, file.num_row_groups) == (count, 2)
    assert len(lines_in(s3, PAYMENTS.csv_key("acme", DAY))) == count


def test_csv_is_plain_utf8_with_iso_dates_and_a_decimal_point(s3: Any) -> None:
    lake_on(s3).write(PAYMENTS, "acme", DAY, [a_payment()])
    (line,) = lines_in(s3, PAYMENTS.csv_key("acme", DAY))
    assert (line["org"], line["as_of"], line["booked_on"]) == ("acme", "2026-11-21", "2026-11-21")
    assert line["booked_at"] == "2026-11-20T23:30:00.123Z"
    assert (line["received_amount"], line["unallocated_amount"]) == ("412.30", "-0.05")
    assert line["debtor_name"] == "Café de Brug; Wyldsboom"
    assert not body(s3, PAYMENTS.csv_key("acme", DAY)).startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_text_is_never_a_formula_in_a_spreadsheet(s3: Any, start: str) -> None:
    name = f'{start}HYPERLINK("http://example.org")'
    lake_on(s3).write(PAYMENTS, "acme", DAY, [a_payment(debtor_name=name)])
    (line,) = lines_in(s3, PAYMENTS.csv_key("acme", DAY))
    assert line["debtor_name"] == f"'{name}"
    (row,) = table_in(s3, PAYMENTS.key("acme", DAY)).to_pylist()
    assert row["debtor_name"] == name


def test_a_negative_number_stays_a_number() -> None:
    assert [cell(-5), cell(Decimal("-0.05")), cell(Decimal("0E+3")), cell(None)] == [
        "-5",
        "-0.05",
        "0",
        "",
    ]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_organisation_and_day_stand_in_the_path_and_not_in_the_file(s3: Any, table: Table) -> None:
    lake_on(s3).write(table, "acme", DAY, [])
    in_file = set(table_in(s3, table.key("acme", DAY)).schema.names)
    assert in_file.isdisjoint(column.name for column in PARTITIONS)
    assert f"s3://{BUCKET}/{table.key('acme', DAY)}".startswith(table.location(BUCKET))
