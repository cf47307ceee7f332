"""The desk: what waits for a person, by API and as pages behind a personal key."""

from __future__ import annotations

from constructs import Construct

from infra.parts import grants
from infra.parts.api import Api
from infra.parts.foundation import Foundation
from infra.parts.function import Function
from kasstroom.settings import TableSettings


class Work(Construct):
    def __init__(self, scope: Construct, id_: str, *, on: Foundation, api: Api) -> None:
        super().__init__(scope, id_)
        knows_table = TableSettings(table_name=on.table.table_name)
        reviews = Function(self, "work/reviews_api", on=on, settings=[knows_table], memory_mb=1024)
        grants.books(reviews, on.table)
        api.serves(reviews, "/v1/credit-reviews", "/v1/credit-reviews/{proxy+}")

        desk = Function(
            self,
            "work/desk_page",
            on=on,
            settings=[knows_table],
            layers=["pages"],
            memory_mb=1024,
        )
        grants.books(desk, on.table)
        api.opens(
            desk,
            "GET /desk",
            "GET /desk/login",
            "POST /desk/login",
            "POST /desk/logout",
            "GET /desk/reviews/{id}",
            "POST /desk/reviews/{id}",
        )

        money = Function(
            self,
            "work/money_page",
            on=on,
            settings=[knows_table],
            layers=["pages"],
            memory_mb=1024,
        )
        grants.books(money, on.table)
        api.opens(
            money,
            "GET /desk/money",
            "GET /desk/money/lines/{id}",
            "POST /desk/money/lines/{id}",
            "GET /desk/money/payments/{id}",
            "POST /desk/money/payments/{id}",
            "GET /desk/money/differences/{id}",
            "POST /desk/money/differences/{id}",
            "GET /desk/money/days/{on}",
        )
