"""The key from which the signing secrets of outgoing webhooks follow, kept for five minutes."""

from __future__ import annotations

import json
import time

from kasstroom.webhooks.secret import signing_secret
from kasstroom_aws.clients import client

KEPT_SECONDS = 300


class SigningSecrets:
    """`kasstroom.webhooks.ports.SecretOf`; the secret in Secrets Manager is
    `{"signing_key": ...}`."""

    def __init__(self, secret: str) -> None:
        self._secret = secret
        self._key = b""
        self._read_at = 0.0

    def __call__(self, org: str, subscription: str, number: int) -> str:
        if not self._key or time.monotonic() - self._read_at > KEPT_SECONDS:
            value = client("secretsmanager").get_secret_value(SecretId=self._secret)
            self._key = json.loads(value["SecretString"])["signing_key"].encode()
            self._read_at = time.monotonic()
        return signing_secret(self._key, org, subscription, number)
