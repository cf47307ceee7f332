"""One payment on the desk: where it rests, what its debtor has open, and what was sent back."""

from __future__ import annotations

from dataclasses import dataclass

from kasstroom.bank.booking import SOURCE
from kasstroom.payments.loading import money_of
from kasstroom.payments.model import PROVIDERS, MoneyIn, Refund, UnmatchedMoney, WorkState
from kasstroom.payments.money_views import MoneyView, money_shown
from kasstroom.payments.unmatched import id_of
from kasstroom.ports import Books
from kasstroom.work.money_line import Opened, opened


@dataclass(frozen=True, slots=True)
class PaymentCase:
    """`item` is its place on the worklist, None when all of it always had an invoice; `line_id` the
    bank line it came by; `by_provider`: it can be sent back the way it came."""

    money: MoneyIn
    view: MoneyView
    item: UnmatchedMoney | None
    debtor: Opened
    refunds: tuple[Refund, ...]
    line_id: str
    by_provider: bool

    @property
    def waits(self) -> bool:
        return self.item is not None and self.item.state is WorkState.OPEN


def payment_case(books: Books, org: str, id: str) -> PaymentCase:
    """NotFound when there is no such payment."""
    view, money = money_shown(books, org, id), money_of(books, org, id)
    back = [r for r in books.all_of(Refund, org, money.debtor) if r.money_id == id]
    line_id = money.external_id.partition(":")[0] if money.source == SOURCE else ""
    return PaymentCase(
        money, view, books.find(UnmatchedMoney, org, id=id_of(id)),
        opened(books, org, money.debtor), tuple(back), line_id, money.source in PROVIDERS,
    )  # fmt: skip
