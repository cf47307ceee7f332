"""What one debtor may hold stays within what one item can hold (400 KB), however full it gets."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kasstroom.changes import Changes
from kasstroom.credit.asking import CreditCheck
from kasstroom.credit.deciding import MOST_RESERVATIONS, Asked, decide
from kasstroom.credit.decision import Decision
from kasstroom.credit.model import CreditAccount, CreditLimit, HeldAmount, LimitSource
from kasstroom.credit.policy_document import MOST_RULES, read
from kasstroom.credit.room import Ground
from kasstroom.credit.usecases import check, earlier
from kasstroom.errors import Duplicate
from kasstroom.settle import settle
from kasstroom_aws.writing import put_of
from tests.people import NOW, ORG, eur

LARGEST_ITEM = 400 * 1024


def rules(count):
    """Rules that all fire, each with as much to say as it may."""
    return [
        {
            "id": f"{n:03d}".ljust(64, "x"), "when": {"fact": "order_amount", "ge": "0.00"},
            "outcome": "refer", "reason": "policy_other", "detail": "€" * 300,
        }
        for n in range(count)
    ]  # fmt: skip


def size(entity):
    item = put_of("table", entity, is_new=True)["Item"]
    return sum(len(name) + len(str(*value.values()).encode()) for name, value in item.items())


def full():
    """Every reservation and every day of four years taken."""
    until = NOW + timedelta(days=21)
    held = tuple(HeldAmount(f"rsv_{n:026d}", 10**13, until) for n in range(MOST_RESERVATIONS - 10))
    days = {date(2026, 1, 1) + timedelta(days=n): 10**13 for n in range(1461)}
    limits = tuple(CreditLimit(s, eur("99999.00"), "anna" * 20, NOW) for s in LimitSource)
    return CreditAccount(ORG, "D1", limits=limits, held=held, open_by_due=days)


@pytest.mark.parametrize("count", [1, 20, 21, MOST_RULES])
def test_an_account_with_many_decisions_fits_in_its_item(count):
    account, ground = full(), Ground(read("default", 2, {"rules": rules(count)}))
    for n in range(10):
        request = CreditCheck(eur("1.00"), "D1", order_reference="€" * 500)
        asked = Asked(request, f"{n:064d}", "f" * 64, NOW)
        changes, made = decide(account, asked, ground)
        account = next(e for e in changes.update if isinstance(e, CreditAccount))
        assert size(made) < LARGEST_ITEM
    assert size(account) < LARGEST_ITEM
    assert len(account.recent) == 8


def test_a_decision_with_many_reasons_is_the_same_when_asked_again(books):
    ground = Ground(read("default", 2, {"rules": rules(40)}))
    books.commit(Changes(create=(CreditAccount(ORG, "D1"),)))

    def ask(fingerprint="f"):
        asked = Asked(CreditCheck(eur("1.00"), "D1"), "key", fingerprint, NOW)
        known = {"grounds": lambda account: ground, "newcomer": None}
        try:
            return settle(books, lambda: check(books, ORG, asked, **known))
        except Duplicate:
            return earlier(books, ORG, "key", fingerprint)

    first = ask()
    assert ask() == first
    assert len(books.all_of(Decision, ORG, "D1")) == 1
    with pytest.raises(Duplicate):
        ask("another question")
