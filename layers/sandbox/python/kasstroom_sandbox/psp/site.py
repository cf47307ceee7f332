"""Everything the payment providers answer on the sandbox API."""

from __future__ import annotations

from datetime import timedelta

from kasstroom.settings import SandboxSettings
from kasstroom.time import Clock
from kasstroom_sandbox.psp import api, checkout, control
from kasstroom_sandbox.psp.ledger import Ledger, Replays
from kasstroom_sandbox.psp.provider import Provider
from kasstroom_sandbox.psp.subscriptions import Subscriptions
from kasstroom_sandbox.psp.tills import MollieTill
from kasstroom_sandbox.psp.webhooks import Webhooks
from kasstroom_sandbox.store import Store
from kasstroom_sandbox.stripe import api as stripe_api
from kasstroom_sandbox.stripe.books import Books
from kasstroom_sandbox.stripe.house import House
from kasstroom_sandbox.stripe.telling import Teller
from kasstroom_sandbox.stripe.till import StripeTill
from kasstroom_sandbox.web import Site

STRIPE_KEEPS_KEYS = timedelta(hours=24)


def psp_site(settings: SandboxSettings, clock: Clock) -> Site:
    site, mollie, stripe = Site(), _mollie(settings, clock), _stripe(settings, clock)
    tills = (MollieTill(mollie), StripeTill(stripe))
    api.add_routes(site, mollie)
    stripe_api.add_routes(site, stripe)
    checkout.add_routes(site, tills, clock)
    control.add_routes(site, mollie, tills, clock)
    return site


def _mollie(settings: SandboxSettings, clock: Clock) -> Provider:
    store, url = Store(settings.sandbox_table), settings.sandbox_url.rstrip("/")
    return Provider(
        store=store,
        ledger=Ledger(store),
        replays=Replays(store),
        webhooks=Webhooks(settings.webhook_queue_url),
        subscriptions=Subscriptions(store, f"{url}/mollie/v2"),
        clock=clock,
        sandbox_url=url,
    )


def _stripe(settings: SandboxSettings, clock: Clock) -> House:
    store = Store(settings.sandbox_table)
    return House(
        books=Books(store),
        replays=Replays(store, STRIPE_KEEPS_KEYS),
        teller=Teller(Books(store), Webhooks(settings.webhook_queue_url)),
        clock=clock,
        sandbox_url=settings.sandbox_url.rstrip("/"),
    )
