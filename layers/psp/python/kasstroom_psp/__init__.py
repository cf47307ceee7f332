"""Payment providers: one file each; `provider` is the registry and imports only what it needs."""

from __future__ import annotations

from collections.abc import Mapping

from kasstroom.errors import Refused
from kasstroom.payments.model import PROVIDERS
from kasstroom.payments.ports import PaymentProvider

NAMES = PROVIDERS
"""In the order an organisation uses them when it does not say."""


def provider(
    name: str, credentials: Mapping[str, str], base_url: str, mode: str
) -> PaymentProvider:
    """Refused when the credentials are not of `mode` (`test` or `live`)."""
    if name == "mollie":
        from kasstroom_psp.mollie import MollieProvider

        return MollieProvider(credentials, base_url, mode)
    if name == "stripe":
        from kasstroom_psp.stripe import StripeProvider

        return StripeProvider(credentials, base_url, mode)
    raise Refused("no_provider", f"There is no payment provider called {name[:40]!r}.")
