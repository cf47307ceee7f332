"""One debtor from the reminder queue: claim the step that is due, send it, confirm it."""

from __future__ import annotations

from datetime import datetime
from functools import cache, partial
from typing import Any

from kasstroom.debtors.statements import Account
from kasstroom.dunning.attaching import Files, attached
from kasstroom.dunning.usecases import remind, resume
from kasstroom.messages.letters import Letter, PrintedLetter
from kasstroom.messages.sending import Sender
from kasstroom.messages.templates import own_words
from kasstroom.settings import (
    ClockSettings,
    DocumentSettings,
    EmailSettings,
    LetterSettings,
    PublicSettings,
    SmsSettings,
    TableSettings,
)
from kasstroom_aws import deployment
from kasstroom_aws.books import BooksTable
from kasstroom_aws.channels import by_people, channels
from kasstroom_aws.clock import clock_from
from kasstroom_aws.document_files import DocumentBucket
from kasstroom_aws.entrypoints import count, sqs
from kasstroom_pages.showing import written


@cache
def sender() -> Sender:
    public_url = PublicSettings.from_env().public_url
    books, clock = BooksTable(TableSettings.from_env()), clock_from(ClockSettings.from_env())
    files = Files(books, DocumentBucket(DocumentSettings.from_env()), account_drawn, count)
    words = partial(own_words, books)
    return Sender(
        books,
        channels(EmailSettings.from_env(), SmsSettings.from_env())
        | by_people(books, LetterSettings.from_env(), clock),
        lambda draft: attached(
            written(draft, public_url, words, replies=True, draw=drawn), draft, files
        ),
    )


def drawn(letter: Letter) -> PrintedLetter:
    """Loaded with the first letter: most reminders are none."""
    from kasstroom_letters.pdf import printed

    return printed(letter)


def account_drawn(account: Account, at: datetime) -> bytes:
    """Loaded when the first creditor wants it."""
    from kasstroom_letters.statement import statement_pdf
    from kasstroom_pages.printed_statements import statement_of

    return statement_pdf(statement_of(account, at))


def handle(job: dict[str, Any]) -> None:
    now = deployment.now()
    if job.get("message_id"):
        message = resume(sender(), job["org"], job["debtor"], job["message_id"], now)
    else:
        message = remind(sender(), job["org"], job["debtor"], now)
    if message:
        count(f"Reminder_{message.state}")


handler = sqs(handle)
