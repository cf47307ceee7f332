"""What the API shows of covers, requests and lists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kasstroom.credit.model import CreditAccount
from kasstroom.insurance.claim import Claim
from kasstroom.insurance.coverage import InvoiceCover
from kasstroom.insurance.glance import GlanceRow, lines_of, row
from kasstroom.insurance.model import Cover, CoverRequest, InsurancePolicy
from kasstroom.insurance.overdue import OverdueNotification
from kasstroom.insurance.reserve import ReserveEntry
from kasstroom.invoices.model import Invoice
from kasstroom.ports import Books


@dataclass(frozen=True, slots=True)
class CoverView:
    """A debtor's cover with what it means today: the gap, each open invoice, and what was asked.
    The invoices in the account's currency add up to the gap."""

    cover: Cover
    at_a_glance: GlanceRow
    invoices: tuple[InvoiceCover, ...]
    requests: tuple[CoverRequest, ...]


@dataclass(frozen=True, slots=True)
class CoverPage:
    items: tuple[Cover, ...]
    next_cursor: str | None = None


@dataclass(frozen=True, slots=True)
class PolicyPage:
    items: tuple[InsurancePolicy, ...]
    next_cursor: str | None = None


@dataclass(frozen=True, slots=True)
class ClaimPage:
    items: tuple[Claim, ...]
    next_cursor: str | None = None


@dataclass(frozen=True, slots=True)
class OverduePage:
    items: tuple[OverdueNotification, ...]
    next_cursor: str | None = None


@dataclass(frozen=True, slots=True)
class EntryPage:
    items: tuple[ReserveEntry, ...]
    next_cursor: str | None = None


def cover_view(books: Books, org: str, debtor: str, today: date) -> CoverView:
    """NotFound when this debtor never had a cover."""
    cover = books.get(Cover, org, debtor)
    account = books.get(CreditAccount, org, debtor)
    lines = lines_of(account, cover, books.all_of(Invoice, org, debtor))
    asked = tuple(books.all_of(CoverRequest, org, debtor))
    return CoverView(cover, row(account, cover, today, lines), lines, asked)
