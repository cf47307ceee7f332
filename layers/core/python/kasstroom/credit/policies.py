"""The policies that are live, by name; which of them counts for an account."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from kasstroom.changes import Versioned
from kasstroom.credit.default_policy import DEFAULT, default_policy
from kasstroom.credit.model import CreditAccount
from kasstroom.credit.policy import CreditPolicy
from kasstroom.credit.policy_document import PolicyRefused, read


@dataclass(frozen=True, slots=True)
class LivePolicy:
    """The version of a policy that decides, with its document."""

    number: int
    document: dict[str, Any]


@dataclass(frozen=True, slots=True)
class LivePolicies(Versioned):
    """All live policies of an organisation, in one item: a name is a segment, a debtor kind, or
    `default`."""

    org: str
    by_name: dict[str, LivePolicy] = field(default_factory=dict)


FALLBACK = read(
    "fallback",
    0,
    {
        "rules": [
            {
                "id": "no_usable_policy",
                "when": {"fact": "order_amount", "ge": "0.00"},
                "outcome": "refer",
                "reason": "policy_other",
                "detail": "The live policy cannot be read; a person decides until it is mended.",
                "alternatives": ["prepay"],
            }
        ]
    },
)
"""Decides when the live policy cannot be read: nothing is approved or refused by mistake."""


def compiled(live: LivePolicies | None) -> Mapping[str, CreditPolicy]:
    """By name, `default` always among them; what cannot be read is replaced by FALLBACK."""
    policies = {DEFAULT: default_policy()}
    for name, version in (live.by_name if live else {}).items():
        try:
            policies[name] = read(name, version.number, version.document)
        except PolicyRefused:
            policies[name] = FALLBACK
    return policies


def name_for(names: Collection[str], *, segment: str, kind: str) -> str:
    """The most specific name: the segment, else the debtor's kind, else the default."""
    return next((name for name in (segment, kind) if name in names), DEFAULT)


def policy_for(policies: Mapping[str, CreditPolicy], account: CreditAccount) -> CreditPolicy:
    """The one that counts for this account."""
    return policies[name_for(policies, segment=account.segment, kind=account.kind)]


def wants_data(policies: Mapping[str, CreditPolicy]) -> bool:
    """Whether any live policy asks for fresh data: most ask for none, and then nothing is read."""
    return any(policy.terms.data_max_age_days is not None for policy in policies.values())
