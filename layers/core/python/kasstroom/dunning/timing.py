"""Which way and hour a message takes when the organisation lets the learner choose."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from kasstroom.dunning.learning.choosing import Prior, choose, moment
from kasstroom.dunning.learning.model import ChannelScores, DebtorChannelHistory
from kasstroom.dunning.learning.policy import FIXED_STEPS, LearningPolicy
from kasstroom.dunning.learning.usecases import segment_of
from kasstroom.dunning.model import DunningCase
from kasstroom.dunning.policy import Remind, Wait
from kasstroom.dunning.reasons import Why
from kasstroom.dunning.steps import Facts
from kasstroom.ids import derived_id
from kasstroom.ports import Books


def timed(
    books: Books, action: Remind, case: DunningCase, facts: Facts, now: datetime
) -> Remind | Wait:
    """The same message, the likeliest way first, or later at the likeliest hour; as it is when
    nobody switched learning on. It waits for its hour once, whatever is learned meanwhile."""
    policy = books.find(LearningPolicy, case.org)
    if policy is None or not policy.enabled or action.step.kind in FIXED_STEPS:
        return action
    segment = segment_of(books, case.org, case.debtor)
    scores = books.find(ChannelScores, case.org, id=segment)
    own = books.find(DebtorChannelHistory, case.org, case.debtor)
    history = own or DebtorChannelHistory(case.org, case.debtor)
    seed = derived_id("msg", case.org, case.debtor, case.sequence + 1)
    made = choose(history, Prior(action.step.kind, scores), action.ways, now, policy, seed)
    at = moment(made.hour, case.next_action_at or now)
    if at > now and case.timed != case.sequence:
        return Wait(at, Why.CHOSEN_HOUR)
    ways = sorted(action.ways, key=lambda way: way[0] is not made.channel)
    return replace(action, ways=tuple(ways))
