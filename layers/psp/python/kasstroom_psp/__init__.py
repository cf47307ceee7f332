"""Payment providers: one file each; `provider` is the registry and imports only what it needs."""

from __future__ import annotations

from kasstroom.payments.ports import PaymentProvider


def provider(name: str, credentials: dict[str, str], base_url: str) -> PaymentProvider:
    if name == "mollie":
        from kasstroom_psp.mollie import MollieProvider

        return MollieProvider(credentials["api_key"], base_url)
    raise LookupError(f"no payment provider is called {name!r}")
