"""The links of an organisation or of one debtor, the newest first."""

from __future__ import annotations

from datetime import datetime

from kasstroom.payments.links import place_of
from kasstroom.payments.model import ListedLink, PaymentLink
from kasstroom.payments.views import LinkPage, LinkStatus, link_view
from kasstroom.ports import Books


def link_page(
    books: Books,
    org: str,
    *,
    debtor: str,
    state: LinkStatus | None,
    after: str,
    limit: int,
    now: datetime,
) -> LinkPage:
    """All that is not archived, or what has this state; of one debtor, or of all."""
    rows = _of_debtor(books, org, debtor, after) if debtor else _of_all(books, org, after, limit)
    page = rows[:limit]
    views = (link_view(link, now) for link in page)
    fits = (
        view
        for view in views
        if (view.state is state if state else view.state is not LinkStatus.ARCHIVED)
    )
    more = len(page) == limit
    return LinkPage(tuple(fits), place_of(page[-1]) if more else None)


def _of_debtor(books: Books, org: str, debtor: str, after: str) -> list[PaymentLink]:
    mine = sorted(books.all_of(PaymentLink, org, debtor), key=place_of)
    return [link for link in mine if place_of(link) > after]


def _of_all(books: Books, org: str, after: str, limit: int) -> list[PaymentLink]:
    listed = books.listing(ListedLink, org, after=after, limit=limit)
    found = (books.find(PaymentLink, org, row.debtor, row.id) for row in listed)
    return [link for link in found if link]
