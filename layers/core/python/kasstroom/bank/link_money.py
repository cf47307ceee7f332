"""What came in by bank transfer with the reference of a payment link counts on that link: an
instalment that was transferred is not asked again on its page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kasstroom.bank.model import BankLine
from kasstroom.bank.reading import clues
from kasstroom.changes import Changes
from kasstroom.money import Money
from kasstroom.payments.model import LINK_REFERENCE, PaymentLink
from kasstroom.payments.references import is_rf
from kasstroom.ports import Books


def counted(books: Books, line: BankLine, booked: Mapping[str, Money]) -> Changes:
    """`booked` is what each debtor gets of the line; below zero when it is taken out again."""
    link = _link(books, line)
    amount = booked.get(link.debtor) if link else None
    if link is None or amount is None or amount.currency != link.amount.currency:
        return Changes()
    paid_minor = max(0, link.paid_minor + amount.minor)
    return Changes(update=(replace(link, paid_minor=paid_minor),))


def _link(books: Books, line: BankLine) -> PaymentLink | None:
    for value in clues(line, ()).references:
        name = books.lookup(line.org, LINK_REFERENCE, value) if is_rf(value) else None
        if name:
            return books.find(PaymentLink, line.org, name.debtor, name.target)
    return None
