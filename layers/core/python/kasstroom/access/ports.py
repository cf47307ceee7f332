"""What signing in with an account asks of who keeps the accounts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from kasstroom.access.attempts import Attempt
from kasstroom.access.id_tokens import Pool, SigningKey


class StaffAccounts(Protocol):
    """The accounts of people; `back` is where the browser returns to, exactly as it was given."""

    @property
    def pool(self) -> Pool: ...

    def sign_in_url(self, attempt: Attempt, back: str) -> str:
        """Where somebody says who they are."""
        ...

    def id_token(self, code: str, attempt: Attempt, back: str) -> str:
        """Refused `account_refused` when the code is not this attempt's, or was used before;
        Unavailable when there is no answer."""
        ...

    def keys(self, kid: str) -> Mapping[str, SigningKey]:
        """What tokens are signed with, asked again when `kid` is not among them. Unavailable."""
        ...

    def sign_out_url(self, back: str) -> str: ...
