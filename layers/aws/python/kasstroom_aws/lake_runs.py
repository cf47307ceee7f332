"""Runs of the nightly export on S3: small objects below `lake/_runs`, where no table stands."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from kasstroom.reports.lake import EXPORT_PREFIX, RUN_PREFIX, TABLES
from kasstroom.reports.lake.ports import Run, Segment

_MOST_DELETED = 1000
"""The most `DeleteObjects` takes."""


class S3Runs:
    """`kasstroom.reports.lake.ports.Runs`; `s3` is a boto3 client. S3 lists what was written a
    moment ago, so the segment that finishes last sees all others."""

    def __init__(self, bucket: str, s3: Any) -> None:
        self._bucket = bucket
        self._s3 = s3

    def begin(self, run: Run) -> None:
        """Earlier runs stop counting first, so that none of them lays down more."""
        earlier = list(self._keys(_day(run.as_of)))
        self._delete(earlier)
        if earlier:
            for prefix in self._written(run.as_of):
                self._delete(list(self._keys(prefix)))
        self._put(_plan(run), {"segments": run.of})

    def is_current(self, run: Run) -> bool:
        return any(self._keys(_plan(run)))

    def done(self, segment: Segment, orgs: Sequence[str]) -> tuple[str, ...] | None:
        run = segment.run
        self._put(f"{_folder(run)}segments/{segment.number:05d}", list(orgs))
        markers = list(self._keys(f"{_folder(run)}segments/"))
        if len(markers) < run.of:
            return None
        return tuple(sorted({org for key in markers for org in self._get(key)}))

    def _written(self, day: date) -> Iterator[str]:
        """Every folder something of that day can stand in."""
        for table in TABLES:
            for org in self._folders(table.prefix):
                yield table.folder(org.removeprefix("org="), day)
        for org in self._folders(EXPORT_PREFIX):
            yield f"{EXPORT_PREFIX}{org}/{day.isoformat()}/"

    def _folders(self, prefix: str) -> Iterator[str]:
        for page in self._pages(Prefix=prefix, Delimiter="/"):
            for found in page.get("CommonPrefixes", ()):
                yield found["Prefix"].removeprefix(prefix).rstrip("/")

    def _keys(self, prefix: str) -> Iterator[str]:
        for page in self._pages(Prefix=prefix):
            for found in page.get("Contents", ()):
                yield found["Key"]

    def _pages(self, **asked: str) -> Iterator[dict[str, Any]]:
        pages: Iterator[dict[str, Any]] = self._s3.get_paginator("list_objects_v2").paginate(
            Bucket=self._bucket, **asked
        )
        return pages

    def _delete(self, keys: list[str]) -> None:
        for start in range(0, len(keys), _MOST_DELETED):
            some = [{"Key": key} for key in keys[start : start + _MOST_DELETED]]
            self._s3.delete_objects(Bucket=self._bucket, Delete={"Objects": some, "Quiet": True})

    def _put(self, key: str, content: Any) -> None:
        body = json.dumps(content).encode()
        self._s3.put_object(Bucket=self._bucket, Key=key, Body=body, ContentType="application/json")

    def _get(self, key: str) -> list[str]:
        found: list[str] = json.loads(
            self._s3.get_object(Bucket=self._bucket, Key=key)["Body"].read()
        )
        return found


def _day(day: date) -> str:
    return f"{RUN_PREFIX}as_of={day.isoformat()}/"


def _folder(run: Run) -> str:
    return f"{_day(run.as_of)}{run.id}/"


def _plan(run: Run) -> str:
    return f"{_folder(run)}plan"
