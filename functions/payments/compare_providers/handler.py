"""Every morning: the providers' own lists and payouts against the ledger."""

from __future__ import annotations

from functools import cache

from kasstroom.payments.comparing import compare_all
from kasstroom.settings import (
    ModeSettings,
    PaymentQueueSettings,
    ProviderSettings,
)
from kasstroom_aws import deployment
from kasstroom_aws.deployment import books
from kasstroom_aws.entrypoints import count, logger, schedule
from kasstroom_aws.queues import SqsPaymentQueue
from kasstroom_aws.secrets import ProviderSecrets
from kasstroom_psp.wiring import Providers


@cache
def secrets() -> ProviderSecrets:
    return ProviderSecrets(ProviderSettings.from_env().provider_secret)


@cache
def provider_of() -> Providers:
    return Providers(secrets(), ProviderSettings.from_env(), ModeSettings.from_env().mode)


def handle() -> dict[str, int]:
    now = deployment.now()
    queue = SqsPaymentQueue(PaymentQueueSettings.from_env())
    pairs = [(org, name) for org in secrets().organisations() for name in provider_of().held(org)]
    found = compare_all(books(), queue, provider_of(), pairs, now)
    for one in found.compared:
        logger.info("provider compared", extra=one.counted())
    for org, name in found.unavailable:
        logger.warning("provider not compared", extra={"org": org, "provider": name})
    count("PaymentsAgreed", sum(one.agreed for one in found.compared))
    count("PaymentsDiffer", sum(one.differs for one in found.compared))
    count("ProvidersUnavailable", len(found.unavailable))
    return {"compared": len(found.compared), "unavailable": len(found.unavailable)}


handler = schedule(handle)
