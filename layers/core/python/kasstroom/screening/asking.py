"""All sources at once, within one budget: a slow one never delays the answer beyond it."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Thread

from kasstroom.errors import KasstroomError
from kasstroom.screening import learning
from kasstroom.screening.model import Facts, Outcome, Source
from kasstroom.screening.ports import Sources, Subject

Question = Callable[[float], Facts | None]
"""Asks within so many seconds; None: the source knows nobody."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What one source said now. `cost_minor` is due whether or not it knew somebody."""

    source: Source
    outcome: Outcome
    facts: Facts = Facts()
    cost_minor: int = 0


def questions(subject: Subject, sources: Sources) -> dict[Source, tuple[Question, int]]:
    """How to ask each source that is set up, with what an answer costs."""
    made: dict[Source, tuple[Question, int]] = {}
    if register := sources.trade_register:
        made[Source.TRADE_REGISTER] = (
            lambda s: learning.of_register(register.company(subject.kvk, budget_s=s)),
            register.cost_minor,
        )
    if vat := sources.vat:
        made[Source.VAT] = (
            lambda s: learning.of_vat(vat.check(subject.vat, subject.country, budget_s=s)),
            vat.cost_minor,
        )
    if bureau := sources.bureau:
        made[Source.BUREAU] = (
            lambda s: learning.of_bureau(bureau.report(subject.kvk, subject.country, budget_s=s)),
            bureau.cost_minor,
        )
    if insolvency := sources.insolvency:
        made[Source.INSOLVENCY] = (
            lambda s: learning.of_insolvency(subject, insolvency.published(subject, budget_s=s)),
            insolvency.cost_minor,
        )
    if sanctions := sources.sanctions:
        made[Source.SANCTIONS] = (
            lambda s: learning.of_sanctions(subject, sanctions.candidates(subject, budget_s=s)),
            sanctions.cost_minor,
        )
    return made


def ask_all(asked: Mapping[Source, tuple[Question, int]], budget_ms: int) -> tuple[Heard, ...]:
    """Every source's answer in the order asked; `unavailable` for who did not answer in time.
    Raises nothing: the threads that are late are left to end by themselves."""
    answers: SimpleQueue[Heard] = SimpleQueue()
    ends = time.monotonic() + budget_ms / 1000
    for source, (question, cost) in asked.items():
        told = (answers, source, question, cost, budget_ms / 1000)
        Thread(target=_ask, args=told, daemon=True, name=f"ask-{source}").start()
    heard: dict[Source, Heard] = {}
    while len(heard) < len(asked):
        try:
            answer = answers.get(timeout=max(0.0, ends - time.monotonic()))
        except Empty:
            break
        heard[answer.source] = answer
    return tuple(heard.get(source, Heard(source, Outcome.UNAVAILABLE)) for source in asked)


def _ask(
    answers: SimpleQueue[Heard], source: Source, question: Question, cost: int, seconds: float
) -> None:
    answer = Heard(source, Outcome.UNAVAILABLE)
    try:
        facts = question(seconds)
        outcome = Outcome.FOUND if facts is not None else Outcome.NOT_FOUND
        answer = Heard(source, outcome, facts or learning.NOBODY[source], cost)
    except KasstroomError:
        pass
    finally:
        # Also when it is a bug of ours: that shows in the log, and nobody waits for it.
        answers.put(answer)
