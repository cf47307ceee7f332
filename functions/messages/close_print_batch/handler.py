"""In the evening: the letters of the day become one batch per organisation, for the printer."""

from __future__ import annotations

from functools import cache

from kasstroom.messages.closing import close_batches
from kasstroom.settings import ClockSettings, LetterSettings, TableSettings
from kasstroom_aws.books import BooksTable
from kasstroom_aws.clock import clock_from
from kasstroom_aws.entrypoints import count, schedule
from kasstroom_aws.letter_files import LetterBucket
from kasstroom_letters.joined import joined


@cache
def books() -> BooksTable:
    return BooksTable(TableSettings.from_env())


def handle() -> dict[str, int]:
    store = LetterBucket(LetterSettings.from_env())
    done = close_batches(books(), store, joined, clock_from(ClockSettings.from_env())())
    count("LettersToPrint", done.letters)
    return {"batches": done.batches, "letters": done.letters}


handler = schedule(handle)
