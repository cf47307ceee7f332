"""Two first questions about the same new buyer, when the policy wants fresh data first."""

from __future__ import annotations

from kasstroom.credit.asking import CreditCheck
from kasstroom.credit.buyer import Buyer
from kasstroom.credit.deciding import Asked
from kasstroom.credit.default_policy import DOCUMENT
from kasstroom.credit.fresh_data import refreshed
from kasstroom.credit.model import CreditAccount
from kasstroom.credit.policies import LivePolicies, LivePolicy, compiled
from kasstroom.debtors.model import Debtor
from kasstroom.debtors.newcomers import newcomer
from tests.memory_books import MemoryBooks
from tests.people import NOW, ORG, eur

WANTS = DOCUMENT | {"data_max_age_days": 30}
POLICIES = compiled(LivePolicies(ORG, {"default": LivePolicy(2, WANTS)}))


class Crowded(MemoryBooks):
    """Somebody else writes the same just before the first write."""

    crowded = True

    def commit(self, changes):
        if self.crowded:
            self.crowded = False
            super().commit(changes)
        super().commit(changes)


def test_who_is_second_asks_too_and_registers_nobody_twice():
    books, asked_about = Crowded(), []
    request = CreditCheck(eur("400.00"), buyer=Buyer(company_name="Nieuw B.V.", kvk="68750110"))

    def ask(number, now, budget_ms):
        asked_about.append(number)
        return False

    after = refreshed(
        books, ORG, Asked(request, "r", "f", NOW), POLICIES,
        newcomer=lambda one: newcomer(books, ORG, NOW, one), ask=ask,
    )  # fmt: skip
    (found,) = books.every(Debtor)
    assert asked_about == [found.number] and after.sources_missing is False
    assert len(list(books.every(CreditAccount))) == 1
