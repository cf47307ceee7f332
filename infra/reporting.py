"""What finance and the desk look at: one line per capability."""

from __future__ import annotations

from infra.capabilities.dashboard import Dashboard
from infra.capabilities.figures import Figures
from infra.capabilities.report_api import ReportApi
from infra.capabilities.reports import Reports
from infra.data import DataStack
from infra.parts.foundation import Foundation
from infra.reports import ReportsStack
from infra.service import Beside, ServiceStack


class ReportingStack(Beside):
    """Reads the books, the figures kept beside them, and the lake."""

    def __init__(self, scope, id_: str, *, reports: ReportsStack, **stack) -> None:
        self._lake = reports
        super().__init__(scope, id_, **stack)

    def build(self, on: Foundation, data: DataStack, service: ServiceStack) -> None:
        Figures(self, "figures", on=on, figures=data.figures)
        Dashboard(self, "dashboard", on=on, api=service.api, figures=data.figures)
        Reports(self, "reports", on=on, lake=self._lake, bus=service.bus, figures=data.figures)
        ReportApi(
            self, "report-api", on=on, api=service.api, channels=service.channels,
            figures=data.figures, lake=self._lake,
        )  # fmt: skip
