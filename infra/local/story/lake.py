"""Scene: finance asks the lake how the cash flows."""

from __future__ import annotations

from infra.local.story.stage import Stage
from kasstroom.time import day_of

# Amounts as text: the embedded AWS cannot keep a decimal answer over a restart.
AGEING = """
SELECT debtor, bucket, count(*) AS items,
       cast(cast(sum(open_minor) / 100.0 AS decimal(20, 2)) AS varchar) AS open_amount
FROM open_items WHERE as_of = '{as_of}' AND org = '{org}'
GROUP BY debtor, bucket ORDER BY debtor, bucket
"""


def play(stage: Stage) -> None:
    from kasstroom_analytics.athena import ask

    stage.say.scene("Finance looks at the figures")
    written = stage.environment.invoke("reports/export_lake")
    stage.say.done(f"The nightly export wrote {len(written['keys'])} files to the lake")
    outputs = stage.environment.outputs
    as_of = day_of(stage.environment.clock.now()).isoformat()
    answer = ask(
        stage.environment.aws("athena"),
        AGEING.format(as_of=as_of, org=stage.access.org),
        outputs["AthenaWorkgroup"],
        outputs["GlueDatabase"],
    )
    stage.say.note(f"Athena, open items of {as_of} by age:")
    stage.expect(bool(answer), "Athena found no open items in the lake.")
    stage.say.table(list(answer[0]), [list(row.values()) for row in answer])
