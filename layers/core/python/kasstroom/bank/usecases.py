"""One bank line after the other: booked when it is proven whose it is, else with an owner."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from kasstroom.bank.booking import Share, book, most_invoices
from kasstroom.bank.candidates import Found, IbanMemory, find
from kasstroom.bank.clearing import Settlements, cleared
from kasstroom.bank.direct_debits import direct_debit, rest_booked
from kasstroom.bank.learning import confirmed
from kasstroom.bank.lines import WAITING, is_taken
from kasstroom.bank.link_money import counted
from kasstroom.bank.looking_up import BooksLookups
from kasstroom.bank.matching import MatchPolicy, match
from kasstroom.bank.model import BankLine, LineKind, LineState, Proposal
from kasstroom.bank.reading import clues
from kasstroom.bank.returning import returned
from kasstroom.bank.returns import RETURNS
from kasstroom.bank.shapes import NumberShapes
from kasstroom.bank.sums import Tolerance
from kasstroom.bank.views import line_of
from kasstroom.bank.waiting import moved, resolved, waits
from kasstroom.changes import Changes
from kasstroom.credit.warning import Grounds, default_ground
from kasstroom.errors import Conflict
from kasstroom.organisations.model import Organisation
from kasstroom.payments.loading import load
from kasstroom.payments.payouts import settlement_of
from kasstroom.payments.receiving import PLAIN, Manners, manners_of
from kasstroom.ports import Books
from kasstroom.settle import settle

PAYER_AGREES = frozenset({"name_alike", "iban_known", "iban_shared"})


@dataclass(frozen=True, slots=True)
class Ways:
    """How an organisation matches and books; `settlement_of` finds a provider's payout by the
    reference the statement shows."""

    policy: MatchPolicy = MatchPolicy()
    manners: Manners = PLAIN
    grounds: Grounds = default_ground
    settlement_of: Settlements = settlement_of


def ways_of(
    organisation: Organisation, grounds: Grounds, g_accounts: frozenset[str] = frozenset()
) -> Ways:
    manners = manners_of(organisation)
    tolerance = Tolerance(minor=manners.tolerance_minor)
    return Ways(MatchPolicy(tolerance=tolerance, g_accounts=g_accounts), manners, grounds)


def match_line(
    books: Books, org: str, id: str, now: datetime, ways: Ways
) -> tuple[Changes, LineState]:
    """The line and what it became, in one transaction; nothing when it was resolved before, or when
    a person opened it again: what was wrong once is not booked again by itself. NotFound for a
    line of no accepted statement. The total of a file of direct debits takes more transactions than
    one: see `match_whole`."""
    line = line_of(books, org, id)
    if line.state not in WAITING or is_taken(line):
        return Changes(), line.state
    if line.kind is LineKind.PAYOUT:
        return cleared(books, line, now, ways.settlement_of)
    ours = direct_debit(books, line, now, manners=ways.manners, grounds=ways.grounds)
    if ours:
        return ours
    found, lookups = look_up(books, line)
    if line.kind in RETURNS:
        return returned(books, line, found, now, ways.grounds)
    made = match(line, found, ways.policy)
    if made.automatic is None:
        return waits(books, line, made.proposals, ", ".join(made.why), now)
    if len(made.automatic.invoices) > most_invoices(1):
        return waits(books, line, made.proposals, "too_many_invoices", now)
    return _booked(books, line, made.automatic, lookups, now, ways)


def match_whole(books: Books, org: str, id: str, now: datetime, ways: Ways) -> LineState:
    """`match_line`, committed, and with it the whole file of direct debits that the line may pay.
    Unavailable when that is more than one call does: asked again it goes on where it was."""
    state = settle(books, lambda: match_line(books, org, id, now, ways))
    if state not in WAITING:
        return state
    line = line_of(books, org, id)
    if is_taken(line):
        return state
    if not rest_booked(books, line, now, manners=ways.manners, grounds=ways.grounds):
        return state
    return settle(books, lambda: match_line(books, org, id, now, ways))


def look_up(books: Books, line: BankLine) -> tuple[Found, BooksLookups]:
    shapes = books.find(NumberShapes, line.org)
    lookups = BooksLookups(books, line.org)
    return find(clues(line, shapes.shapes if shapes else ()), lookups), lookups


def remembered(books: Books, line: BankLine, debtors: tuple[str, ...]) -> Changes:
    """The account paid for these debtors: that is known from now on."""
    if not line.counterparty_iban:
        return Changes()
    known = books.find(IbanMemory, line.org, id=line.counterparty_iban)
    memory = known or IbanMemory(line.org, line.counterparty_iban)
    for debtor in debtors:
        memory = confirmed(memory, debtor, line.booked_on)
    return Changes(update=(memory,)) if known else Changes(create=(memory,))


def _booked(
    books: Books,
    line: BankLine,
    proposal: Proposal,
    lookups: BooksLookups,
    now: datetime,
    ways: Ways,
) -> tuple[Changes, LineState]:
    """Conflict when the debtor's open items changed since they were compared with the line."""
    position = load(books, line.org, proposal.debtor, proposal.invoices)
    if position.case.version != lookups.cases[proposal.debtor].version:
        raise Conflict("changed_meanwhile", "The open items changed while this line was matched.")
    share = Share(position, line.amount, proposal.invoices)
    changes, entries = book(line, (share,), now, manners=ways.manners, grounds=ways.grounds)
    after = resolved(line, LineState.MATCHED, "automatic", entries)
    changes += moved(books, replace(after, proposals=(proposal,)), now)
    changes += counted(books, line, {proposal.debtor: line.amount})
    if PAYER_AGREES & set(proposal.why):
        changes += remembered(books, line, (proposal.debtor,))
    return changes, after.state
