"""Which provider serves an organisation, with its own credentials."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from kasstroom.payments.ports import PaymentProvider
from kasstroom_psp import provider

DEFAULT = "mollie"


def providers(
    credentials: Callable[[str, str], dict[str, str]], mollie_url: str
) -> Callable[[str], PaymentProvider]:
    """One client per organisation and process."""

    @cache
    def of(org: str) -> PaymentProvider:
        return provider(DEFAULT, credentials(org, DEFAULT), mollie_url)

    return of
