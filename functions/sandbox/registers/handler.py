"""The registers of the local environment: KvK, VIES, a bureau, insolvencies, sanctions lists."""

from functools import cache
from typing import Any

from kasstroom.settings import ClockSettings, SandboxSettings
from kasstroom_aws.clock import clock_from
from kasstroom_sandbox.registers.site import registers_site
from kasstroom_sandbox.web import Site


@cache
def _site() -> Site:
    return registers_site(SandboxSettings.from_env(), clock_from(ClockSettings.from_env()))


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    return _site().answer(event)
