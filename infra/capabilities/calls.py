"""Calls that colleagues make."""

from __future__ import annotations

from constructs import Construct

from infra.parts import grants
from infra.parts.api import Api
from infra.parts.foundation import Foundation
from infra.parts.function import Function
from kasstroom.settings import TableSettings


class Calls(Construct):
    def __init__(self, scope: Construct, id_: str, *, on: Foundation, api: Api) -> None:
        super().__init__(scope, id_)
        knows_table = TableSettings(table_name=on.table.table_name)
        calls = Function(self, "messages/calls_api", on=on, settings=[knows_table], memory_mb=1024)
        grants.books(calls, on.table)
        api.serves(calls, "/v1/call-tasks", "/v1/call-tasks/{proxy+}")
