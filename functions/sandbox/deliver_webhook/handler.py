"""Brings the payment provider's webhooks to the product; what fails goes back to the queue."""

from typing import Any

from kasstroom.settings import ClockSettings, SandboxSettings
from kasstroom_aws import entrypoints
from kasstroom_aws.clock import clock_from
from kasstroom_sandbox.delivery import deliver
from kasstroom_sandbox.psp.ledger import Ledger
from kasstroom_sandbox.store import Store


def _deliver(message: dict[str, Any]) -> None:
    settings = SandboxSettings.from_env()
    ledger = Ledger(Store(settings.sandbox_table))
    deliver(message, ledger, clock_from(ClockSettings.from_env()), settings.sandbox_url)


handler = entrypoints.sqs(_deliver)
