"""Everything the payment provider answers on the sandbox API."""

from __future__ import annotations

from kasstroom.settings import SandboxSettings
from kasstroom.time import Clock
from kasstroom_sandbox.psp import api, checkout, control
from kasstroom_sandbox.psp.provider import provider
from kasstroom_sandbox.web import Site


def psp_site(settings: SandboxSettings, clock: Clock) -> Site:
    site, psp = Site(), provider(settings, clock)
    api.add_routes(site, psp)
    checkout.add_routes(site, psp)
    control.add_routes(site, psp)
    return site
