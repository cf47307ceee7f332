"""Which registers an organisation has access to, with its own credentials."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from kasstroom.errors import Refused
from kasstroom.screening.ports import Sources
from kasstroom.settings import NOT_USED, RegisterSettings
from kasstroom_partners.creditsafe import CreditsafeBureau
from kasstroom_partners.insolvency import InsolvencyGateway
from kasstroom_partners.kvk import KvkRegister
from kasstroom_partners.sanctions import SanctionsSearch
from kasstroom_partners.vies import ViesRegister

T = TypeVar("T")
Credentials = Callable[[str, str], dict[str, str]]
"""The organisation's credentials by provider name; Refused when there are none."""
KEPT_SECONDS = 300
"""As long as credentials are kept: a new key is used after that at the latest."""


def sources(settings: RegisterSettings, credentials: Credentials) -> Callable[[str], Sources]:
    """One set of clients per organisation and process, so that a bureau's login is kept. VIES asks
    for no credentials; the others are None without them."""
    known: dict[str, tuple[float, Sources]] = {}

    def of(org: str) -> Sources:
        found = known.get(org)
        if found is None or time.monotonic() - found[0] > KEPT_SECONDS:
            found = (time.monotonic(), _made(settings, lambda name: _given(credentials, org, name)))
            known[org] = found
        return found[1]

    return of


def _given(credentials: Credentials, org: str, name: str) -> dict[str, str]:
    try:
        return credentials(org, name)
    except Refused:
        return {}


def _made(settings: RegisterSettings, given: Callable[[str], dict[str, str]]) -> Sources:
    return Sources(
        trade_register=_with(settings.kvk_url, given("kvk"), _kvk),
        vat=_with(settings.vies_url, {"requester": "", **given("vies")}, _vies),
        bureau=_with(settings.creditsafe_url, given("creditsafe"), CreditsafeBureau),
        insolvency=_with(settings.insolvency_url, given("insolvency"), _insolvency),
        sanctions=_with(settings.sanctions_url, given("sanctions"), _sanctions),
    )


def _with(url: str, known: dict[str, str], make: Callable[[str, dict[str, str]], T]) -> T | None:
    return make(url, known) if url != NOT_USED and known else None


def _kvk(url: str, known: dict[str, str]) -> KvkRegister:
    return KvkRegister(url, known["api_key"])


def _vies(url: str, known: dict[str, str]) -> ViesRegister:
    return ViesRegister(url, known["requester"])


def _insolvency(url: str, known: dict[str, str]) -> InsolvencyGateway:
    return InsolvencyGateway(url, known["api_key"])


def _sanctions(url: str, known: dict[str, str]) -> SanctionsSearch:
    """`api_key` may be empty: a search service of our own asks for none."""
    return SanctionsSearch(url, known["api_key"])
