"""One debtor from the reminder queue: claim the step that is due, send it, confirm it."""

from __future__ import annotations

from functools import cache
from typing import Any

from kasstroom.dunning.usecases import remind, resume
from kasstroom.messages.sending import Sender
from kasstroom.settings import (
    ClockSettings,
    EmailSettings,
    PublicSettings,
    SmsSettings,
    TableSettings,
)
from kasstroom_aws.books import BooksTable
from kasstroom_aws.channels import channels
from kasstroom_aws.clock import clock_from
from kasstroom_aws.entrypoints import count, sqs
from kasstroom_pages.showing import written


@cache
def sender() -> Sender:
    public_url = PublicSettings.from_env().public_url
    return Sender(
        BooksTable(TableSettings.from_env()),
        channels(EmailSettings.from_env(), SmsSettings.from_env()),
        lambda draft: written(draft, public_url),
    )


def handle(job: dict[str, Any]) -> None:
    now = clock_from(ClockSettings.from_env())()
    if job.get("message_id"):
        message = resume(sender(), job["org"], job["debtor"], job["message_id"], now)
    else:
        message = remind(sender(), job["org"], job["debtor"], now)
    if message:
        count(f"Reminder_{message.state}")


handler = sqs(handle)
