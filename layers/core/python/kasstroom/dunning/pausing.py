"""Pauses that people set: for everybody, a debtor, what is open now, or one invoice; with who, why,
until when, and their history."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from kasstroom.changes import Changes, Command, Reference, Versioned
from kasstroom.dunning.blocks import with_block, with_item_block, without_id
from kasstroom.dunning.choosing import LiveStrategies
from kasstroom.dunning.model import Block, BlockReason, DunningCase, Scope
from kasstroom.errors import NotFound, Refused
from kasstroom.events.dunning import DunningBlocked, DunningUnblocked, StrategiesChanged
from kasstroom.ids import new_id
from kasstroom.ports import Books
from kasstroom.time import Instant

REFERENCE = "pause"
OF_THE_BOOKS = frozenset({BlockReason.DIRECT_DEBIT, BlockReason.PAYMENT_RETURNED})
FARTHEST_DAYS = 3660


@dataclass(frozen=True, slots=True)
class Pause(Versioned):
    """A pause in the history. `debtor` is "" when it holds everybody; `lifted_at` None: it was not
    lifted before its end. `until` None: until it is lifted."""

    org: str
    debtor: str
    id: str
    scope: Scope
    reason: BlockReason
    invoice: str
    until: datetime | None
    note: str
    set_at: datetime
    set_by: str
    lifted_at: datetime | None = None
    lifted_by: str = ""


@dataclass(frozen=True, slots=True)
class NewPause(Command):
    """Without `debtor` everybody; with `invoice` that one only; `whole_debtor`: also what is
    invoiced later, until it is lifted."""

    reason: BlockReason
    debtor: str = ""
    invoice: str = ""
    whole_debtor: bool = False
    until: Instant | None = None
    note: str = ""


def pause(books: Books, org: str, new: NewPause, by: str, now: datetime) -> tuple[Changes, Pause]:
    """NotFound without the debtor; Refused for an end in the past, an invoice that is not open, or
    a reason that only the books set."""
    _possible(new, now)
    changes, made, block = noted(org, new, by, now)
    return changes + _held(books, org, made, block, now), made


def noted(org: str, new: NewPause, by: str, now: datetime) -> tuple[Changes, Pause, Block]:
    """Pure: the pause in the history and its announcement, and the block that holds."""
    scope = _scope(new)
    made = Pause(
        org, new.debtor, new_id("pau", now), scope, new.reason, new.invoice, new.until, new.note,
        now, by,
    )  # fmt: skip
    name = Reference(org, REFERENCE, made.id, new.debtor, made.id)
    event = DunningBlocked(
        org=org, debtor=new.debtor, subject=made.id, at=now, scope=scope, reason=new.reason,
        invoice=new.invoice, until=new.until, by=by,
    )  # fmt: skip
    changes = Changes(create=(made, name), events=(event,))
    return changes, made, Block(new.reason, new.until, scope, made.id)


def lift(books: Books, org: str, id: str, by: str, now: datetime) -> tuple[Changes, Pause]:
    """Reminding goes on; lifted twice changes nothing."""
    known = pause_of(books, org, id)
    if known.lifted_at:
        return Changes(), known
    after = replace(known, lifted_at=now, lifted_by=by)
    event = DunningUnblocked(
        org=org, debtor=known.debtor, subject=id, at=now, scope=known.scope,
        reason=known.reason, invoice=known.invoice, by=by,
    )  # fmt: skip
    changes = Changes(update=(after,), events=(event,))
    if known.scope is Scope.ORGANISATION:
        live = books.get(LiveStrategies, org)
        rest = tuple(block for block in live.pauses if block.id != id)
        freed = Changes(update=(replace(live, pauses=rest),), events=(_for_all(org, by, now),))
        return changes + freed, after
    case = books.get(DunningCase, org, known.debtor)
    freed_case = without_id(case, id, now)
    return changes + (Changes(update=(freed_case,)) if freed_case != case else Changes()), after


def pause_of(books: Books, org: str, id: str) -> Pause:
    name = books.lookup(org, REFERENCE, id)
    if name is None:
        raise NotFound("pause_not_found", f"There is no pause {id}.")
    return books.get(Pause, org, name.debtor, id)


def _scope(new: NewPause) -> Scope:
    if not new.debtor:
        return Scope.ORGANISATION
    if new.invoice:
        return Scope.INVOICE
    return Scope.DEBTOR if new.whole_debtor else Scope.CASE


def _possible(new: NewPause, now: datetime) -> None:
    if new.reason in OF_THE_BOOKS:
        detail = f"{new.reason} is set by the books themselves; choose another reason."
        raise Refused("reason_of_the_books", detail, "/body/reason")
    if new.until is not None and new.until <= now:
        raise Refused("until_is_past", "Give an end that lies ahead.", "/body/until")
    if new.until is not None and (new.until - now).days > FARTHEST_DAYS:
        raise Refused("until_too_far", "Give an end within ten years.", "/body/until")
    if new.invoice and not new.debtor:
        raise Refused("debtor_missing", "Say whose invoice it is.", "/body/debtor")


def _held(books: Books, org: str, made: Pause, block: Block, now: datetime) -> Changes:
    if made.scope is Scope.ORGANISATION:
        live = books.find(LiveStrategies, org) or LiveStrategies(org)
        after = replace(live, pauses=(*live.pauses, block))
        kept = Changes(update=(after,)) if live.version else Changes(create=(after,))
        return kept + Changes(events=(_for_all(org, made.set_by, now),))
    case = books.find(DunningCase, org, made.debtor)
    if case is None:
        raise NotFound("debtor_not_found", f"There is no debtor {made.debtor}.", "/body/debtor")
    if made.scope is not Scope.INVOICE:
        return Changes(update=(with_block(case, block, now),))
    if made.invoice not in {item.number for item in case.items}:
        detail = f"{made.invoice} is not an open invoice of this debtor."
        raise Refused("invoice_not_open", detail, "/body/invoice")
    return Changes(update=(with_item_block(case, made.invoice, block, now),))


def _for_all(org: str, by: str, now: datetime) -> StrategiesChanged:
    """Every debtor's next step has to be worked out anew."""
    return StrategiesChanged(
        org=org, debtor="", subject="pause", at=now, strategy="", version=0, by=by, note="pause"
    )
