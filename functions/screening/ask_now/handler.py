"""Called by the checkout when its policy wants fresh data: asks the registers within the time
given. What comes in too late for the buyer is kept for the next question."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from typing import Any

from kasstroom.screening.ports import Sources
from kasstroom.screening.usecases import screen
from kasstroom.settings import RegisterSettings
from kasstroom_aws import deployment
from kasstroom_aws.deployment import books
from kasstroom_aws.entrypoints import call
from kasstroom_aws.live import ground_of
from kasstroom_aws.secrets import ProviderSecrets
from kasstroom_partners.wiring import sources


@cache
def sources_of() -> Callable[[str], Sources]:
    settings = RegisterSettings.from_env()
    return sources(settings, ProviderSecrets(settings.provider_secret).provider)


def handle(asked: dict[str, Any]) -> dict[str, Any]:
    org, now = asked["org"], deployment.now()
    made = screen(
        books(), sources_of()(org), org, asked["debtor"], now, asked["budget_ms"],
        grounds=partial(ground_of, books()),
    )  # fmt: skip
    return {"missing": list(made.missing)}


handler = call(handle)
