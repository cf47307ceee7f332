"""The debtor's telephone in the local environment: SMS and WhatsApp come in, one page shows all."""

from functools import cache
from typing import Any

from kasstroom.settings import ClockSettings, SandboxSettings
from kasstroom_sandbox.phone.site import phone_site
from kasstroom_sandbox.web import Site


@cache
def _site() -> Site:
    return phone_site(SandboxSettings.from_env(), ClockSettings.from_env())


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    return _site().answer(event)
