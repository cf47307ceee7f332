"""What a decision about direct debit reads of a debtor, and what follows for the reminders."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from kasstroom.credit.model import CreditAccount
from kasstroom.dunning.blocks import with_block, without_reason
from kasstroom.dunning.model import Block, DunningCase
from kasstroom.mandates.calendar import reminders_wait_until
from kasstroom.mandates.collection import Collecting
from kasstroom.mandates.eligible import DIRECT_DEBIT, Standing
from kasstroom.mandates.model import Mandate
from kasstroom.payments.model import FINAL_ATTEMPTS, PaymentAttempt, PaymentLink
from kasstroom.ports import Books


def standing_of(books: Books, org: str, debtor: str, mandate: Mandate | None) -> Standing | None:
    """None when there is no such debtor."""
    account = books.find(CreditAccount, org, debtor)
    case = books.find(DunningCase, org, debtor)
    if account is None or case is None:
        return None
    collecting = books.find(Collecting, org, debtor) or Collecting(org, debtor)
    return Standing(account, case, mandate, collecting, being_paid(books, org, debtor))


def being_paid(books: Books, org: str, debtor: str) -> frozenset[str]:
    """The invoices in a payment attempt of which the provider has not told the end."""
    attempts = books.all_of(PaymentAttempt, org, debtor)
    open_links = {a.link_id for a in attempts if a.state not in FINAL_ATTEMPTS}
    links = (books.find(PaymentLink, org, debtor, id) for id in sorted(open_links))
    return frozenset(number for link in links if link for number in link.invoices)


def paused(case: DunningCase, collect_on: date, now: datetime) -> DunningCase:
    """Reminders wait for the money; a later collection makes them wait longer."""
    until = reminders_wait_until(collect_on)
    known = [b for b in case.blocks if b.reason == DIRECT_DEBIT and b.until and b.until >= until]
    return case if known else with_block(case, Block(DIRECT_DEBIT, until), now)


def freed(collecting: Collecting, lines: Iterable[str]) -> Collecting:
    """The invoices of these lines may be collected again."""
    gone = set(lines)
    return replace(collecting, claims=tuple(c for c in collecting.claims if c.line not in gone))


def resumed(case: DunningCase, collecting: Collecting, now: datetime) -> DunningCase:
    """Reminders go on when nothing of the debtor is on its way any more."""
    return case if collecting.claims else without_reason(case, DIRECT_DEBIT, now)
