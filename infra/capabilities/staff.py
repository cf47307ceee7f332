"""People with an account sign in at the desk: Cognito's pages, and the way there and back."""

from __future__ import annotations

from constructs import Construct

from infra.parts import grants
from infra.parts.api import Api
from infra.parts.foundation import Foundation
from infra.parts.function import Function
from infra.parts.staff_pool import StaffPool
from kasstroom.settings import PublicSettings, StaffSettings, TableSettings

BACK, LEFT = "/desk/signed-in", "/desk/signed-out"


class Staff(Construct):
    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        on: Foundation,
        api: Api,
        pool: StaffPool,
        public_url: str,
    ) -> None:
        super().__init__(scope, id_)
        sign_in = Function(
            self,
            "access/sign_in",
            on=on,
            settings=[
                TableSettings(table_name=on.table.table_name),
                PublicSettings(public_url=public_url),
                StaffSettings(
                    staff_sign_in_url=pool.sign_in_url,
                    staff_issuer=pool.issuer,
                    staff_keys_url=pool.keys_url,
                    staff_client_id=pool.client(self, public_url, BACK, LEFT),
                ),
            ],
            layers=["pages"],
            timeout_seconds=20,
            memory_mb=1024,
        )
        grants.books(sign_in, on.table)
        api.opens(sign_in, "GET /desk/sign-in", f"GET {BACK}", "GET /desk/sign-out", f"GET {LEFT}")
