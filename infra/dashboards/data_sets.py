"""Data sets: every table of the lake, to ask questions of, and the subjects of the dashboard, which
are read into memory (SPICE) each night after the export."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from aws_cdk import Stack
from aws_cdk import aws_quicksight as quicksight
from constructs import Construct

from infra.dashboards.security import show_readers_only
from infra.dashboards.source import DATA_CATALOG
from infra.dashboards.subject import Query
from infra.environments import Environment
from kasstroom.reports.lake import Table, Type

Set = quicksight.CfnDataSet
COLUMN_TYPES = {
    Type.STRING: "STRING",
    Type.DATE: "DATETIME",
    Type.TIMESTAMP: "DATETIME",
    Type.BIGINT: "INTEGER",
    Type.AMOUNT: "DECIMAL",
}
IN_MEMORY, ASKED_EACH_TIME = "SPICE", "DIRECT_QUERY"
AFTER_THE_EXPORT = "04:30"
"""In the environment's own time; the export starts at a quarter past two."""


@dataclass(frozen=True)
class Lake:
    """Where data sets read: the data source and the Glue database."""

    source_arn: str
    database: str


@dataclass(frozen=True)
class DataSets:
    """Makes data sets that `permissions` may use and that show what the rules in
    `allowed_by` allow."""

    scope: Construct
    environment: Environment
    lake: Lake
    permissions: list
    allowed_by: Set | None = None

    def table(self, table: Table) -> Set:
        """All columns, asked of Athena each time: the newest night is there at once."""
        columns = ((c.name, c.type) for c in (*table.columns, *table.partitions))
        relation = Set.RelationalTableProperty(
            data_source_arn=self.lake.source_arn,
            catalog=DATA_CATALOG,
            schema=self.lake.database,
            name=table.name,
            input_columns=_columns(columns),
        )
        physical = Set.PhysicalTableProperty(relational_table=relation)
        return self._set(table.name, table.name, physical, ASKED_EACH_TIME)

    def subject(self, query: Query) -> Set:
        """What a dashboard draws, in memory, read again each night."""
        made = self._asked(query, f"Dashboard {query.name}")
        self._again(query.name, made, interval="DAILY", time_of_the_day=AFTER_THE_EXPORT)
        return made

    def rules(self, query: Query) -> Set:
        """Who sees what; shared with nobody."""
        made = self._asked(query, f"Dashboard {query.name}", use_as="RLS_RULES")
        self._again(query.name, made, interval="HOURLY")
        return made

    def _asked(self, query: Query, name: str, **more: Any) -> Set:
        asked = Set.CustomSqlProperty(
            data_source_arn=self.lake.source_arn,
            name=query.name,
            sql_query=query.sql(self.lake.database),
            columns=_columns(query.types.items()),
        )
        physical = Set.PhysicalTableProperty(custom_sql=asked)
        return self._set(f"dashboard-{query.name}", name, physical, IN_MEMORY, **more)

    def _set(self, id_: str, name: str, physical: Any, mode: str, **more: Any) -> Set:
        made = Set(
            self.scope,
            id_,
            aws_account_id=Stack.of(self.scope).account,
            data_set_id=f"{self.environment.prefix}-{id_}",
            name=f"{name} ({self.environment.name})",
            import_mode=mode,
            # A deployment does not fail for a lake that is still empty.
            ingestion_wait_policy=Set.IngestionWaitPolicyProperty(wait_for_spice_ingestion=False),
            permissions=self.permissions or None,
            physical_table_map={id_.replace("_", "-"): physical},
            **more,
        )
        if self.allowed_by:
            show_readers_only(made, self.allowed_by)
        return made

    def _again(self, id_: str, made: Set, **when: str) -> None:
        """Read everything again."""
        q = quicksight.CfnRefreshSchedule
        schedule = q.RefreshScheduleMapProperty(
            schedule_id=f"{self.environment.prefix}-{id_}",
            refresh_type="FULL_REFRESH",
            schedule_frequency=q.ScheduleFrequencyProperty(
                time_zone=self.environment.timezone, **when
            ),
        )
        again = q(
            self.scope,
            f"refresh-{id_}",
            aws_account_id=Stack.of(self.scope).account,
            data_set_id=made.data_set_id,
            schedule=schedule,
        )
        again.add_resource_dependency(made)


def _columns(named: Iterable[tuple[str, Type]]) -> list[Set.InputColumnProperty]:
    return [Set.InputColumnProperty(name=name, type=COLUMN_TYPES[type_]) for name, type_ in named]
