"""A lake in a folder: what the export would upload lies there under its keys, and DuckDB, which is
what the embedded AWS answers Athena with, reads it."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kasstroom.reports.lake import CATALOGUE, Table, Type

ROOT = Path(__file__).parents[1]
DUCKDB = ROOT / ".local" / "embedded-aws" / "bin" / "python"
_DUCK_TYPES = {
    Type.STRING: "VARCHAR", Type.DATE: "DATE", Type.TIMESTAMP: "TIMESTAMP", Type.BIGINT: "BIGINT",
    Type.AMOUNT: "DECIMAL(20,4)",
}  # fmt: skip
_ASK = """
import json, sys, time, duckdb
asked = json.load(sys.stdin)
con = duckdb.connect()
for view in asked["views"]:
    con.execute(view)
answers = {}
for name, sql in asked["questions"].items():
    began = time.perf_counter()
    rows = con.execute(sql).fetchall()
    answers[name] = {"rows": rows, "seconds": time.perf_counter() - began}
json.dump(answers, sys.stdout, default=str)
"""


class FolderS3:
    """The two calls of an S3 client that `S3Lake` makes, on a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def upload_file(self, file: str, bucket: str, key: str, ExtraArgs: Any) -> None:
        target = self.folder / key
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(file, target)

    def delete_objects(self, Bucket: str, Delete: Any) -> None:
        for found in Delete["Objects"]:
            (self.folder / found["Key"]).unlink(missing_ok=True)


def ask(folder: Path, questions: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """By name: `rows` and `seconds`. Dates and amounts come back as text."""
    views = [_view(folder, table) for table in CATALOGUE]
    done = subprocess.run(
        [DUCKDB, "-c", _ASK], input=json.dumps({"views": views, "questions": dict(questions)}),
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    answers: dict[str, dict[str, Any]] = json.loads(done.stdout)
    return answers


def _view(folder: Path, table: Table) -> str:
    """As the embedded AWS makes it: the columns of the path are text."""
    if not (folder / table.prefix).exists():
        columns = (*table.columns, *table.partitions)
        empty = ", ".join(f"CAST(NULL AS {_DUCK_TYPES[c.type]}) AS {c.name}" for c in columns)
        return f"CREATE VIEW {table.name} AS SELECT * FROM (SELECT {empty}) WHERE false"
    types = ", ".join(f"'{column.name}': VARCHAR" for column in table.partitions)
    return (
        f"CREATE VIEW {table.name} AS SELECT * FROM read_parquet("
        f"'{folder / table.prefix}/**/*.parquet', hive_partitioning = true,"
        f" hive_types = {{{types}}}, union_by_name = true)"
    )
