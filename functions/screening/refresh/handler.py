"""A monitored report from the screening queue: ask its source again when there is news."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from typing import Any

from kasstroom.screening.ports import Sources
from kasstroom.screening.refreshing import bureau_address, job_of, refresh, signed_name
from kasstroom.settings import PublicSettings, RegisterSettings
from kasstroom_aws import deployment
from kasstroom_aws.deployment import books
from kasstroom_aws.entrypoints import count, sqs
from kasstroom_aws.live import ground_of
from kasstroom_aws.secrets import ProviderSecrets
from kasstroom_partners.wiring import sources


@cache
def secrets() -> ProviderSecrets:
    return ProviderSecrets(RegisterSettings.from_env().provider_secret)


@cache
def sources_of() -> Callable[[str], Sources]:
    return sources(RegisterSettings.from_env(), secrets().provider)


def handle(message: dict[str, Any]) -> None:
    job = job_of(message)

    def address() -> str:
        signature = secrets().signature(job.org, signed_name(job.debtor))
        public_url = PublicSettings.from_env().public_url
        return bureau_address(public_url, job.org, job.debtor, signature)

    now = deployment.now()
    grounds = partial(ground_of, books())
    done = refresh(books(), sources_of()(job.org), job, address, now, grounds)
    count(f"Screening_{done}")


handler = sqs(handle)
