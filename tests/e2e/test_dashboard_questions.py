"""What QuickSight will ask of Athena, asked of the deployed lake: every question is understood."""

from __future__ import annotations

import pytest

from infra.dashboards.subjects import SUBJECTS
from kasstroom_analytics.athena import ask


@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda subject: subject.name)
def test_athena_answers_the_dashboard(told, stage, subject):
    outputs = stage.environment.outputs
    database = outputs["GlueDatabase"]
    answer = ask(
        stage.environment.aws("athena"),
        f"SELECT count(*) AS n FROM ({subject.sql(database)}) asked",
        outputs["AthenaWorkgroup"],
        database,
    )
    assert [set(row) for row in answer] == [{"n"}]
