"""What the desk says about a form that decided nothing, with what was typed in it."""

from __future__ import annotations

import re

from kasstroom.errors import Conflict, KasstroomError, Refused, Unavailable
from kasstroom.organisations.model import Language
from kasstroom.text import without_unseen
from kasstroom_pages.desk_door import Asked
from kasstroom_pages.desk_pages import Reply
from kasstroom_pages.formats import plain
from kasstroom_pages.templates import say
from kasstroom_pages.words import words_of

LONGEST_NOTE = 500
_STATUS = {"four_eyes": 403, "role_required": 403, "form_outdated": 403, "review_closed": 409}


def note_of(asked: Asked) -> str:
    """Browsers send a line's end as two characters and count one."""
    return asked.typed.get("note", "").replace("\r\n", "\n")


def reply_of(asked: Asked, said: str) -> Reply:
    """What was typed, for its writer to go on with."""
    note, amount, terms = note_of(asked), asked.typed.get("amount"), asked.typed.get("terms")
    return Reply(
        said,
        without_unseen(note),
        None if amount is None else without_unseen(amount),
        None if terms is None else without_unseen(terms),
    )


def terms_of(asked: Asked) -> int | None:
    """The payment term that was typed, in days; Refused for what is no number."""
    typed = asked.typed.get("terms", "").strip()
    if not typed:
        return None
    if not re.fullmatch(r"[0-9]{1,4}", typed):
        raise Refused("invalid_term", "This is not a number of days.")
    return int(typed)


def status_of(error: KasstroomError) -> int:
    if isinstance(error, Unavailable):
        return 503
    return _STATUS.get(error.code, 409 if isinstance(error, Conflict) else 422)


def sentence(code: str, language: Language, detail: str = "") -> str:
    """What a code means; `detail` is told of one that has no words here."""
    t = say(language)
    if f"desk_said_{code}" in words_of(language):
        return t(f"desk_said_{code}")
    return t("desk_said_other", detail=plain(detail, 300))
