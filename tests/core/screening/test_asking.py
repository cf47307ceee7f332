"""A slow source never delays the answer beyond the budget."""

from __future__ import annotations

import threading
import time

from kasstroom.errors import Refused, Unavailable
from kasstroom.screening.asking import ask_all
from kasstroom.screening.model import Facts, Outcome, Source


def failing(error):
    def ask(seconds):
        raise error

    return ask


def test_who_answers_in_time_is_heard_and_who_does_not_is_unavailable():
    released = threading.Event()
    asked = {
        Source.VAT: (lambda s: Facts(vat_valid=True), 0),
        Source.BUREAU: (lambda s: released.wait(30) and None, 195),
        Source.TRADE_REGISTER: (lambda s: None, 2),
        Source.SANCTIONS: (failing(Unavailable("down", "Down.")), 0),
        Source.INSOLVENCY: (failing(Refused("no_key", "No key.")), 15),
    }
    begun = time.monotonic()
    heard = {answer.source: answer for answer in ask_all(asked, 200)}
    took = time.monotonic() - begun
    released.set()
    assert took < 5  # the slow one would have taken thirty
    assert list(heard) == list(asked)
    assert heard[Source.VAT].facts.vat_valid is True
    assert heard[Source.TRADE_REGISTER].outcome is Outcome.NOT_FOUND
    assert heard[Source.TRADE_REGISTER].facts.registered is False
    assert heard[Source.TRADE_REGISTER].cost_minor == 2
    late = (Source.BUREAU, Source.SANCTIONS, Source.INSOLVENCY)
    assert {heard[source].outcome for source in late} == {Outcome.UNAVAILABLE}
    assert {heard[source].cost_minor for source in late} == {0}


def test_they_are_asked_at_the_same_time_and_told_the_budget():
    together = threading.Barrier(3, timeout=10)
    budgets = []

    def ask(seconds):
        budgets.append(seconds)
        together.wait()
        return Facts()

    asked = dict.fromkeys(tuple(Source)[:3], (ask, 0))
    assert {h.outcome for h in ask_all(asked, 8000)} == {Outcome.FOUND}
    assert budgets == [8.0] * 3


def test_a_bug_of_ours_is_unavailable_at_once(monkeypatch):
    seen = []
    monkeypatch.setattr(threading, "excepthook", lambda args: seen.append(args.exc_type))
    begun = time.monotonic()
    (heard,) = ask_all({Source.VAT: (failing(KeyError("x")), 0)}, 10_000)
    assert heard.outcome is Outcome.UNAVAILABLE and time.monotonic() - begun < 5
    deadline = time.monotonic() + 5
    while not seen and time.monotonic() < deadline:
        time.sleep(0.01)
    assert seen == [KeyError]


def test_nothing_to_ask_takes_no_time():
    assert ask_all({}, 10_000) == ()
