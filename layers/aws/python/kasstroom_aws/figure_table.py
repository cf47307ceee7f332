"""The figures in a DynamoDB table of their own: sheets of cells, and what is remembered of each
source, moved together in one transaction."""

from __future__ import annotations

import random
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

from kasstroom.errors import Conflict, Unavailable
from kasstroom.reports.figure_store import Count, Seen
from kasstroom.reports.measures import SHAPES, Cell, Measure
from kasstroom.reports.sheet import KeptSheet, Sheet, by_sheet, difference
from kasstroom.settings import FigureSettings
from kasstroom_aws import figure_items as items
from kasstroom_aws.clients import client
from kasstroom_aws.figure_packs import LARGEST_TRANSACTION, Pack, packs

SHEETS_AT_ONCE = LARGEST_TRANSACTION - 1
"""The one is the source."""
QUERIES_AT_ONCE = 8
ATTEMPTS = 8


class FigureTable:
    """`kasstroom.reports.figure_store.FigureLedger` on DynamoDB."""

    def __init__(self, settings: FigureSettings) -> None:
        self._table = settings.figure_table

    def cells(
        self, org: str, measures: Collection[Measure], since: date | None = None
    ) -> dict[Cell, int]:
        """One query per measure, several at a time: a page asks for twenty."""
        first = since.isoformat() if since else ""

        def of(measure: Measure) -> list[KeptSheet]:
            start = first if SHAPES[measure].daily else ""
            found = self._query(items.sheets_pk(org, measure), start)
            return [items.kept_sheet(item) for item in found]

        with ThreadPoolExecutor(QUERIES_AT_ONCE) as pool:
            sheets = [sheet for many in pool.map(of, measures) for sheet in many]
        return {cell: value for sheet in sheets for cell, value in sheet.cells.items()}

    def seen(self, org: str, source: str) -> Seen:
        item = self._ask(
            "get_item",
            TableName=self._table,
            Key=items.source_key(org, source),
            ConsistentRead=True,
        )
        return items.seen(item["Item"]) if "Item" in item else Seen()

    def count(self, org: str, source: str, before: Seen, after: Mapping[Cell, int]) -> None:
        """A source that moves more sheets than one transaction holds is counted in several: with
        each it is remembered what was counted so far. After a crash in between nothing was counted
        twice, and the next count of the source adds what is missing."""
        for cells in _steps(before.cells, after):
            moved = by_sheet(difference(cells, before.cells))
            self._write([self._put(org, source, before, cells), *self._updates(org, moved)])
            before = Seen(before.revision + 1, cells)

    def seen_all(self, org: str, sources: Collection[str]) -> dict[str, Seen]:
        found = dict.fromkeys(sources, Seen())
        names = list(sources)
        for first in range(0, len(names), LARGEST_TRANSACTION):
            keys = [items.source_key(org, n) for n in names[first : first + LARGEST_TRANSACTION]]
            wanted = {self._table: {"Keys": keys, "ConsistentRead": True}}
            while wanted:
                answer = self._ask("batch_get_item", RequestItems=wanted)
                found |= {
                    items.source_name(item): items.seen(item)
                    for item in answer["Responses"][self._table]
                }
                wanted = answer.get("UnprocessedKeys")
        return found

    def count_all(self, org: str, counts: Sequence[Count]) -> list[str]:
        """As many sources in one transaction as fit; when it is refused, each by itself."""
        return [name for pack in packs(counts) for name in self._counted(org, pack)]

    def _counted(self, org: str, pack: Pack) -> list[str]:
        try:
            if len(pack.counts) > 1:
                puts = [self._put(org, one.source, one.before, one.after) for one in pack.counts]
                self._write([*puts, *self._updates(org, pack.sheets)])
                return []
        except Conflict:
            pass
        refused = []
        for one in pack.counts:
            try:
                self.count(org, one.source, one.before, one.after)
            except Conflict:
                refused.append(one.source)
        return refused

    def counted(self, org: str, debtor: str = "") -> Iterator[tuple[str, Seen]]:
        for place in items.source_places(org, debtor):
            for item in self._query(*place):
                yield items.source_name(item), items.seen(item)

    def sheets(self, org: str) -> list[KeptSheet]:
        return [
            items.kept_sheet(item)
            for measure in Measure
            for item in self._query(items.sheets_pk(org, measure))
        ]

    def put_right(self, org: str, kept: KeptSheet, cells: Mapping[Cell, int]) -> None:
        changed = difference(cells, kept.cells)
        update = items.sheet_update(self._table, org, kept.sheet, changed)
        self._write([{"Update": items.unless_moved(update, kept.moved)}])

    def _put(
        self, org: str, source: str, before: Seen, after: Mapping[Cell, int]
    ) -> dict[str, Any]:
        put = items.source_put(self._table, org, source, before.revision, after)
        return {"Put": put}

    def _updates(self, org: str, moved: Mapping[Sheet, Mapping[Cell, int]]) -> list[dict[str, Any]]:
        return [{"Update": items.sheet_update(self._table, org, *one)} for one in moved.items()]

    def _write(self, actions: list[dict[str, Any]]) -> None:
        """Sheets that others write at this moment are tried again: adding knows no order."""
        from botocore.exceptions import BotoCoreError, ClientError

        for attempt in range(ATTEMPTS):
            try:
                client("dynamodb").transact_write_items(TransactItems=actions)
                return
            except BotoCoreError as error:
                raise _unavailable(error) from error
            except ClientError as error:
                reasons = [one["Code"] for one in error.response.get("CancellationReasons", ())]
                if "ConditionalCheckFailed" in reasons:
                    detail = "Somebody else counted this meanwhile; read it again."
                    raise Conflict("counted_meanwhile", detail) from error
                if "TransactionConflict" not in reasons or attempt == ATTEMPTS - 1:
                    raise _unavailable(error) from error
            time.sleep(random.uniform(0.005, 0.02) * 2**attempt)  # noqa: S311

    def _query(self, pk: str, start: str = "", end: str = "") -> Iterator[dict[str, Any]]:
        more: dict[str, Any] = {}
        while True:
            request = items.within(pk, start, end) | more
            answer = self._ask("query", TableName=self._table, ConsistentRead=True, **request)
            yield from answer["Items"]
            if "LastEvaluatedKey" not in answer:
                return
            more = {"ExclusiveStartKey": answer["LastEvaluatedKey"]}

    def _ask(self, operation: str, **request: Any) -> dict[str, Any]:
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            found = getattr(client("dynamodb"), operation)(**request)
        except (BotoCoreError, ClientError) as error:
            raise _unavailable(error) from error
        return dict(found)


def _steps(before: Mapping[Cell, int], after: Mapping[Cell, int]) -> Iterator[dict[Cell, int]]:
    """What the source is counted with after each transaction; the last is `after`."""
    moved = list(by_sheet(difference(after, before)).values())
    cells = dict(before)
    while len(moved) > SHEETS_AT_ONCE:
        for sheet in moved[:SHEETS_AT_ONCE]:
            for cell in sheet:
                cells[cell] = after.get(cell, 0)
        yield dict(cells)
        moved = moved[SHEETS_AT_ONCE:]
    yield dict(after)


def _unavailable(error: Exception) -> Unavailable:
    return Unavailable("figures_unavailable", f"The figures cannot be reached now ({error}).")
