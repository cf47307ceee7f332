"""A decision together with what a person said about it."""

from __future__ import annotations

from dataclasses import replace

from kasstroom.credit.decision import Decision
from kasstroom.credit.human import HumanDecision, human_decision
from kasstroom.credit.views import DecisionView, ReservationView, ReviewedView, decision_view
from kasstroom.ports import Books


def with_review(books: Books, decision: Decision) -> DecisionView:
    said = human_decision(books, decision)
    return replace(decision_view(decision), reviewed=reviewed_view(said) if said else None)


def reviewed_view(said: HumanDecision) -> ReviewedView:
    held = None
    if said.reservation_id and said.reservation_expires_at:
        held = ReservationView(said.reservation_id, said.approved, said.reservation_expires_at)
    return ReviewedView(said.verdict, said.by, said.at, said.note, said.approved, held)
