"""What messages say in an organisation's own words."""

from __future__ import annotations

from constructs import Construct

from infra.parts import grants
from infra.parts.api import Api
from infra.parts.foundation import Foundation
from infra.parts.function import Function
from kasstroom.settings import PublicSettings, TableSettings


class MessageTemplates(Construct):
    """With the layer that writes messages: a text is tried before it is kept."""

    def __init__(
        self, scope: Construct, id_: str, *, on: Foundation, api: Api, public_url: str
    ) -> None:
        super().__init__(scope, id_)
        texts = Function(
            self,
            "messages/templates_api",
            on=on,
            settings=[
                TableSettings(table_name=on.table.table_name),
                PublicSettings(public_url=public_url),
            ],
            layers=["pages"],
        )
        grants.books(texts, on.table)
        api.serves(texts, "/v1/templates", "/v1/templates/{proxy+}")
