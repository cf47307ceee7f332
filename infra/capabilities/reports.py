"""What finance looks at: every night the books are written to the lake."""

from __future__ import annotations

from constructs import Construct

from infra.parts import grants, schedule
from infra.parts.foundation import Foundation
from infra.parts.function import Function
from infra.reports import ReportsStack
from kasstroom.reports.lake import EXPORT_PREFIX, LAKE_PREFIX, TABLES
from kasstroom.settings import LakeSettings, TableSettings


class Reports(Construct):
    def __init__(self, scope: Construct, id_: str, *, on: Foundation, lake: ReportsStack) -> None:
        super().__init__(scope, id_)
        export = Function(
            self,
            "reports/export_lake",
            on=on,
            settings=[
                TableSettings(table_name=on.table.table_name),
                LakeSettings(
                    lake_bucket=lake.bucket.bucket_name,
                    glue_database=lake.database_name,
                    athena_workgroup=lake.workgroup_name,
                ),
            ],
            layers=["analytics"],
            timeout_seconds=900,
            memory_mb=2048,
            scratch_mb=4096,
        )
        grants.whole_table(export, on.table)
        for prefix in (LAKE_PREFIX, EXPORT_PREFIX):
            grants.new_objects(export, lake.bucket, prefix)
        grants.partitions(export, lake.database_name, [table.name for table in TABLES])
        schedule.run(self, "nightly", export, schedule.each_night(on.environment))
