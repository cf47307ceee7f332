"""On a schedule: cover requests go to the insurer, and its answers are fetched and booked once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from functools import cache

from kasstroom.insurance.polling import poll_due
from kasstroom.insurance.ports import CallbackUrl, Insurer
from kasstroom.insurance.requests import signed_name
from kasstroom.settings import InsurerSettings, PublicSettings
from kasstroom_aws import deployment
from kasstroom_aws.deployment import books
from kasstroom_aws.entrypoints import count, schedule
from kasstroom_aws.secrets import ProviderSecrets
from kasstroom_partners.insurers import insurers


@cache
def secrets() -> ProviderSecrets:
    return ProviderSecrets(InsurerSettings.from_env().provider_secret)


@cache
def insurer_of() -> Callable[[str, str], Insurer]:
    return insurers(secrets().provider, InsurerSettings.from_env().insurer_url)


@cache
def callback_url() -> CallbackUrl:
    base = f"{PublicSettings.from_env().public_url}/webhooks/insurer"
    signed = lambda org, debtor, id: secrets().signature(org, signed_name(debtor, id))  # noqa: E731
    return lambda org, debtor, id: f"{base}/{org}/{debtor}/{id}/{signed(org, debtor, id)}"


def handle() -> dict[str, int]:
    now = deployment.now()
    done = poll_due(books(), insurer_of(), callback_url(), now)
    count("InsurerAnswers", done.answered)
    count("InsurerUnavailable", done.unavailable)
    return asdict(done)


handler = schedule(handle)
