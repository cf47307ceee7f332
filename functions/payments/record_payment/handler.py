"""A payment from the payment queue: fetch it from its provider and book what it says, once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from typing import Any

from kasstroom.payments.booking import record
from kasstroom.payments.ports import PaymentProvider
from kasstroom.settings import ClockSettings, ModeSettings, ProviderSettings, TableSettings
from kasstroom.settle import settle
from kasstroom_aws.books import BooksTable
from kasstroom_aws.clock import clock_from
from kasstroom_aws.entrypoints import count, logger, sqs
from kasstroom_aws.live import ground_of
from kasstroom_aws.secrets import ProviderSecrets
from kasstroom_psp.wiring import providers


@cache
def books() -> BooksTable:
    return BooksTable(TableSettings.from_env())


@cache
def provider_of() -> Callable[[str], PaymentProvider]:
    settings = ProviderSettings.from_env()
    return providers(ProviderSecrets(settings.provider_secret).provider, settings.mollie_url)


def handle(job: dict[str, Any]) -> None:
    org, attempt_id = job["org"], job["attempt"]
    payment = provider_of()(org).fetch(job["provider_id"])
    now = clock_from(ClockSettings.from_env())()
    mode = ModeSettings.from_env().mode
    grounds = partial(ground_of, books())
    recorded = settle(
        books(),
        lambda: record(books(), org, attempt_id, payment, mode=mode, now=now, grounds=grounds),
    )
    logger.info("payment looked at", extra={"attempt": attempt_id, "state": recorded.state})
    count("PaymentBooked" if recorded.booked else "PaymentSeen")


handler = sqs(handle)
