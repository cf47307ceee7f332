"""Everything the credit insurer answers on the sandbox API."""

from __future__ import annotations

from kasstroom.settings import SandboxSettings
from kasstroom.time import Clock
from kasstroom_sandbox.insurer import api, control
from kasstroom_sandbox.insurer.desk import Desk
from kasstroom_sandbox.store import Store
from kasstroom_sandbox.web import Site


def insurer_site(settings: SandboxSettings, clock: Clock) -> Site:
    site, store = Site(), Store(settings.sandbox_table)
    desk = Desk(store, clock, settings.sandbox_url, settings.webhook_queue_url)
    api.add_routes(site, desk)
    control.add_routes(site, store)
    return site
