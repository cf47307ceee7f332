"""A direct debit announced or called off, or a message that waited: the debtor is told, once."""

from __future__ import annotations

from functools import cache
from typing import Any

from kasstroom.mandates.telling import go_on, tell
from kasstroom.messages.sending import Sender
from kasstroom.settings import EmailSettings, SmsSettings, TableSettings
from kasstroom_aws import deployment
from kasstroom_aws.books import BooksTable
from kasstroom_aws.channels import channels
from kasstroom_aws.entrypoints import count, sqs
from kasstroom_pages.notices import written


@cache
def sender() -> Sender:
    reached_by = channels(EmailSettings.from_env(), SmsSettings.from_env())
    return Sender(BooksTable(TableSettings.from_env()), reached_by, written)


def handle(job: dict[str, Any]) -> None:
    now, news = deployment.now(), job.get("detail")
    if news:
        message = tell(sender(), news, now)
    else:
        message = go_on(sender(), job["org"], job["debtor"], job["message_id"], now)
    if message:
        count(f"Notice_{message.state}")


handler = sqs(handle)
