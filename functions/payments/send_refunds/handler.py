"""On a schedule: refunds that were asked for go to their provider, and into the ledger."""

from __future__ import annotations

from functools import cache, partial

from kasstroom.payments.refund_sending import send_due
from kasstroom.settings import ModeSettings, ProviderSettings
from kasstroom_aws import deployment
from kasstroom_aws.deployment import books
from kasstroom_aws.entrypoints import count, logger, schedule
from kasstroom_aws.live import ground_of
from kasstroom_aws.secrets import ProviderSecrets
from kasstroom_psp.wiring import Providers


@cache
def provider_of() -> Providers:
    settings = ProviderSettings.from_env()
    return Providers(
        ProviderSecrets(settings.provider_secret), settings, ModeSettings.from_env().mode
    )


def handle() -> dict[str, int]:
    now = deployment.now()
    sent, waiting = send_due(
        books(), provider_of(), now,
        mode=ModeSettings.from_env().mode, grounds=partial(ground_of, books()),
    )  # fmt: skip
    logger.info("refunds sent", extra={"sent": sent, "waiting": waiting})
    count("RefundsSent", sent)
    count("RefundsWaiting", waiting)
    return {"sent": sent, "waiting": waiting}


handler = schedule(handle)
