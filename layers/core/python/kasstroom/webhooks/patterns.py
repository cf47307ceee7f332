"""Which events a subscription wants: names of the catalogue, or `invoice.*` for all that start so.

What lists of sanctioned parties say, and who asks for care, is for people alone
(`kasstroom.credit.restricted`, `kasstroom.debtors.vulnerability`): no pattern covers it, and only
somebody who may know can have it sent, by its own name.
"""

from __future__ import annotations

from collections.abc import Iterable

from kasstroom.access.model import Actor
from kasstroom.credit.restricted import sees_lists
from kasstroom.errors import Refused
from kasstroom.events import catalogue
from kasstroom.events.screening import SanctionsPossibleHit
from kasstroom.events.segments import DebtorRestrictedSegmentChanged

RESTRICTED = frozenset({SanctionsPossibleHit.TYPE, DebtorRestrictedSegmentChanged.TYPE})
MOST_TYPES = 50
ALL = "*"
POINTER = "/body/types"


def matches(pattern: str, type_: str) -> bool:
    """`credit.*` covers `credit.limit.changed`; `*` covers everything but RESTRICTED."""
    if pattern == type_:
        return True
    if type_ in RESTRICTED or not pattern.endswith(ALL):
        return False
    return type_.startswith(pattern.removesuffix(ALL))


def wanted(patterns: Iterable[str], type_: str) -> bool:
    return any(matches(pattern, type_) for pattern in patterns)


def checked_types(patterns: tuple[str, ...]) -> tuple[str, ...]:
    """The patterns, each once. Refused when one covers nothing: a typing error would be silence."""
    if not patterns or len(patterns) > MOST_TYPES:
        detail = f"Name 1 to {MOST_TYPES} event types, such as invoice.paid or invoice.*."
        raise Refused("event_types", detail, POINTER)
    known = [event.TYPE for event in catalogue()]
    for place, pattern in enumerate(patterns):
        well_formed = pattern == ALL or pattern.endswith(f".{ALL}") or ALL not in pattern
        if not well_formed or not any(matches(pattern, type_) for type_ in known):
            detail = f"No event is called {pattern}; see the catalogue in events/README.md."
            raise Refused("event_type_unknown", detail, f"{POINTER}/{place}")
    return tuple(dict.fromkeys(patterns))


def may_have_sent(actor: Actor, patterns: Iterable[str]) -> None:
    """Refused when these events are not for whoever sets where they go."""
    if RESTRICTED.intersection(patterns) and not sees_lists(actor):
        detail = "Only a credit manager or auditor may have these events sent."
        raise Refused("role_required", detail)
