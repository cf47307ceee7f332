"""A paid invoice from the news, or thanks that waited: who was reminded is thanked, once."""

from __future__ import annotations

from functools import cache, partial
from typing import Any

from kasstroom.dunning.thanking import resume, thank
from kasstroom.messages.sending import Sender
from kasstroom.messages.templates import own_words
from kasstroom.settings import EmailSettings, SmsSettings, TableSettings
from kasstroom_aws import deployment
from kasstroom_aws.books import BooksTable
from kasstroom_aws.channels import channels
from kasstroom_aws.entrypoints import count, sqs
from kasstroom_pages.thanking import written


@cache
def sender() -> Sender:
    books = BooksTable(TableSettings.from_env())
    reached_by = channels(EmailSettings.from_env(), SmsSettings.from_env())
    return Sender(books, reached_by, partial(written, own_words=partial(own_words, books)))


def handle(job: dict[str, Any]) -> None:
    now, news = deployment.now(), job.get("detail")
    if news:
        message = thank(sender(), news["organisation"], news["debtor"], news["subject"], now)
    else:
        message = resume(sender(), job["org"], job["debtor"], job["message_id"], now)
    if message:
        count(f"Thanks_{message.state}")


handler = sqs(handle)
