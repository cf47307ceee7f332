"""An explanation in sentences a buyer understands: Dutch with "u" and English, level B1."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kasstroom.credit.counterfactual import Counterfactual
from kasstroom.credit.decision import Decision, Outcome
from kasstroom.credit.explanation_words import (
    CONDITIONS,
    CONSUMER_CREDIT,
    CONSUMER_CREDIT_LOOKED_AT,
    HEAD,
    OTHER,
    PERSON,
    REVIEWED,
    RIGHTS,
    WOULD,
)
from kasstroom.credit.fact_views import Words, amount_of
from kasstroom.credit.human import HumanDecision
from kasstroom.credit.policy import REGULATED
from kasstroom.credit.reasons import BUYER_TEXT, CODES, Audience
from kasstroom.credit.restricted import is_hidden
from kasstroom.credit.reviews import ReviewState
from kasstroom.money import Money
from kasstroom.organisations.model import Language


def would(one: Counterfactual, currency: str) -> Words:
    """The sentence of a counterfactual."""
    values = {}
    for language in Language:
        values[language] = {
            "first": _amount(one.minor, currency, language),
            "second": _amount(one.second_minor, currency, language),
            "days": one.days,
        }
    said = WOULD[one.kind]
    extra = CONDITIONS if one.outcome is Outcome.APPROVED_WITH_CONDITIONS else Words("", "")
    return Words(
        said.nl.format(**values[Language.NL]) + extra.nl,
        said.en.format(**values[Language.EN]) + extra.en,
    )


def for_buyer(
    decision: Decision,
    possible: tuple[Counterfactual, ...],
    person: HumanDecision | None = None,
    *,
    natural_person: bool,
) -> tuple[Words, ...]:
    """The whole explanation, sentence by sentence. A company reads what any buyer may know; a
    natural person every ground that was used, and how to have a person look. After a person looked
    it is their answer."""
    said = [_filled(HEAD[decision.outcome], decision)]
    if person:
        said = [_filled(REVIEWED[person.verdict], replace(decision, approved=person.approved))]
        if person.verdict is ReviewState.APPROVED:
            return tuple(said)
    if decision.outcome not in (Outcome.APPROVED, Outcome.APPROVED_WITH_CONDITIONS):
        said += list(dict.fromkeys(_reasons(decision, natural_person=natural_person)))
        currency = decision.available.currency
        said += [would(one, currency) for one in possible if one.buyer]
        if natural_person and person is None:
            said.append(RIGHTS)
    return tuple(said)


def _reasons(decision: Decision, *, natural_person: bool) -> Iterator[Words]:
    if any(is_hidden(reason) for reason in decision.reasons):
        # Nobody is told what a list says, nor that anything else would make it possible.
        text = BUYER_TEXT["contact"]
        yield Words(text[Language.NL], text[Language.EN])
        return
    for reason in decision.reasons:
        code = reason.code
        if reason.rule == REGULATED.rule:
            declined = decision.outcome is Outcome.DECLINED
            yield CONSUMER_CREDIT if declined else CONSUMER_CREDIT_LOOKED_AT
        elif natural_person and code in PERSON:
            yield _filled(PERSON[code], decision)
        elif reason.audience == Audience.BUYER and CODES[code].audience is Audience.BUYER:
            text = BUYER_TEXT.get(code)
            if text:
                yield Words(text[Language.NL], text[Language.EN])
        elif natural_person:
            yield OTHER


def _filled(said: Words, decision: Decision) -> Words:
    parts = {
        "asked": decision.requested,
        "approved": decision.approved,
        "overdue": decision.overdue,
    }
    written = {name: amount_of(money) for name, money in parts.items()}
    return Words(
        said.nl.format(**{name: words.nl for name, words in written.items()}),
        said.en.format(**{name: words.en for name, words in written.items()}),
    )


def _amount(minor: int | None, currency: str, language: Language) -> str:
    return amount_of(Money(minor or 0, currency)).by(language)
