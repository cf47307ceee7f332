"""The lake in QuickSight: one data source, one data set per table of the nightly export.

On AWS only. QuickSight itself is switched on once by hand (an account, a subscription, and its
access to the lake bucket); the reader named in the environment then finds these data sets.
"""

from __future__ import annotations

from aws_cdk import CfnOutput, Stack
from aws_cdk import aws_quicksight as quicksight
from constructs import Construct

from infra.environments import Environment
from infra.reports import ReportsStack
from kasstroom.reports.lake import PARTITIONS, TABLES, Column, Table, Type

COLUMN_TYPES = {
    Type.STRING: "STRING",
    Type.DATE: "DATETIME",
    Type.TIMESTAMP: "DATETIME",
    Type.BIGINT: "INTEGER",
    Type.AMOUNT: "DECIMAL",
}
MAY_READ_SOURCE = ("DescribeDataSource", "DescribeDataSourcePermissions", "PassDataSource")
MAY_READ_SET = (
    "DescribeDataSet",
    "DescribeDataSetPermissions",
    "PassDataSet",
    "DescribeIngestion",
    "ListIngestions",
)


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
        self._database = reports.database_name
        source = quicksight.CfnDataSource(
            self,
            "source",
            aws_account_id=self.account,
            data_source_id=environment.prefix,
            name=f"Kasstroom {environment.name}",
            type="ATHENA",
            data_source_parameters={"athenaParameters": {"workGroup": reports.workgroup_name}},
            ssl_properties={"disableSsl": False},
            permissions=self._readers(MAY_READ_SOURCE),
        )
        source.add_resource_dependency(reports.workgroup)
        for table in TABLES:
            self._data_set(table, source)
        CfnOutput(self, "QuickSightSource", value=source.attr_arn)

    def _data_set(self, table: Table, source: quicksight.CfnDataSource) -> quicksight.CfnDataSet:
        return quicksight.CfnDataSet(
            self,
            table.name,
            aws_account_id=self.account,
            data_set_id=f"{self._environment.prefix}-{table.name}",
            name=f"{table.name} ({self._environment.name})",
            import_mode="DIRECT_QUERY",
            permissions=self._readers(MAY_READ_SET),
            physical_table_map={
                table.name.replace("_", "-"): {
                    "relationalTable": {
                        "dataSourceArn": source.attr_arn,
                        "catalog": "AwsDataCatalog",
                        "schema": self._database,
                        "name": table.name,
                        "inputColumns": [_column(c) for c in (*table.columns, *PARTITIONS)],
                    }
                }
            },
        )

    def _readers(self, actions: tuple[str, ...]) -> list[dict]:
        reader = self._environment.quicksight_reader
        return [{"principal": reader, "actions": [f"quicksight:{action}" for action in actions]}]


def _column(column: Column) -> dict[str, str]:
    return {"name": column.name, "type": COLUMN_TYPES[column.type]}
