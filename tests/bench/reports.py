"""`make bench-reports [INVOICES="100000 1000000"]`: the nightly export and ageing in SQL as the
books grow. A segment is one function on AWS: its time and memory are what has to stay bounded, and
the whole is sixteen of them side by side. What DynamoDB itself takes is not in it.

Each measurement is a process of its own, so that its peak of memory is its own.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from kasstroom.reports.lake.photograph import SEGMENTS, export_segment
from kasstroom.reports.lake.ports import Run, Segment
from kasstroom.reports.lake_sql import of_photograph
from kasstroom_analytics.lake import S3Lake
from tests.bench import report_rows
from tests.bench.reports_portfolio import ORG, TODAY, Portfolio
from tests.lake_folder import FolderS3, ask
from tests.lake_kept import KeptLake

SIZES = (100_000, 1_000_000, 10_000_000)
WHOLE = 1_000_000
"""Up to so many invoices all segments are written, above it one of them, as one function would."""
RUN = Run(TODAY, "run_bench", SEGMENTS)
AGEING = """
SELECT bucket, count(*), sum(open_minor) FROM {open_items} AS i GROUP BY bucket
"""
AGEING_THEN = """
SELECT CASE WHEN late <= 0 THEN 'current' WHEN late <= 30 THEN 'days_1_30'
  WHEN late <= 60 THEN 'days_31_60' WHEN late <= 90 THEN 'days_61_90'
  WHEN late <= 120 THEN 'days_91_120' ELSE 'days_over_120' END AS bucket, sum(open_minor)
FROM (
  SELECT date_diff('day', due_on, DATE '2026-06-30') AS late, sum(booked_minor) AS open_minor
  FROM {ledger} AS l WHERE effective_on <= DATE '2026-06-30' AND part = 'principal'
  GROUP BY invoice, due_on
) AS items WHERE open_minor <> 0 GROUP BY 1
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """Processor seconds, which do not depend on who else is at work; `baseline` is reading the same
    books and doing nothing with them."""

    seconds: float
    baseline_seconds: float
    peak_mb: float
    rows: int


def segment(invoices: int, number: int, folder: Path) -> Measured:
    """In a process of its own: one segment of the export."""
    asked = ["segment", str(invoices), str(number), str(folder)]
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.reports", *asked],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return Measured(**json.loads(done.stdout))


def _segment(invoices: int, number: int, folder: Path) -> Measured:
    books, runs = Portfolio(invoices), KeptLake()
    runs.begin(RUN)
    sink = S3Lake("lake", "kasstroom", FolderS3(folder), None)
    began = time.process_time()
    done = export_segment(books, sink, runs, Segment(RUN, number))  # type: ignore[arg-type]
    seconds = time.process_time() - began
    began = time.process_time()
    for _ in books.every(segment=number, of=SEGMENTS):
        pass
    baseline = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Measured(seconds, baseline, peak, done.rows)


@dataclass(frozen=True, slots=True)
class Grown:
    """One line of the table."""

    invoices: int
    segment: Measured
    megabytes: float
    now: float
    then: float


def grown(invoices: int, all_segments: bool) -> Grown:
    with TemporaryDirectory() as name:
        folder = Path(name)
        measured = [segment(invoices, n, folder) for n in range(SEGMENTS if all_segments else 1)]
        slowest = max(measured, key=lambda one: one.seconds)
        size = sum(file.stat().st_size for file in folder.rglob("*.parquet")) / 1e6
        questions = {
            "now": of_photograph(AGEING, ORG, TODAY),
            "then": of_photograph(AGEING_THEN, ORG, TODAY),
        }
        answers = ask(folder, questions)
        return Grown(invoices, slowest, size, answers["now"]["seconds"], answers["then"]["seconds"])


def lake(sizes: tuple[int, ...]) -> None:
    print(
        f"The nightly export in {SEGMENTS} segments, the slowest of them, and ageing in SQL over"
        f" all of it (above {WHOLE:,} invoices: one segment, and SQL over that)"
    )
    heads = (
        "invoices", "segment s", "x reading", "us/row", "peak MB", "Parquet MB", "ageing s",
        "past day s", "s per invoice, of the first",
    )  # fmt: skip
    print(" | ".join(heads))
    first: Grown | None = None
    for invoices in sizes:
        found = grown(invoices, all_segments=invoices <= WHOLE)
        first = first or found
        print(" | ".join(_line(found, first)), flush=True)


def _line(found: Grown, first: Grown) -> list[str]:
    one = found.segment
    per = one.seconds / found.invoices / (first.segment.seconds / first.invoices)
    return [
        f"{found.invoices:,}", f"{one.seconds:.1f}", f"{one.seconds / one.baseline_seconds:.1f}",
        f"{one.seconds / one.rows * 1e6:.0f}", f"{one.peak_mb:.0f}", f"{found.megabytes:.0f}",
        f"{found.now:.2f}", f"{found.then:.2f}", f"{per:.2f}",
    ]  # fmt: skip


def main(arguments: list[str]) -> None:
    if arguments[:1] == ["segment"]:
        invoices, number, folder = arguments[1:]
        told: dict[str, Any] = asdict(_segment(int(invoices), int(number), Path(folder)))
        print(json.dumps(told))
        return
    sizes = tuple(int(argument) for argument in arguments) or SIZES
    lake(sizes)
    print("\nReports of rows, as the API and its runs write them")
    report_rows.main([str(size) for size in sizes if size <= WHOLE])


if __name__ == "__main__":
    main(sys.argv[1:])
