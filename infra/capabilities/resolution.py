"""What debtors do not agree with."""

from __future__ import annotations

from constructs import Construct

from infra.parts import grants
from infra.parts.api import Api
from infra.parts.foundation import Foundation
from infra.parts.function import Function
from kasstroom.settings import TableSettings


class Resolution(Construct):
    def __init__(self, scope: Construct, id_: str, *, on: Foundation, api: Api) -> None:
        super().__init__(scope, id_)
        knows_table = TableSettings(table_name=on.table.table_name)
        disputes = Function(self, "resolution/api", on=on, settings=[knows_table])
        grants.books(disputes, on.table)
        api.serves(disputes, "/v1/disputes", "/v1/disputes/{proxy+}")
