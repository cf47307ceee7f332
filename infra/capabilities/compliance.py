"""The law as a calculator, and a watch over the rates it counts with."""

from __future__ import annotations

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch
from constructs import Construct

from infra.parts import grants, schedule
from infra.parts.api import Api
from infra.parts.foundation import Foundation
from infra.parts.function import Function
from kasstroom.settings import METRICS_NAMESPACE, TableSettings


class Compliance(Construct):
    def __init__(self, scope: Construct, id_: str, *, on: Foundation, api: Api) -> None:
        super().__init__(scope, id_)
        self._on = on
        # No table, no secret, no permission but its own log.
        calculations = Function(self, "compliance/api", on=on, timeout_seconds=10)
        api.serves(calculations, "/v1/calculations/{proxy+}")
        self._rates()

    def _rates(self) -> None:
        watch = Function(
            self,
            "compliance/watch_rates",
            on=self._on,
            settings=[TableSettings(table_name=self._on.table.table_name)],
            timeout_seconds=10,
        )
        grants.outbox(watch, self._on.table)
        schedule.run(self, "watching", watch, schedule.each_night(self._on.environment))
        self._on.watch.alarm(
            watch,
            "rates-stale-alarm",
            cloudwatch.Metric(
                namespace=METRICS_NAMESPACE,
                metric_name="RatesStale",
                dimensions_map={"service": watch.name},
                statistic="max",
                period=Duration.days(1),
            ),
            "The statutory interest rates are out of date and interest is provisional: add the"
            " published rows to statutory_rates.py, or move its KNOWN_UNTIL and CHECKED_ON.",
        )
