"""A decision together with what a person said about it."""

from __future__ import annotations

from dataclasses import replace

from kasstroom.credit.decision import Decision
from kasstroom.credit.human import HumanDecision, human_decision
from kasstroom.credit.reasons import buyer_text
from kasstroom.credit.restricted import is_hidden
from kasstroom.credit.reviews import ReviewState
from kasstroom.credit.views import (
    BuyerView,
    DecisionView,
    ReservationView,
    ReviewedView,
    contact_only,
    decision_view,
)
from kasstroom.organisations.model import Language
from kasstroom.ports import Books


def with_review(books: Books, decision: Decision, *, sees_lists: bool = False) -> DecisionView:
    """`note` is what a colleague wrote about it: for people, where lists are what it is about."""
    said, view = human_decision(books, decision), decision_view(decision, sees_lists=sees_lists)
    if said is None:
        return view
    reviewed = reviewed_view(said)
    if not sees_lists and any(is_hidden(reason) for reason in decision.reasons):
        reviewed = replace(reviewed, note="")
    return replace(view, reviewed=reviewed, buyer=_told(decision, said))


def _told(decision: Decision, said: HumanDecision) -> BuyerView:
    """The answer of a person in place of the promise that one would look; not why."""
    if said.verdict is ReviewState.APPROVED:
        return BuyerView("accepted", "", ())
    if told := contact_only(decision, Language.NL, review=False):
        return told
    return BuyerView("refused", buyer_text((), Language.NL, review=False), ())


def reviewed_view(said: HumanDecision) -> ReviewedView:
    held = None
    if said.reservation_id and said.reservation_expires_at:
        held = ReservationView(said.reservation_id, said.approved, said.reservation_expires_at)
    return ReviewedView(said.verdict, said.by, said.at, said.note, said.approved, held)
