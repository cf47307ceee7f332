"""A buyer asks for credit: the link, the form behind it, and what became of it."""

from __future__ import annotations

from constructs import Construct

from infra.parts import grants, schedule
from infra.parts.api import Api
from infra.parts.foundation import Foundation
from infra.parts.function import Function
from kasstroom.settings import PublicSettings, TableSettings


class Applications(Construct):
    def __init__(
        self, scope: Construct, id_: str, *, on: Foundation, api: Api, public_url: str
    ) -> None:
        super().__init__(scope, id_)
        knows_table = TableSettings(table_name=on.table.table_name)
        knows_public = PublicSettings(public_url=public_url)
        applications = Function(
            self,
            "applications/api",
            on=on,
            settings=[knows_table, knows_public],
            layers=["partners"],
        )
        grants.books(applications, on.table)
        api.serves(
            applications,
            "/v1/credit-applications",
            "/v1/credit-applications/{proxy+}",
            "/v1/credit-application-terms",
        )

        page = Function(
            self,
            "applications/form_page",
            on=on,
            settings=[knows_table, knows_public],
            layers=["pages", "partners"],
            memory_mb=1024,
        )
        grants.books(page, on.table)
        api.opens(
            page,
            "GET /apply/{token}",
            "HEAD /apply/{token}",
            "POST /apply/{token}",
            "POST /apply/{token}/withdraw",
        )

        expire = Function(
            self,
            "applications/expire",
            on=on,
            settings=[knows_table],
            timeout_seconds=120,
        )
        grants.books(expire, on.table)
        grants.due_work(expire, on.table)
        schedule.run(self, "expiry", expire, schedule.every_few_minutes(on.environment))
