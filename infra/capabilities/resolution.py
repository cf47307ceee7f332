"""What debtors answer: paid already, cannot pay, does not agree; and the people who read it."""

from __future__ import annotations

from constructs import Construct

from infra.parts import grants
from infra.parts.api import Api
from infra.parts.foundation import Foundation
from infra.parts.function import Function
from kasstroom.settings import PublicSettings, TableSettings


class Resolution(Construct):
    def __init__(
        self, scope: Construct, id_: str, *, on: Foundation, api: Api, public_url: str
    ) -> None:
        super().__init__(scope, id_)
        knows_table = TableSettings(table_name=on.table.table_name)
        staff = Function(self, "resolution/api", on=on, settings=[knows_table])
        grants.books(staff, on.table)
        for resource in ("disputes", "replies"):
            api.serves(staff, f"/v1/{resource}", f"/v1/{resource}/{{proxy+}}")

        page = Function(
            self,
            "resolution/reply_page",
            on=on,
            settings=[knows_table, PublicSettings(public_url=public_url)],
            layers=["pages"],
            memory_mb=1024,
        )
        grants.books(page, on.table)
        answers = ("paid", "cannot-pay", "disagree")
        api.opens(
            page, *(f"{m} /p/{{token}}/{a}" for m in ("GET", "HEAD", "POST") for a in answers)
        )
