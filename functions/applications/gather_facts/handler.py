"""An application was sent, says the bus: what registers know is asked once, then the rules."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from typing import Any

from kasstroom.applications.facts import Learned
from kasstroom.applications.gathering import gather
from kasstroom.applications.model import CreditApplication
from kasstroom.screening.applicants import learned
from kasstroom.screening.ports import Sources
from kasstroom.settings import RegisterSettings
from kasstroom_aws import deployment
from kasstroom_aws.deployment import books
from kasstroom_aws.entrypoints import count, sqs
from kasstroom_aws.live import ground_of
from kasstroom_aws.secrets import ProviderSecrets
from kasstroom_partners.wiring import sources


@cache
def sources_of() -> Callable[[str], Sources]:
    settings = RegisterSettings.from_env()
    return sources(settings, ProviderSecrets(settings.provider_secret).provider)


def handle(event: dict[str, Any]) -> None:
    news, now = event["detail"], deployment.now()
    org, grounds = news["organisation"], partial(ground_of, books())

    def ask(application: CreditApplication) -> Learned:
        return learned(books(), sources_of()(org), application, now, grounds=grounds)

    gathered = gather(books(), ask, org, news["debtor"], news["subject"], grounds, now)
    count(f"ApplicationFacts_{gathered}")


handler = sqs(handle)
