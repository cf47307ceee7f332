"""Who is left alone by the learner, so that what it brings can be measured."""

from __future__ import annotations

import hashlib

_PARTS = 10_000


def in_holdout(org: str, debtor: str, experiment: str, percent: int) -> bool:
    """The same answer for as long as the experiment has this name; a higher `percent` keeps whoever
    is in it."""
    facts = "\x1f".join((experiment, org, debtor))
    number = int.from_bytes(hashlib.sha256(facts.encode()).digest()[:8])
    return number % _PARTS < percent * _PARTS // 100
