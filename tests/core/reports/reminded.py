"""An invoice that was reminded of, and the figures that follow it."""

from __future__ import annotations

from kasstroom.changes import Changes
from kasstroom.debtors.model import Channel
from kasstroom.invoices.model import Invoice
from kasstroom.messages.model import Message, MessageState
from kasstroom.money import Money
from kasstroom.organisations.model import Language
from kasstroom.reports import adding_up
from kasstroom.reports.contributions import COUNTED
from kasstroom.reports.measures import Cell, Measure
from kasstroom.reports.recounting import afresh, compare
from kasstroom.reports.sources import Source, source_of
from tests.memory_books import MemoryBooks
from tests.memory_figures import MemoryFigures
from tests.people import NOW, ORG, debtor, invoice, organisation

TODAY = NOW.date()
INVOICE = Source(Invoice, ORG, "D1", "F1")
MESSAGE = Source(Message, ORG, "D1", "msg_1")
PAID = Cell(Measure.REMINDED, "", TODAY, ("reminder", "email", "paid"))
UNPAID = Cell(Measure.REMINDED, "", TODAY, ("reminder", "email", "not"))


def books_with_a_reminder():
    """One invoice, and a reminder that asked for it."""
    found = MemoryBooks()
    organisation(found)
    debtor(found)
    invoice(found, "F1", "100.00")
    sent = Message(
        ORG, "D1", "msg_1", "reminder", Channel.EMAIL, Language.NL, "", ("F1",), Money(1),
        MessageState.SENT, NOW, NOW, sent_at=NOW,
    )  # fmt: skip
    found.commit(Changes(create=(sent,)))
    return found


def counted(books):
    found = MemoryFigures()
    count_all(books, found)
    return found


def count_all(books, figures):
    for entity in books.every(*COUNTED):
        refresh(books, figures, source_of(entity))


def refresh(books, figures, source):
    return adding_up.refresh(books, figures, source, pause=lambda seconds: None)


def differences(books, figures):
    return compare(figures, ORG, afresh(books)[ORG])
