"""The answer given to an `Idempotency-Key`: written in the transaction that it answers for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kasstroom.changes import Versioned


@dataclass(frozen=True, slots=True)
class Answer(Versioned):
    """Same key and same `fingerprint`: this answer again; another fingerprint: 409."""

    org: str
    key: str
    fingerprint: str
    status: int
    body: str
    created_at: datetime
