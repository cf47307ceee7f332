"""What the lake calls a debtor: a company by its number and name, a natural person by a token.

The token is an HMAC under a random key of the organisation that never leaves the books: the same
debtor has the same token in every table and on every day, and nobody who has the lake alone can
find out whose it is (pseudonymisation, art. 4(5) GDPR).
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from base64 import b32encode
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from kasstroom.changes import Changes
from kasstroom.credit.model import CreditAccount
from kasstroom.debtors.model import OWNED_BY_PEOPLE, Debtor
from kasstroom.errors import Duplicate
from kasstroom.ports import Books

_TOKEN_CHARACTERS = 26
PERSON = "person"
"""In the place of a kind of debtor that is not in the books any more."""


@dataclass(frozen=True, slots=True)
class LakeKey:
    """One per organisation, made once; `secret` is 256 random bits, hex."""

    org: str
    secret: str


@dataclass(frozen=True, slots=True)
class Who:
    """A debtor as the lake knows it: `shown` is the number of a company, the token of a natural
    person; `name` is empty for the latter."""

    shown: str
    token: str
    name: str
    kind: str

    @property
    def is_person(self) -> bool:
        return self.shown == self.token


class Names:
    """Names debtors for the lake; the key of an organisation is read once, and made by whoever
    needs it first."""

    def __init__(
        self, books: Books, new_secret: Callable[[], str] = lambda: secrets.token_hex(32)
    ) -> None:
        self._books = books
        self._new_secret = new_secret
        self._secrets: dict[str, bytes] = {}

    def token(self, org: str, debtor: str) -> str:
        """`p_` and 26 letters and digits."""
        return self._hidden(org, "p", debtor)

    def order(self, org: str, reference: str) -> str:
        """A webshop may write anything in an order's reference; `o_...`, empty for none."""
        return self._hidden(org, "o", reference) if reference else ""

    def _hidden(self, org: str, kind: str, value: str) -> str:
        if org not in self._secrets:
            self._secrets[org] = bytes.fromhex(self._key(org).secret)
        digest = hmac.digest(self._secrets[org], f"{kind}:{value}".encode(), hashlib.sha256)
        return f"{kind}_{b32encode(digest).decode()[:_TOKEN_CHARACTERS].lower()}"

    def who(
        self, org: str, number: str, debtor: Debtor | None, account: CreditAccount | None
    ) -> Who:
        """A debtor that is not in the books (any more) is taken for a natural person."""
        token = self.token(org, number)
        if debtor is None or is_person(debtor, account):
            return Who(token, token, "", str(debtor.kind) if debtor else PERSON)
        return Who(number, token, debtor.name, str(debtor.kind))

    def _key(self, org: str) -> LakeKey:
        found = self._books.find(LakeKey, org)
        if found is None:
            with suppress(Duplicate):  # Another segment was first: its key counts.
                self._books.commit(Changes(create=(LakeKey(org, self._new_secret()),)))
            found = self._books.get(LakeKey, org)
        return found


def is_person(debtor: Debtor, account: CreditAccount | None) -> bool:
    """Also when we were told "company" and the trade register knows an owner who is liable."""
    if debtor.is_natural_person:
        return True
    return account is not None and (
        account.natural_person or account.profile.legal_form in OWNED_BY_PEOPLE
    )
