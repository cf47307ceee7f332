"""Back at the desk's form: after the session was over, and when what was sent could not be read."""

from __future__ import annotations

from dataclasses import replace

from kasstroom.credit.reviews import ReviewState
from kasstroom.errors import KasstroomError, NotFound, TooLarge
from kasstroom.work import cases, sessions
from kasstroom_pages.desk import Desk
from kasstroom_pages.desk_door import REVIEW_ID, Asked, DeskAnswer


def sign_in(desk: Desk, asked: Asked) -> DeskAnswer:
    """As the door does. Who was typing when their session was over gets their review back with what
    they typed; it is shown to that very person in that very organisation only, which the form's
    token and the old cookie tell. Nothing is decided by it."""
    answer = desk.door.sign_in(asked)
    id, form = asked.typed.get("to", ""), asked.typed.get("form", "")
    if not (answer.token and asked.kept and REVIEW_ID.match(id)):
        return answer
    visit = desk.door.entered(replace(asked, token=answer.token))
    if visit is None or not sessions.is_of(asked.token, visit, form):
        return answer
    try:
        review = cases.review_of(desk.door.books, visit.session.org, id)
        if review.state is not ReviewState.OPEN:
            return answer
        return replace(desk.again(visit, asked, id, "typed_back"), token=answer.token)
    except NotFound:
        return answer


def unread(desk: Desk, asked: Asked, error: KasstroomError) -> DeskAnswer:
    """The page somebody was on, when their form was too large or none of ours."""
    status = 413 if isinstance(error, TooLarge) else 400
    visit, id = desk.door.entered(asked), asked.path.rpartition("/")[2]
    if visit is None or not REVIEW_ID.match(id):
        return desk.door.shown(asked, error.code, status, id)
    try:
        return desk.again(visit, asked, id, error.code, status)
    except NotFound:
        return desk.review(asked, id)
