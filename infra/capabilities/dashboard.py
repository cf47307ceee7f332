"""The dashboard for staff, and the lists behind its figures; the charts library comes from our own
bucket."""

from __future__ import annotations

from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_s3_assets as assets
from constructs import Construct

from infra.environments import ROOT
from infra.parts import grants
from infra.parts.api import Api
from infra.parts.foundation import Foundation
from infra.parts.function import Function
from kasstroom.settings import ChartSettings, FigureSettings, TableSettings

CHARTS = "node_modules/chart.js/dist/chart.umd.min.js"


class Dashboard(Construct):
    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        on: Foundation,
        api: Api,
        figures: dynamodb.TableV2,
    ) -> None:
        super().__init__(scope, id_)
        library = assets.Asset(self, "charts", path=str(ROOT / CHARTS))
        page = Function(
            self,
            "work/dashboard_page",
            on=on,
            settings=[
                TableSettings(table_name=on.table.table_name),
                FigureSettings(figure_table=figures.table_name),
                ChartSettings(chart_bucket=library.s3_bucket_name, chart_key=library.s3_object_key),
            ],
            layers=["pages"],
            memory_mb=1024,
        )
        # Sessions note their last use: the books are written to by whoever comes in.
        grants.books(page, on.table)
        grants.read_books(page, figures)
        grants.allow(page, "s3:GetObject", on=library.bucket.arn_for_objects(library.s3_object_key))
        api.opens(
            page,
            "GET /desk/dashboard",
            "GET /desk/dashboard/figures",
            "GET /desk/dashboard/risks",
            "GET /desk/lists/{name}",
            "GET /desk/assets/{name}",
        )
