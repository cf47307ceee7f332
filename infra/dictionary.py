"""Writes the data dictionary from the code: what stands in the lake, what it means, how long it is
kept, and how every figure is reckoned.

`python -m infra.dictionary` writes; a contract test compares what is written with what would be.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

from kasstroom.reports.kpi.registry import KPIS
from kasstroom.reports.kpi.registry import TABLES as KPI_TABLES
from kasstroom.reports.lake import CATALOGUE, EXPORT_DAYS, EXPORT_PREFIX, TABLES, Table
from kasstroom.reports.lake.events import ONCE, REASONS_ARE_CODES, WITHHELD_TYPES
from kasstroom.reports.measures import SHAPES

ROOT = Path(__file__).parents[1]
DICTIONARY = ROOT / "events" / "DATA_DICTIONARY.md"

_INTRODUCTION = f"""# Data dictionary

Written from the code by `python -m infra.dictionary` (`make schemas`); a test compares the two.

The lake is S3 with the tables below in Glue; ask in SQL with Athena. Every night at 02:15
(Amsterdam) the books are photographed: a day can be asked for when all of it is written. Always
name the day (`as_of = '2026-11-21'`) and group by `currency`. `*_minor` is exact (minor units,
signed), `*_amount` is the same in whole units.

**Where.** `lake/<table>/org=<organisation>/as_of=<yyyy-mm-dd>/part-<segment>.parquet`. The books
are read in segments side by side, one file per segment that has rows. A second run of a day takes
away everything of the first. CSV for people stands under
`{EXPORT_PREFIX}<organisation>/<yyyy-mm-dd>/<table>-<segment>.csv`, in as many files as there are
segments with rows, for {", ".join(f"`{t.name}`" for t in TABLES if t.for_people)}.

**Who.** A company stands here by its number and name. A natural person (consumers, and owners who
are personally liable: sole traders, partnerships, and whatever the trade register knows as one)
stands here by a token: an HMAC-SHA256 of the debtor's number under a random key of the organisation
that never leaves the books. Names, addresses, phone numbers, e-mail addresses, account numbers and
anything anybody typed are in no table. With the books at hand a token can be found back; with the
lake alone it cannot (pseudonymisation, art. 4(5) GDPR). Invoice numbers stay as the creditor gave
them.

**Erasure and retention.** Who is gone from the books is in no photograph from the next night on.
Earlier photographs go by themselves after the days named per table (S3 lifecycle), CSV after
{EXPORT_DAYS}, answers of Athena after 14; what went or was replaced can be fetched back for 30 days
more. Until then a token remains of the erased person with what it owed and paid, which cannot be
told to be theirs without the key in the books; the figures (`figures`, `kpis`, `cash_forecast`)
name nobody and stay their time.
"""

_EVENTS = f"""An event is here about a minute after it happened, in the day it is about, however
late it came. It can be delivered twice; all its columns come from the event itself, so
`{ONCE}` counts each once. Left out altogether:
{", ".join(f"`{name}`" for name in sorted(WITHHELD_TYPES))}. `reason` is told where it is a code:
{", ".join(f"`{name}`" for name in sorted(REASONS_ARE_CODES))}."""

_MEASURES = """## Measures

A figure is reckoned from cells: whole numbers per measure, currency, day and parts. They are kept
up to date change by change (the table `figures`), counted again from the books every night, and
asked of the other tables in SQL (`kasstroom.reports.lake_sql`): three ways, one answer."""


def dictionary() -> str:
    blocks = [_INTRODUCTION, "## Tables", *(_table(table) for table in CATALOGUE)]
    blocks += [_MEASURES, _measures(), "## KPIs", _kpis(), "## Tables of figures", *_kpi_tables()]
    return "\n\n".join(block.strip() for block in blocks) + "\n"


def _table(table: Table) -> str:
    path = "/".join(f"{column.name}=..." for column in table.partitions)
    notes = _EVENTS if table.name == "events" else ""
    told = f"{table.description}. Kept {table.kept_days} days; partitions `{path}`. {notes}".strip()
    columns = [(f"`{c.name}`", str(c.type), c.means) for c in (*table.columns, *table.partitions)]
    return f"### {table.name}\n\n{told}\n\n{_grid(('column', 'type', 'meaning'), columns)}"


def _measures() -> str:
    rows = [
        (f"`{measure}`", "amount" if shape.money else "count", "by day" if shape.daily else "as it"
         " stands", ", ".join(f"`{part}`" for part in shape.parts), shape.means)
        for measure, shape in SHAPES.items()
    ]  # fmt: skip
    return _grid(("measure", "unit", "when", "parts", "meaning"), rows)


def _kpis() -> str:
    rows = [
        (f"`{one.name}`", f"{one.means.en} ({one.means.nl})", str(one.unit), one.formula,
         one.source, ", ".join(f"`{measure}`" for measure in one.measures))
        for one in KPIS
    ]  # fmt: skip
    return _grid(("KPI", "meaning", "unit", "formula", "source", "measures"), rows)


def _kpi_tables() -> Iterator[str]:
    for one in KPI_TABLES:
        columns = ", ".join(f"`{field.name}`" for field in fields(one.row))
        yield (
            f"### {one.name}: {one.means.en} ({one.means.nl})\n\n{one.formula}. Columns: {columns}."
            f" Source: {one.source}."
        )


def _grid(heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "\n".join(f"| {' | '.join(_cell(value) for value in line)} |" for line in lines)


def _cell(value: str) -> str:
    return value.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    DICTIONARY.write_text(dictionary())
    print(f"{DICTIONARY.relative_to(ROOT)} written")
