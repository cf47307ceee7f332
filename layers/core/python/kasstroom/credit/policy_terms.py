"""The terms of a policy's JSON document: everything of it that is no rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from kasstroom.credit.basis import LimitBasis, Take
from kasstroom.credit.decision import Outcome
from kasstroom.credit.model import LimitSource
from kasstroom.credit.policy import AutomaticTerms, ReviewTerms, Terms
from kasstroom.credit.policy_fields import Fields
from kasstroom.credit.rules import Reader


def terms_of(document: Mapping[str, Any], currency: str, reader: Reader) -> Terms:
    """What the document says and the usual for the rest; the reader is told what is wrong."""
    top = Fields(dict(document), "", reader, currency)
    limit = Fields(document.get("limit"), "/limit", reader, currency)
    limit.only(frozenset({"take", "of", "own_is_ceiling"}))
    usual, sources = Terms(), tuple(s for s in LimitSource if s is not LimitSource.TEMPORARY)
    basis = LimitBasis(
        Take(limit.one_of("take", usual.basis.take, tuple(Take))),
        tuple(LimitSource(s) for s in limit.some_of("of", usual.basis.of, sources)),
        limit.flag("own_is_ceiling", usual.basis.own_is_ceiling),
    )
    decline = (Outcome.DECLINED.value, Outcome.REFER.value)
    return Terms(
        currency=currency,
        basis=basis,
        warn_percent=top.whole("warn_percent", usual.warn_percent, 1, 100),
        hold_days=top.whole("hold_days", usual.hold_days, 1, 365),
        committed_days=top.whole("committed_days", usual.committed_days, 1, 730),
        smallest_partial=top.amount("smallest_partial", usual.smallest_partial),
        regulated_credit=Outcome(
            top.one_of("regulated_credit", usual.regulated_credit.value, decline)
        ),
        exchange_rates=top.rates("exchange_rates"),
        four_eyes_above=top.amount("four_eyes_above", usual.four_eyes_above),
        data_max_age_days=top.maybe_whole("data_max_age_days", 0, 3650),
        data_budget_ms=top.whole("data_budget_ms", usual.data_budget_ms, 50, 5000),
        reviews=_reviews(document.get("reviews"), reader, currency),
        automatic=_automatic(document.get("automatic"), reader, currency),
    )


def _reviews(given: Any, reader: Reader, currency: str) -> ReviewTerms:
    read, usual = Fields(given, "/reviews", reader, currency), ReviewTerms()
    read.only(frozenset(f.name for f in fields(ReviewTerms)))
    lapse = read.some_of("lapse", usual.lapse, tuple(LimitSource))
    return ReviewTerms(
        read.whole("every_days", usual.every_days, 1, 3650),
        read.whole("grace_days", usual.grace_days, 0, 3650),
        tuple(LimitSource(source) for source in lapse),
    )


def _automatic(given: Any, reader: Reader, currency: str) -> AutomaticTerms | None:
    if given is None:
        return None
    read, usual = Fields(given, "/automatic", reader, currency), AutomaticTerms()
    read.only(frozenset(f.name for f in fields(AutomaticTerms)))
    return AutomaticTerms(
        read.whole("percent", usual.percent, 1, 1200),
        read.amount("most", usual.most),
        read.whole("smallest_invoices", usual.smallest_invoices, 1, 1000),
        read.whole("late_days", usual.late_days, 0, 365),
        read.whole("cut_percent", usual.cut_percent, 0, 100),
        read.whole("step_percent", usual.step_percent, 0, 100),
    )
