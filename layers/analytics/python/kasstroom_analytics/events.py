"""Events on S3: one Parquet object per organisation, day and batch of messages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import sha256
from typing import Any

from kasstroom.errors import Refused
from kasstroom.reports.lake.events import EVENTS, event_row
from kasstroom.reports.lake.names import Names
from kasstroom.reports.lake.shape import Row
from kasstroom_analytics.columnar import CONTENT_TYPE, parquet_of
from kasstroom_analytics.lake import S3Lake

_UNREADABLE = (KeyError, TypeError, ValueError, Refused)


class EventLake:
    """A batch that comes again is the same object again; single events that come again are told
    twice, and counted once by `kasstroom.reports.lake.events.ONCE`."""

    def __init__(self, lake: S3Lake, bucket: str, names: Names, s3: Any) -> None:
        self._lake = lake
        self._bucket = bucket
        self._names = names
        self._s3 = s3
        self._registered: set[tuple[str, date]] = set()

    def keep(self, envelopes: Mapping[str, Mapping[str, Any]]) -> list[str]:
        """Writes what can be read, and returns the names of what cannot."""
        rows: defaultdict[tuple[str, date], list[Row]] = defaultdict(list)
        unreadable = []
        for name, envelope in envelopes.items():
            try:
                made = event_row(envelope, self._names)
            except _UNREADABLE:
                unreadable.append(name)
                continue
            if made:
                org, day, row = made
                rows[org, day].append(row)
        for (org, day), found in rows.items():
            self._write(org, day, found)
        return unreadable

    def _write(self, org: str, day: date, rows: Iterable[Row]) -> None:
        ordered = sorted(dict.fromkeys(rows), key=lambda row: str(row[0]))
        name = sha256(" ".join(str(row[0]) for row in ordered).encode()).hexdigest()[:32]
        self._s3.put_object(
            Bucket=self._bucket,
            Key=f"{EVENTS.folder(org, day)}{name}.parquet",
            Body=parquet_of(EVENTS, ordered),
            ContentType=CONTENT_TYPE,
        )
        if (org, day) not in self._registered:
            self._lake.register(EVENTS, [org], day)
            self._registered.add((org, day))
