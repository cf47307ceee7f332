"""A decision together with what a person said about it."""

from __future__ import annotations

from dataclasses import replace

from kasstroom.credit.decision import Decision
from kasstroom.credit.human import HumanDecision, human_decision
from kasstroom.credit.reasons import buyer_text
from kasstroom.credit.reviews import ReviewState
from kasstroom.credit.views import (
    BuyerView,
    DecisionView,
    ReservationView,
    ReviewedView,
    decision_view,
)
from kasstroom.organisations.model import Language
from kasstroom.ports import Books


def with_review(books: Books, decision: Decision) -> DecisionView:
    said, view = human_decision(books, decision), decision_view(decision)
    if said is None:
        return view
    return replace(view, reviewed=reviewed_view(said), buyer=_told(said))


def _told(said: HumanDecision) -> BuyerView:
    """The answer of a person in place of the promise that one would look; not why."""
    if said.verdict is ReviewState.APPROVED:
        return BuyerView("accepted", "", ())
    return BuyerView("refused", buyer_text((), Language.NL, review=False), ())


def reviewed_view(said: HumanDecision) -> ReviewedView:
    held = None
    if said.reservation_id and said.reservation_expires_at:
        held = ReservationView(said.reservation_id, said.approved, said.reservation_expires_at)
    return ReviewedView(said.verdict, said.by, said.at, said.note, said.approved, held)
