"""Provider credentials from Secrets Manager, kept for five minutes."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from typing import Any

from kasstroom.errors import Refused
from kasstroom_aws.clients import client

KEPT_SECONDS = 300


class ProviderSecrets:
    """`{"webhook_key": ..., "organisations": {org: {provider: {...}, "order": [provider, ...]}}}`:
    `order` are an organisation's payment providers, best first."""

    def __init__(self, secret: str) -> None:
        self._secret = secret
        self._known: dict[str, Any] = {}
        self._read_at = 0.0

    def _read(self) -> dict[str, Any]:
        if not self._known or time.monotonic() - self._read_at > KEPT_SECONDS:
            value = client("secretsmanager").get_secret_value(SecretId=self._secret)
            self._known = json.loads(value["SecretString"])
            self._read_at = time.monotonic()
        return self._known

    def organisations(self) -> tuple[str, ...]:
        """Everybody we hold credentials for."""
        return tuple(self._read().get("organisations", {}))

    def organisation(self, org: str) -> dict[str, Any]:
        """What is held for one organisation, by provider; empty for one we do not know."""
        return self._read().get("organisations", {}).get(org, {})

    def provider(self, org: str, name: str) -> dict[str, str]:
        try:
            return self._read()["organisations"][org][name]
        except KeyError:
            raise Refused("no_provider", f"No {name} credentials are set for {org}.") from None

    def webhook_secrets(self, org: str, name: str) -> tuple[str, ...]:
        """What a provider signs with: `webhook_secret`, and while it is being changed
        `webhook_secret_before` too. Empty for an organisation we do not know."""
        held = self.organisation(org).get(name) or {}
        both = (held.get("webhook_secret"), held.get("webhook_secret_before"))
        return tuple(secret for secret in both if secret)

    def signature(self, org: str, attempt_id: str) -> str:
        """What the address of a webhook ends with, so that a made-up address costs us nothing."""
        key = self._read()["webhook_key"].encode()
        return hmac.new(key, f"{org}/{attempt_id}".encode(), hashlib.sha256).hexdigest()[:32]

    def is_signed(self, org: str, attempt_id: str, signature: str) -> bool:
        expected = self.signature(org, attempt_id).encode()
        return hmac.compare_digest(expected, signature.encode())
