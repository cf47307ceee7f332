"""Whether what is known of a debtor is recent enough for a decision."""

from __future__ import annotations

from datetime import datetime, timedelta

from kasstroom.credit.model import CreditAccount


def fresh_enough(account: CreditAccount, max_age_days: int | None, now: datetime) -> bool:
    """True when the policy asks for no external data (None), or when the oldest of them was fetched
    less than `max_age_days` days ago; never screened is never fresh."""
    if max_age_days is None:
        return True
    seen = account.profile.screened_at
    return seen is not None and now < seen + timedelta(days=max_age_days)
