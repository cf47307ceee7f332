"""Who owes us, and the whole story of one debtor."""

from __future__ import annotations

from constructs import Construct

from infra.parts import grants
from infra.parts.api import Api
from infra.parts.foundation import Foundation
from infra.parts.function import Function
from kasstroom.settings import TableSettings


class Debtors(Construct):
    def __init__(self, scope: Construct, id_: str, *, on: Foundation, api: Api) -> None:
        super().__init__(scope, id_)
        debtors = Function(
            self,
            "debtors/api",
            on=on,
            settings=[TableSettings(table_name=on.table.table_name)],
        )
        grants.books(debtors, on.table)
        api.serves(debtors, "/v1/debtors", "/v1/debtors/{proxy+}")

        statement = Function(
            self,
            "debtors/statement_pdf",
            on=on,
            settings=[TableSettings(table_name=on.table.table_name)],
            layers=["pages", "letters"],
            memory_mb=1024,
        )
        grants.read_books(statement, on.table)
        api.serves(statement, "/v1/debtors/{number}/statement.pdf")
