"""Credit insurance: covers, claims, what the insurer has to know, and a reserve of our own."""

from __future__ import annotations

from constructs import Construct

from infra.parts import grants, schedule
from infra.parts.api import Api
from infra.parts.foundation import Foundation
from infra.parts.function import Function
from kasstroom.settings import InsurerSettings, PublicSettings, TableSettings


class Insurance(Construct):
    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        on: Foundation,
        api: Api,
        public_url: str,
        provider_secret: str,
    ) -> None:
        super().__init__(scope, id_)
        self._on, self._api, self._secret = on, api, provider_secret
        self._knows_table = TableSettings(table_name=on.table.table_name)
        self._knows_insurer = InsurerSettings(
            provider_secret=provider_secret, insurer_url=on.environment.insurer_url
        )
        self._doors()
        self._watch()
        self._poll(PublicSettings(public_url=public_url))
        self._webhook()

    def _doors(self) -> None:
        covers = self._function("api", timeout_seconds=29)
        claims = self._function("claims_api", timeout_seconds=29)
        doors = {covers: ("insurance-policies", "covers")}
        doors[claims] = ("overdue-notifications", "claims", "self-insurance")
        for function, resources in doors.items():
            for resource in resources:
                self._api.serves(function, f"/v1/{resource}", f"/v1/{resource}/{{proxy+}}")

    def _watch(self) -> None:
        watch = self._function("watch_covers", timeout_seconds=300)
        grants.due_work(watch, self._on.table)
        schedule.run(self, "watching", watch, schedule.every_few_minutes(self._on.environment))

    def _poll(self, knows_public: PublicSettings) -> None:
        poll = self._function(
            "poll_requests", knows_public, self._knows_insurer, layers=["partners"],
            timeout_seconds=300,
        )  # fmt: skip
        grants.due_work(poll, self._on.table)
        grants.secret(poll, self._secret, self._on.table.encryption_key)
        schedule.run(self, "polling", poll, schedule.every_few_minutes(self._on.environment))

    def _webhook(self) -> None:
        """Knows the secret that signs its own address; wakes a poll and believes nothing."""
        webhook = self._function("insurer_webhook", self._knows_insurer, timeout_seconds=10)
        grants.secret(webhook, self._secret, self._on.table.encryption_key)
        self._api.opens(webhook, "POST /webhooks/insurer/{org}/{debtor}/{request}/{signature}")

    def _function(self, name: str, *settings: object, **more: object) -> Function:
        function = Function(
            self,
            f"insurance/{name}",
            on=self._on,
            settings=[self._knows_table, *settings],
            **more,
        )
        grants.books(function, self._on.table)
        return function
