"""Reminding: find what is due, claim, send, confirm."""

from __future__ import annotations

from datetime import datetime

from kasstroom.changes import Work
from kasstroom.compliance.contact_hours import may_contact
from kasstroom.dunning.claiming import claim
from kasstroom.dunning.ports import ReminderQueue
from kasstroom.dunning.reclaiming import reclaim
from kasstroom.messages.model import Message
from kasstroom.messages.sending import Sender, deliver
from kasstroom.ports import Books
from kasstroom.settle import settle


def plan_due(books: Books, queue: ReminderQueue, now: datetime) -> int:
    """Queues every debtor and unfinished message that is due; returns how many. Reads keys only."""
    if not may_contact(now):
        return 0
    queued = 0
    for due in books.due(Work.DUNNING, now):
        queue.put(due.org, due.debtor)
        queued += 1
    for due in books.due(Work.MESSAGE_CLAIM, now):
        queue.put(due.org, due.debtor, due.id)
        queued += 1
    return queued


def remind(sender: Sender, org: str, debtor: str, now: datetime) -> Message | None:
    """Claims the step that is due and sends it; None when nothing was to be sent."""
    draft = settle(sender.books, lambda: claim(sender.books, org, debtor, now))
    return deliver(sender, draft) if draft else None


def resume(sender: Sender, org: str, debtor: str, message_id: str, now: datetime) -> Message | None:
    """Finishes a message whose sender died: sends it again unless a receipt proved it was sent."""
    draft = settle(sender.books, lambda: reclaim(sender.books, org, debtor, message_id, now))
    return deliver(sender, draft) if draft else None
