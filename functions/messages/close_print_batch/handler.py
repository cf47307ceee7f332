"""In the evening: the letters of the day become one batch per organisation, for the printer."""

from __future__ import annotations

from kasstroom.messages.closing import close_batches
from kasstroom.settings import LetterSettings
from kasstroom_aws import deployment
from kasstroom_aws.deployment import books
from kasstroom_aws.entrypoints import count, schedule
from kasstroom_aws.letter_files import LetterBucket
from kasstroom_letters.joined import joined


def handle() -> dict[str, int]:
    store = LetterBucket(LetterSettings.from_env())
    done = close_batches(books(), store, joined, deployment.now())
    count("LettersToPrint", done.letters)
    return {"batches": done.batches, "letters": done.letters}


handler = schedule(handle)
