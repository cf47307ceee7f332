"""Which providers serve an organisation, in which order, with its own credentials."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from kasstroom.errors import Refused
from kasstroom.payments.ports import PaymentProvider
from kasstroom.settings import ProviderSettings
from kasstroom_psp import NAMES, provider


class Credentials(Protocol):
    def organisation(self, org: str) -> Mapping[str, Any]:
        """What is held for one organisation, by provider; `order` names its providers."""
        ...


class Providers:
    """Call it for a client: `providers(org)` is the first choice, `providers(org, "stripe")` a
    named one. A client lives as long as its credentials, so that a new key is used at once."""

    def __init__(self, credentials: Credentials, settings: ProviderSettings, mode: str) -> None:
        self._credentials, self._mode = credentials, mode
        self._urls = {"mollie": settings.mollie_url, "stripe": settings.stripe_url}
        self._made: dict[tuple[str, str], tuple[Mapping[str, str], PaymentProvider]] = {}

    def __call__(self, org: str, name: str = "") -> PaymentProvider:
        """Refused: `no_provider`, or `wrong_mode` for a key of the other mode."""
        chosen = name or next(iter(self.choices(org)), NAMES[0])
        held = self._credentials.organisation(org).get(chosen)
        if chosen not in NAMES or not isinstance(held, Mapping):
            raise Refused("no_provider", f"No {chosen} credentials are set for {org}.")
        known = self._made.get((org, chosen))
        if known is None or known[0] != held:
            known = (held, provider(chosen, held, self._urls[chosen], self._mode))
            self._made[org, chosen] = known
        return known[1]

    of = __call__

    def choices(self, org: str) -> tuple[str, ...]:
        """Names of the providers an organisation offers, best first. Who keeps an `order` offers
        what it lists; without one it is every provider that has credentials."""
        held = self._credentials.organisation(org)
        order = dict.fromkeys(held.get("order") or NAMES)
        return tuple(name for name in order if name in NAMES and name in held)

    def held(self, org: str) -> tuple[str, ...]:
        """Every provider with credentials, also one that is not offered any more: what was paid
        there can still be refunded or taken back."""
        held = self._credentials.organisation(org)
        return tuple(name for name in NAMES if name in held)


providers = Providers
