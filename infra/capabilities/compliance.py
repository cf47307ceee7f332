"""The law as a calculator: no table, no secret, no permission but its own log."""

from __future__ import annotations

from constructs import Construct

from infra.parts.api import Api
from infra.parts.foundation import Foundation
from infra.parts.function import Function


class Compliance(Construct):
    def __init__(self, scope: Construct, id_: str, *, on: Foundation, api: Api) -> None:
        super().__init__(scope, id_)
        calculations = Function(self, "compliance/api", on=on, timeout_seconds=10)
        api.serves(calculations, "/v1/calculations/{proxy+}")
