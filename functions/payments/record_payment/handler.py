"""A payment from the payment queue: fetch it from its provider and book what it says, once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from typing import Any

from kasstroom.payments.booking import record_all
from kasstroom.payments.ports import PaymentProvider
from kasstroom.payments.receiving import manners_of
from kasstroom.settings import ModeSettings, ProviderSettings
from kasstroom_aws import deployment
from kasstroom_aws.cached import organisation
from kasstroom_aws.deployment import books
from kasstroom_aws.entrypoints import count, logger, sqs
from kasstroom_aws.live import ground_of
from kasstroom_aws.secrets import ProviderSecrets
from kasstroom_psp.wiring import providers


@cache
def provider_of() -> Callable[..., PaymentProvider]:
    settings, mode = ProviderSettings.from_env(), ModeSettings.from_env().mode
    return providers(ProviderSecrets(settings.provider_secret), settings, mode)


def handle(job: dict[str, Any]) -> None:
    org = job["org"]
    payment = provider_of()(org, job.get("provider", "")).fetch(job["provider_id"])
    attempt_id = job["attempt"] or payment.reference
    now = deployment.now()
    mode = ModeSettings.from_env().mode
    recorded = record_all(
        books(), org, attempt_id, payment, mode=mode, now=now,
        grounds=partial(ground_of, books()), manners=manners_of(organisation(books(), org)),
    )  # fmt: skip
    logger.info("payment looked at", extra={"attempt": attempt_id, "state": recorded.state})
    count("PaymentBooked" if recorded.booked else "PaymentSeen")


handler = sqs(handle)
