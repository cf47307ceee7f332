"""The policies that decide, read once a minute per process and kept compiled; a new version is
live everywhere within that minute."""

from __future__ import annotations

import time
from collections.abc import Mapping

from kasstroom.credit.model import CreditAccount
from kasstroom.credit.policies import LivePolicies, compiled, policy_for
from kasstroom.credit.policy import CreditPolicy
from kasstroom.credit.room import Ground
from kasstroom.organisations.model import Organisation
from kasstroom.ports import Books

KEPT_SECONDS = 60
_known: dict[str, tuple[float, Mapping[str, CreditPolicy], Organisation]] = {}


def live_policies(books: Books, org: str) -> Mapping[str, CreditPolicy]:
    return _standing(books, org)[1]


def seller(books: Books, org: str) -> Organisation:
    return _standing(books, org)[2]


def ground_of(books: Books, account: CreditAccount) -> Ground:
    """The policy and terms that are live for this account."""
    _, policies, organisation = _standing(books, account.org)
    return Ground(policy_for(policies, account), organisation.seller, organisation.terms_days)


def _standing(books: Books, org: str) -> tuple[float, Mapping[str, CreditPolicy], Organisation]:
    found = _known.get(org)
    if found is None or time.monotonic() - found[0] > KEPT_SECONDS:
        policies = compiled(books.find(LivePolicies, org))
        found = (time.monotonic(), policies, books.get(Organisation, org))
        _known[org] = found
    return found


def forget(org: str) -> None:
    """What this process just changed it reads again at once."""
    _known.pop(org, None)
