"""What is owed: open items, credit notes, write-offs."""

from __future__ import annotations

from constructs import Construct

from infra.parts import grants
from infra.parts.api import Api
from infra.parts.foundation import Foundation
from infra.parts.function import Function
from kasstroom.settings import TableSettings


class Invoices(Construct):
    def __init__(self, scope: Construct, id_: str, *, on: Foundation, api: Api) -> None:
        super().__init__(scope, id_)
        invoices = Function(
            self,
            "invoices/api",
            on=on,
            settings=[TableSettings(table_name=on.table.table_name)],
        )
        grants.books(invoices, on.table)
        api.serves(invoices, "/v1/invoices", "/v1/invoices/{proxy+}")
