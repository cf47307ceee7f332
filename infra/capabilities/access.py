"""Who may call: an API key opens its own organisation's routes and no other's."""

from __future__ import annotations

from constructs import Construct

from infra.parts import grants
from infra.parts.api import Api
from infra.parts.foundation import Foundation
from infra.parts.function import Function
from kasstroom.settings import TableSettings


class Access(Construct):
    def __init__(self, scope: Construct, id_: str, *, on: Foundation, api: Api) -> None:
        super().__init__(scope, id_)
        authorize = Function(
            self,
            "access/authorize_key",
            on=on,
            settings=[TableSettings(table_name=on.table.table_name)],
            timeout_seconds=5,
        )
        grants.one_item(authorize, on.table)
        api.guarded_by(authorize)
