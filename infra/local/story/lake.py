"""Scene: finance asks the lake how the cash flows, and whether it says what the books say."""

from __future__ import annotations

from datetime import date
from typing import Any

from infra.local.story.stage import Stage
from kasstroom.reports.lake_sql import disagreeing_sql
from kasstroom.time import day_of

# Amounts as text: the embedded AWS cannot keep a decimal answer over a restart.
AGEING = """
SELECT bucket, count(DISTINCT debtor) AS debtors, count(*) AS items,
       cast(cast(sum(open_minor) / 100.0 AS decimal(20, 2)) AS varchar) AS open_amount
FROM open_items WHERE as_of = '{as_of}' AND org = '{org}'
GROUP BY bucket ORDER BY bucket
"""


def play(stage: Stage) -> dict[str, Any]:
    """How many rows were photographed, and Athena's answer about them."""
    written = stage.environment.invoke("reports/export_lake")
    stage.expect(written["complete"], "The nightly export is not complete.")
    stage.say.done(f"The nightly export wrote {written['rows']} rows to the lake")
    as_of = day_of(stage.environment.clock.now())
    answer = questioned(stage, AGEING.format(as_of=as_of.isoformat(), org=stage.access.org))
    stage.say.note(f"Athena, open items of {as_of} by age:")
    stage.expect(bool(answer), "Athena found no open items in the lake.")
    stage.say.table(list(answer[0]), [list(row.values()) for row in answer])
    _agrees(stage, as_of)
    return {"rows": written["rows"], "open_items": answer, "files": _files(stage)}


def _agrees(stage: Stage, as_of: date) -> None:
    """Every figure twice: kept up change by change, and asked of the photograph in SQL."""
    differing = questioned(stage, disagreeing_sql(stage.access.org, as_of))
    stage.expect(not differing, f"The figures and the lake disagree: {differing[:3]}.")
    stage.say.done("Every figure of the dashboard is what Athena counts from the photograph")


def _files(stage: Stage) -> list[str]:
    bucket = stage.environment.outputs["LakeBucket"]
    pages = stage.environment.aws("s3").get_paginator("list_objects_v2").paginate(Bucket=bucket)
    return [item["Key"] for page in pages for item in page.get("Contents", [])]


def questioned(stage: Stage, sql: str) -> list[dict[str, Any]]:
    """The rows of a SELECT on the lake."""
    from kasstroom_analytics.athena import ask

    outputs = stage.environment.outputs
    athena = stage.environment.aws("athena")
    return ask(athena, sql, outputs["AthenaWorkgroup"], outputs["GlueDatabase"])
