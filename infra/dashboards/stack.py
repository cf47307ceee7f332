"""QuickSight: the lake as data sets, and a dashboard over it that every reader sees his part of.

On AWS only. QuickSight itself is switched on once by hand (an account with the Enterprise edition,
for row-level security); then `-c quicksight_reader=<ARN of a group or user>` is all it takes. Which
organisations that reader sees, says the list of `infra.dashboards.security`.
"""

from __future__ import annotations

from aws_cdk import CfnOutput, Stack
from aws_cdk import aws_quicksight as quicksight
from constructs import Construct

from infra.dashboards.data_sets import DataSets, Lake
from infra.dashboards.definition import definition
from infra.dashboards.security import (
    READERS_FILE,
    RULES,
    readers_table,
)
from infra.dashboards.source import data_source
from infra.dashboards.subjects import SUBJECTS
from infra.dashboards.theme import MAY_SEE as MAY_SEE_THEME
from infra.dashboards.theme import theme
from infra.dashboards.visuals import ANALYSIS, DASHBOARD
from infra.environments import Environment
from infra.parts.checklist import accept
from infra.reports import ReportsStack
from kasstroom.reports.lake import CATALOGUE

MAY_READ_SOURCE = ("DescribeDataSource", "DescribeDataSourcePermissions", "PassDataSource")
MAY_READ_SET = (
    "DescribeDataSet",
    "DescribeDataSetPermissions",
    "PassDataSet",
    "DescribeIngestion",
    "ListIngestions",
)
MAY_READ_DASHBOARD = ("DescribeDashboard", "ListDashboardVersions", "QueryDashboard")
OWNS_ANALYSIS = (
    "RestoreAnalysis",
    "UpdateAnalysisPermissions",
    "DeleteAnalysis",
    "DescribeAnalysisPermissions",
    "QueryAnalysis",
    "DescribeAnalysis",
    "UpdateAnalysis",
)
WHOSE_PARAMETERS = "What stands in ${} is a parameter of QuickSight, chosen by the reader."


class DashboardsStack(Stack):
    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        environment: Environment,
        reports: ReportsStack,
        **stack,
    ) -> None:
        super().__init__(scope, id_, **stack)
        self._environment = environment
        source = data_source(self, environment, reports, self._may(MAY_READ_SOURCE))
        lake = Lake(source.attr_arn, reports.database_name)
        readers = readers_table(self, reports)
        rules = DataSets(self, environment, lake, []).rules(RULES)
        rules.add_resource_dependency(readers)
        sets = DataSets(self, environment, lake, self._may(MAY_READ_SET), rules)
        for table in CATALOGUE:
            sets.table(table)
        arns = {subject: sets.subject(subject).attr_arn for subject in SUBJECTS}
        self._shown(arns)
        CfnOutput(self, "QuickSightSource", value=source.attr_arn)
        CfnOutput(
            self,
            "DashboardReaders",
            value=f"s3://{reports.bucket.bucket_name}/{READERS_FILE}",
            description="Who sees which organisation: user,group,organisation",
        )

    def _shown(self, arns: dict) -> None:
        """The dashboard for who reads, the analysis for who wants to build on it."""
        place = self._environment
        look = theme(self, place.prefix, self.account, self._may(MAY_SEE_THEME))
        named = {"aws_account_id": self.account, "name": f"Kasstroom {place.name}"}
        dashboard = quicksight.CfnDashboard(
            self,
            "dashboard",
            dashboard_id=place.prefix,
            theme_arn=look.attr_arn,
            permissions=self._may(MAY_READ_DASHBOARD),
            definition=DASHBOARD.DashboardVersionDefinitionProperty(
                **definition(DASHBOARD, arns, place)
            ),
            **named,
        )
        analysis = quicksight.CfnAnalysis(
            self,
            "analysis",
            analysis_id=place.prefix,
            theme_arn=look.attr_arn,
            permissions=self._may(OWNS_ANALYSIS, place.quicksight_author) or None,
            definition=quicksight.CfnAnalysis.AnalysisDefinitionProperty(
                **definition(ANALYSIS, arns, place)
            ),
            **named,
        )
        for shown in (dashboard, analysis):
            accept(shown, "CloudFormation-Validate::E1029", WHOSE_PARAMETERS)
        CfnOutput(self, "Dashboard", value=dashboard.attr_arn)

    def _may(self, actions: tuple[str, ...], who: str | None = None) -> list[dict]:
        """Permissions of the reader, or of `who`; nobody: none."""
        principal = self._environment.quicksight_reader if who is None else who
        permission = {
            "principal": principal,
            "actions": [f"quicksight:{action}" for action in actions],
        }
        return [permission] if principal else []
