"""Before a decision: external data that the policy wants fresh, within the policy's own time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from kasstroom.changes import Changes
from kasstroom.credit.asking import checked
from kasstroom.credit.deciding import Asked
from kasstroom.credit.model import CreditAccount
from kasstroom.credit.policies import policy_for
from kasstroom.credit.policy import CreditPolicy
from kasstroom.credit.usecases import Newcomer, account_of
from kasstroom.ports import Books
from kasstroom.screening.at_checkout import fresh_enough
from kasstroom.settle import settle

Ask = Callable[[str, datetime, int], bool]
"""Asks the sources about a debtor within so many milliseconds; True when one did not answer."""


def refreshed(
    books: Books,
    org: str,
    asked: Asked,
    policies: Mapping[str, CreditPolicy],
    *,
    newcomer: Newcomer,
    ask: Ask,
) -> Asked:
    """The question with what is known about its sources. Somebody new is registered first, so that
    what was paid for is kept; a repeated question is not asked about again."""
    checked(asked.request)
    before, account = account_of(books, org, asked, newcomer)
    if any(known.request_id == asked.request_id for known in account.recent):
        return asked
    terms = policy_for(policies, account).terms
    if not asked.request.commit or fresh_enough(account, terms.data_max_age_days, asked.now):
        return asked
    if before:
        account = settle(books, lambda: _registered(books, org, asked, newcomer))
    missing = ask(account.debtor, asked.now, terms.data_budget_ms)
    return replace(asked, sources_missing=missing)


def _registered(
    books: Books, org: str, asked: Asked, newcomer: Newcomer
) -> tuple[Changes, CreditAccount]:
    """As an update, also though it is new: of two first questions at the same moment, the one that
    is second reads again and finds the account."""
    before, account = account_of(books, org, asked, newcomer)
    return before + Changes(update=(account,)) if before else before, account
