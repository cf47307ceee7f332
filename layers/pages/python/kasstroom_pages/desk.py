"""Whole answers of the desk: the queue, one review, and what became of a decision."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from kasstroom.access.model import Actor, Role
from kasstroom.applications.typed import amount_of
from kasstroom.credit.restricted import sees_lists
from kasstroom.credit.reviews import Review, ReviewKind, ReviewState
from kasstroom.errors import Conflict, KasstroomError, NotFound, Refused, Unavailable
from kasstroom.money import Money
from kasstroom.organisations.model import Organisation
from kasstroom.settle import settle
from kasstroom.text import FORBIDDEN, has_unseen
from kasstroom.work import cases, desk, sessions
from kasstroom.work.cases import Case, Grounds
from kasstroom.work.sessions import Visit
from kasstroom_pages.answers import broken
from kasstroom_pages.desk_door import Asked, DeskAnswer, Door, page, to
from kasstroom_pages.desk_pages import Place, Reply, gone_page, queue_page, review_page
from kasstroom_pages.desk_place import place_of
from kasstroom_pages.desk_replies import (
    LONGEST_NOTE,
    note_of,
    reply_of,
    sentence,
    status_of,
    terms_of,
)
from kasstroom_pages.templates import say

_CURSOR = re.compile(r"[A-Za-z0-9._-]{0,64}\Z")
_VERDICTS = {"approved": ReviewState.APPROVED, "declined": ReviewState.DECLINED}


def out_of_order(error: KasstroomError | None = None) -> DeskAnswer:
    """The last resort: a form that is none of ours, or something of ours that broke."""
    last = broken()
    return page(last.body, 400 if isinstance(error, Refused) else last.status)


@dataclass(frozen=True, slots=True)
class Desk:
    """One request of somebody who came in through the `door`."""

    door: Door
    organisation: Callable[[str], Organisation]
    grounds: Grounds

    def queue(self, asked: Asked) -> DeskAnswer:
        visit = self.door.entered(asked)
        if visit is None:
            return self.door.turned_away(asked)
        given, cursor = asked.query.get("kind", ""), asked.query.get("cursor", "")
        kind = ReviewKind(given) if given in set(ReviewKind) else None
        cursor = cursor if _CURSOR.match(cursor) else ""
        books, now = self.door.books, self.door.now
        found = desk.queue(
            books, visit.session.org, now, kind=kind, after=cursor,
            sees_lists=sees_lists(visit.actor),
        )  # fmt: skip
        place = self._place(visit, "/desk")
        return page(queue_page(place, found, now, kind=kind or "", cursor=cursor))

    def review(self, asked: Asked, id: str) -> DeskAnswer:
        visit = self.door.entered(asked)
        if visit is None:
            return self.door.turned_away(asked, id)
        return self._shown(visit, id)

    def decide(self, asked: Asked, id: str) -> DeskAnswer:
        """Answers with the page again, and what was typed, when nothing could be decided; and when
        only the language is to change."""
        visit = self.door.entered(asked)
        if visit is None:
            return self.door.turned_away(asked, id)
        try:
            if asked.ours and ("switch" in asked.typed or "look" in asked.typed):
                return self.again(visit, asked, id)
            if "gather" in asked.typed:
                return self._gathered(visit, asked, id)
            self._decided(visit, asked, id)
        except NotFound:
            return self._shown(visit, id)
        except (Refused, Conflict, Unavailable) as error:
            return self._again(visit, asked, id, error)
        self.door.count("DeskDecided")
        return to(f"/desk/reviews/{id}")

    def _gathered(self, visit: Visit, asked: Asked, id: str) -> DeskAnswer:
        """The registers are asked again; what was typed stays."""
        _ours(visit, asked)
        books, org, now = self.door.books, visit.session.org, self.door.now
        settle(books, lambda: desk.ask_again(books, org, id, visit.actor, now))
        self.door.count("DeskFactsAsked")
        return self.again(visit, asked, id)

    def _decided(self, visit: Visit, asked: Asked, id: str) -> Review:
        _ours(visit, asked)
        verdict = _VERDICTS.get(asked.typed.get("verdict", ""))
        if verdict is None:
            raise Refused("verdict_missing", "Choose approve or decline.")
        note = note_of(asked)
        if len(note) > LONGEST_NOTE:
            raise Refused("note_too_long", f"Use at most {LONGEST_NOTE} characters.")
        if has_unseen(note, lines=True):
            raise Refused(FORBIDDEN, "Leave out the characters that nobody can see.")
        books, org, now = self.door.books, visit.session.org, self.door.now
        approved = verdict is ReviewState.APPROVED
        amount = self._amount(visit, asked, id) if approved else None
        terms = terms_of(asked) if approved else None
        given = (verdict, visit.actor, note, now, self.grounds, amount, terms)
        return settle(books, lambda: desk.decide(books, org, id, *given))

    def _amount(self, visit: Visit, asked: Asked, id: str) -> Money | None:
        """The lower amount that was typed, in the currency of what was asked."""
        typed = asked.typed.get("amount", "").strip()
        review = cases.review_of(self.door.books, visit.session.org, id)
        if not typed or review.amount is None:
            return None
        read = amount_of(typed)
        if read is None:
            raise Refused("invalid_amount", "This is not an amount.")
        return Money.parse(read.value, review.amount.currency)

    def _again(self, visit: Visit, asked: Asked, id: str, error: KasstroomError) -> DeskAnswer:
        found = self._case(visit, id)
        review, language = found.review, self._place(visit, "").language
        mine = (review.decided_by, review.state) == (visit.actor.name, asked.typed.get("verdict"))
        if error.code == "review_closed" and mine:
            return to(f"/desk/reviews/{id}")  # the button was pressed twice
        reply = reply_of(asked, sentence(error.code, language, error.detail))
        return self._page(visit, found, reply, status_of(error))

    def again(
        self, visit: Visit, asked: Asked, id: str, code: str = "", status: int = 200
    ) -> DeskAnswer:
        """The review, with what was typed on it; `code` is what is told about it. NotFound for an
        unknown review."""
        found = self._case(visit, id)
        said = sentence(code, self._place(visit, "").language) if code else ""
        return self._page(visit, found, reply_of(asked, said), status)

    def _case(self, visit: Visit, id: str) -> Case:
        found = cases.case(self.door.books, visit.session.org, id, self.door.now, self.grounds)
        return cases.case_for(found, visit.actor)

    def _shown(self, visit: Visit, id: str) -> DeskAnswer:
        try:
            found = self._case(visit, id)
        except NotFound:
            return page(gone_page(self._place(visit, "/desk")), 404)
        return self._page(visit, found, Reply(), 200)

    def _page(self, visit: Visit, found: Case, reply: Reply, status: int) -> DeskAnswer:
        review, now = found.review, self.door.now
        place = self._place(visit, f"/desk/reviews/{review.id}")
        first = None
        if review.state is not ReviewState.OPEN:
            waiting = desk.queue(self.door.books, review.org, now, limit=1).items
            first = waiting[0] if waiting else None
        elif bar := barred(found, visit.actor):
            said = say(place.language)(f"desk_said_{bar}")
            may = "decline" if bar == "first_given" else ""
            reply = replace(reply, said=reply.said or said, may=may)
        return page(review_page(place, found, now, reply, first), status)

    def _place(self, visit: Visit, path: str) -> Place:
        return place_of(visit, self.organisation(visit.session.org), path)


def _ours(visit: Visit, asked: Asked) -> None:
    """Refused for a form of another page or session."""
    if not asked.ours:
        raise Refused("form_outdated", "This form was not sent from our page.")
    sessions.from_our_form(visit, asked.typed.get("form", ""))


def barred(case: Case, actor: Actor) -> str:
    """Why this person cannot approve, before they write anything; empty when they can."""
    if Role.CREDIT_MANAGER not in actor.roles:
        return "role_required"
    first = case.application.first_approval if case.application else None
    if first and first.by == actor.name:
        return "first_given"
    return "four_eyes" if case.review.asked_by == actor.name else ""
