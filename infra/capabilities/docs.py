"""The public contract and its try-out page."""

from __future__ import annotations

from constructs import Construct

from infra.parts.api import Api
from infra.parts.foundation import Foundation
from infra.parts.function import Function


class Docs(Construct):
    def __init__(self, scope: Construct, id_: str, *, on: Foundation, api: Api) -> None:
        super().__init__(scope, id_)
        docs = Function(self, "docs/api", on=on, layers=["pages"], timeout_seconds=10)
        api.opens(docs, "GET /openapi.json", "GET /docs", "GET /docs/{file}")
