"""Where a payer comes from and goes to: addresses from configuration, never from a request."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from kasstroom.payments.model import PaymentAttempt
from kasstroom.payments.ports import PaymentProvider


class Providers(Protocol):
    """The payment providers of each organisation."""

    def __call__(self, org: str, name: str = "") -> PaymentProvider:
        """The one with this name, the first choice without a name."""
        ...

    def choices(self, org: str) -> tuple[str, ...]:
        """Names, best first."""
        ...


def _ideal_only(org: str) -> tuple[str, ...]:
    return ("ideal",)


@dataclass(frozen=True, slots=True)
class Shop:
    """`creditor` names an organisation and `methods` the ways to pay it offers;
    `checkout_allowed` knows the provider's own hosts."""

    return_url: Callable[[str], str]
    webhook_url: Callable[[PaymentAttempt], str]
    checkout_allowed: Callable[[str], bool]
    creditor: Callable[[str], str]
    methods: Callable[[str], tuple[str, ...]] = _ideal_only


def shop_from(
    public_url: str,
    signature: Callable[[str, str], str],
    checkout_hosts: tuple[str, ...],
    creditor: Callable[[str], str],
    methods: Callable[[str], tuple[str, ...]] = _ideal_only,
) -> Shop:
    """Addresses built from configuration; a checkout must be https on a host we know, or a host
    that the configuration names with its scheme (`http://127.0.0.1:8401`)."""

    def webhook_url(attempt: PaymentAttempt) -> str:
        signed = signature(attempt.org, attempt.id)
        return f"{public_url}/webhooks/{attempt.provider}/{attempt.org}/{attempt.id}/{signed}"

    def checkout_allowed(url: str) -> bool:
        origin = "/".join(url.split("/", 3)[:3])
        return origin in {h if "://" in h else f"https://{h}" for h in checkout_hosts}

    return Shop(
        lambda token: f"{public_url}/p/{token}/return", webhook_url, checkout_allowed, creditor,
        methods,
    )  # fmt: skip
