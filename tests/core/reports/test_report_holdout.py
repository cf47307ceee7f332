"""The figures take what the learner says of its holdout as it is."""

from __future__ import annotations

from dataclasses import replace

from kasstroom.changes import Changes
from kasstroom.dunning.learning.model import ChannelScores, Tally
from kasstroom.dunning.learning.policy import LearningPolicy
from kasstroom.dunning.learning.uplift import Report, uplift
from kasstroom.reports.holdout import holdout_of
from tests.memory_books import MemoryBooks

OURS, THEIRS = Tally(300, 900, 400, 2700, 800, 1200), Tally(200, 600, 200, 1800, 400, 600)


def test_all_segments_of_the_experiment_that_runs():
    books = MemoryBooks()
    assert holdout_of(books, "acme") is None
    scores = ChannelScores("acme", "company", {}, None, "spring", OURS, THEIRS)
    other = replace(scores, segment="consumer")
    before = replace(scores, segment="old", experiment="winter")
    policy = LearningPolicy("acme", enabled=True, experiment="spring", minimum_debtors=50)
    books.commit(Changes(create=(scores, other, before, policy)))
    both = Report("spring", OURS + OURS, THEIRS + THEIRS, 50)
    assert holdout_of(books, "acme") == uplift(both)
