"""News of invoices, disputes and links from the bus: a debtor's links go with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from kasstroom.payments.following import follow
from kasstroom.payments.ports import PaymentProvider
from kasstroom.settings import ModeSettings, ProviderSettings
from kasstroom_aws import deployment
from kasstroom_aws.deployment import books
from kasstroom_aws.entrypoints import count, sqs
from kasstroom_aws.secrets import ProviderSecrets
from kasstroom_psp.wiring import providers


@cache
def provider_of() -> Callable[..., PaymentProvider]:
    settings, mode = ProviderSettings.from_env(), ModeSettings.from_env().mode
    return providers(ProviderSecrets(settings.provider_secret), settings, mode)


def handle(event: dict[str, Any]) -> None:
    news = event["detail"]
    now = deployment.now()
    moved = follow(books(), provider_of(), news["organisation"], news["debtor"], now)
    count("LinksFollowed", moved)


handler = sqs(handle)
