"""Accounts of people in Cognito: its sign-in page, its token endpoint and its keys."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import urllib3
from urllib3.exceptions import HTTPError

from kasstroom.access.attempts import Attempt
from kasstroom.access.id_tokens import Pool, SigningKey, keys_of
from kasstroom.errors import Refused, Unavailable
from kasstroom.settings import StaffSettings

PATIENCE = urllib3.Timeout(connect=2, read=5)
KEYS_ASKED_AGAIN_SECONDS = 60
"""A token with a made-up key id makes us ask no more often than this."""
LARGEST_ANSWER_BYTES = 64 * 1024
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass(slots=True)
class CognitoAccounts:
    """One for the life of the process: it keeps its connections and the pool's keys."""

    settings: StaffSettings
    _http: urllib3.PoolManager = field(
        default_factory=lambda: urllib3.PoolManager(num_pools=2, maxsize=2, retries=False)
    )
    _keys: Mapping[str, SigningKey] = field(default_factory=dict)
    _asked_at: float = float("-inf")

    @property
    def pool(self) -> Pool:
        return Pool(self.settings.staff_issuer, self.settings.staff_client_id)

    def sign_in_url(self, attempt: Attempt, back: str) -> str:
        return self._page(
            "oauth2/authorize",
            response_type="code",
            client_id=self.settings.staff_client_id,
            redirect_uri=back,
            scope="openid",
            state=attempt.state,
            nonce=attempt.nonce,
            code_challenge=attempt.challenge,
            code_challenge_method="S256",
        )

    def sign_out_url(self, back: str) -> str:
        return self._page("logout", client_id=self.settings.staff_client_id, logout_uri=back)

    def _page(self, name: str, **given: str) -> str:
        return f"{self.settings.staff_sign_in_url}/{name}?{urlencode(given)}"

    def id_token(self, code: str, attempt: Attempt, back: str) -> str:
        """A code works once, for our client, with this attempt's verifier."""
        form = {
            "grant_type": "authorization_code",
            "client_id": self.settings.staff_client_id,
            "code": code,
            "redirect_uri": back,
            "code_verifier": attempt.verifier,
        }
        url = f"{self.settings.staff_sign_in_url}/oauth2/token"
        status, answer = self._ask("POST", url, urlencode(form).encode())
        if status == 400 and answer.get("error") == "invalid_grant":
            raise Refused("account_refused", "This code was used before, or is of another sign-in.")
        token = answer.get("id_token")
        if status != 200 or not isinstance(token, str):
            raise _unavailable(f"the token endpoint answered {status}")
        return token

    def keys(self, kid: str) -> Mapping[str, SigningKey]:
        waited = time.monotonic() - self._asked_at
        if kid not in self._keys and waited > KEYS_ASKED_AGAIN_SECONDS:
            status, answer = self._ask("GET", self.settings.staff_keys_url)
            if status != 200:
                raise _unavailable(f"the keys answered {status}")
            self._keys, self._asked_at = keys_of(answer), time.monotonic()
        return self._keys

    def _ask(self, method: str, url: str, body: bytes | None = None) -> tuple[int, dict[str, Any]]:
        """Neither the code nor the address reaches an error text."""
        try:
            answer = self._http.request(
                method, url, body=body, headers=FORM if body else None, timeout=PATIENCE,
                redirect=False, preload_content=False,
            )  # fmt: skip
            content = answer.read(LARGEST_ANSWER_BYTES + 1)
            answer.release_conn()
        except HTTPError as error:
            raise _unavailable(type(error).__name__) from None
        try:
            read = json.loads(content)
        except ValueError:
            read = None
        return answer.status, read if isinstance(read, dict) else {}


def _unavailable(why: str) -> Unavailable:
    return Unavailable("account_unavailable", f"The accounts give no answer now ({why}).")
