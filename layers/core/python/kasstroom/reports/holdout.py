"""What the learner's holdout says, for the figures: worked out by the learner itself."""

from __future__ import annotations

from kasstroom.dunning.learning.model import ChannelScores
from kasstroom.dunning.learning.policy import LearningPolicy
from kasstroom.dunning.learning.uplift import Uplift, report_of, uplift
from kasstroom.ports import Books

MOST_SEGMENTS = 100


def holdout_of(books: Books, org: str) -> Uplift | None:
    """Of the experiment that runs now; None while no message of it was counted."""
    policy = books.find(LearningPolicy, org) or LearningPolicy(org)
    scores = books.listing(ChannelScores, org, after="", limit=MOST_SEGMENTS)
    found = uplift(report_of(scores, policy.experiment, policy.minimum_debtors))
    return found if found.learned.trials or found.holdout.trials else None
