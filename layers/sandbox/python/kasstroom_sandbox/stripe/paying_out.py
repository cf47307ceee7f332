"""Stripe pays out: everything on the balance of an account goes to the bank."""

from __future__ import annotations

from kasstroom_sandbox.stripe import later, objects
from kasstroom_sandbox.stripe.books import Document
from kasstroom_sandbox.stripe.house import House


def pay_out(house: House, account: str) -> Document | None:
    """Everything on the balance goes to the bank; None when there is nothing to pay out."""
    waiting = [
        one for one in house.books.newest("balance_transaction", account) if "_payout" not in one
    ]
    total = sum(one["net"] for one in waiting)
    if total <= 0:
        return None
    now, currency = house.now(), waiting[0]["currency"]
    made = later.payout(total, currency, account.startswith("live"), now)
    line = objects.transaction("payout", -total, 0, made, now)
    made["balance_transaction"] = line["id"]
    for one in [*waiting, house.books.add(account, line)]:
        house.books.change(one | {"_payout": made["id"]})
    made = house.books.add(account, made)
    house.tell("payout.paid", made)
    return made
