"""The credit insurer of the local environment: its API and the knobs."""

from functools import cache
from typing import Any

from kasstroom.settings import ClockSettings, SandboxSettings
from kasstroom_aws.clock import clock_from
from kasstroom_sandbox.insurer.site import insurer_site
from kasstroom_sandbox.web import Site


@cache
def _site() -> Site:
    return insurer_site(SandboxSettings.from_env(), clock_from(ClockSettings.from_env()))


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    return _site().answer(event)
