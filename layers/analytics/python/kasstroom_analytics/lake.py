"""The lake on S3: Parquet for questions in SQL, CSV for people and other systems."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from kasstroom.errors import Unavailable
from kasstroom.reports.lake import Row, Table
from kasstroom.reports.lake.ports import Segment
from kasstroom_analytics.columnar import CONTENT_TYPE, ParquetFile
from kasstroom_analytics.sheet import CSV_TYPE, CsvFile

PARTITIONS_PER_CALL = 100
"""The most `BatchCreatePartition` takes."""


class _Part:
    """The files of one organisation and segment, each opened at its first row."""

    def __init__(self, folder: Path, org: str, segment: Segment, files: ExitStack) -> None:
        self._folder = folder
        self._org = org
        self._segment = segment
        self._open = files
        self._writers: dict[str, tuple[ParquetFile | CsvFile, ...]] = {}
        self.written: dict[str, tuple[Path, str]] = {}

    def add(self, table: Table, row: Row) -> None:
        if table.name not in self._writers:
            self._writers[table.name] = self._files(table)
        for writer in self._writers[table.name]:
            writer.add(row)

    def _files(self, table: Table) -> tuple[ParquetFile | CsvFile, ...]:
        key, csv_key = _keys(table, self._org, self._segment)
        parquet = self._folder / f"{table.name}.parquet"
        self.written[key] = (parquet, CONTENT_TYPE)
        columnar = self._open.enter_context(ParquetFile(parquet, table))
        if not table.for_people:
            return (columnar,)
        text = self._folder / f"{table.name}.csv"
        self.written[csv_key] = (text, CSV_TYPE)
        partition = (self._org, self._segment.run.as_of)
        return columnar, self._open.enter_context(CsvFile(text, table, partition))


class S3Lake:
    """`LakeSink` on an S3 bucket and a Glue database; `s3` and `glue` are boto3 clients."""

    def __init__(self, bucket: str, database: str, s3: Any, glue: Any) -> None:
        self._bucket = bucket
        self._database = database
        self._s3 = s3
        self._glue = glue

    @contextmanager
    def part(self, org: str, segment: Segment, tables: Sequence[Table]) -> Iterator[_Part]:
        """Uploaded when all its rows are there; what an earlier try of this segment wrote and this
        one did not is taken away."""
        with TemporaryDirectory() as folder:
            with ExitStack() as files:
                part = _Part(Path(folder), org, segment, files)
                yield part
            for key, (path, content_type) in part.written.items():
                self._s3.upload_file(
                    str(path), self._bucket, key, ExtraArgs={"ContentType": content_type}
                )
        possible = [key for table in tables for key in _keys(table, org, segment)]
        gone = [{"Key": key} for key in possible if key not in part.written]
        self._s3.delete_objects(Bucket=self._bucket, Delete={"Objects": gone, "Quiet": True})

    def register(self, table: Table, orgs: Sequence[str], on: date) -> None:
        """Raises Unavailable when the catalogue refuses a partition it does not have yet."""
        for start in range(0, len(orgs), PARTITIONS_PER_CALL):
            some = orgs[start : start + PARTITIONS_PER_CALL]
            answer = self._glue.batch_create_partition(
                DatabaseName=self._database,
                TableName=table.name,
                PartitionInputList=[table.partition(self._bucket, org, on) for org in some],
            )
            _require_registered(answer.get("Errors", []))


def _keys(table: Table, org: str, segment: Segment) -> tuple[str, str]:
    place = (org, segment.run.as_of, segment.number)
    return table.key(*place), table.csv_key(*place)


def _require_registered(errors: list[dict[str, Any]]) -> None:
    """A partition that exists already is that of an earlier run on the same day."""
    for error in errors:
        why = error["ErrorDetail"]
        if why["ErrorCode"] != "AlreadyExistsException":
            partition = "/".join(error["PartitionValues"])
            raise Unavailable(
                "partition_not_registered",
                f"The catalogue refused partition {partition}: {why.get('ErrorMessage', '')}",
            )
