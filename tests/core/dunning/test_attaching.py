"""Files that go with a reminder, and reminders that never wait for them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kasstroom.changes import Changes
from kasstroom.debtors.model import Channel
from kasstroom.dunning.attaching import MOST_DOCUMENTS, MOST_MISSES, Files, attached, wants
from kasstroom.dunning.strategy import StepKind
from kasstroom.invoices.documents import document_key
from kasstroom.invoices.model import Invoice, InvoiceDocument, MediaType
from kasstroom.messages.attachments import MOST_BYTES
from kasstroom.messages.model import Outgoing
from kasstroom.organisations.model import Attach, Language, Organisation
from tests.core.dunning.reminding import claimed
from tests.memory_books import MemoryBooks
from tests.people import NOW, ORG, debtor, invoice, organisation

BOTH = (Attach.INVOICE, Attach.STATEMENT)
OUT = Outgoing("msg_1", ORG, "D1", "d1@klant.example", "x", Language.NL, "tekst")


class Shelf(dict):
    def find(self, key):
        return self.get(key)


class Counting(MemoryBooks):
    reads = 0

    def all_of(self, kind, org, debtor):
        self.reads += 1
        return super().all_of(kind, org, debtor)

    def find(self, kind, org, debtor="", id=""):
        self.reads += 1
        return super().find(kind, org, debtor, id)


def setting(attach=BOTH, numbers=("F1",), language=Language.NL, xml=()):
    """A claimed reminder of invoices that each have a document."""
    books, shelf = Counting(), Shelf()
    organisation(books)
    books.commit(Changes(update=(replace(books.get(Organisation, ORG), attach=attach),)))
    debtor(books, language=language)
    for number in numbers:
        made = invoice(books, number, "250.00")
        kind = MediaType.XML if number in xml else MediaType.PDF
        key = document_key(ORG, number, kind)
        known = books.get(Invoice, ORG, "D1", made.number)
        books.commit(Changes(update=(replace(known, document=key),)))
        shelf[key] = InvoiceDocument(kind, f"{number} itself".encode())
    draft = claimed(books, NOW)
    books.reads = 0
    told = []
    files = Files(
        books, shelf, lambda account, at: b"%PDF statement", lambda *what: told.append(what)
    )
    return files, draft, told


def names(done):
    return [file.name for file in done.attachments]


def test_the_statement_and_each_invoice_go_along():
    files, draft, told = setting(numbers=("F1", "F2"), xml=("F2",))
    done = attached(OUT, draft, files)
    assert names(done) == [
        "rekeningoverzicht-D1-2026-09-01.pdf",
        "factuur-F1.pdf",
        "factuur-F2.xml",
    ]
    assert [f.media_type for f in done.attachments][1:] == [
        "application/pdf", "application/xml",
    ]  # fmt: skip
    assert done.attachments[1].content == b"F1 itself"
    assert told == []


@pytest.mark.parametrize(
    ("attach", "seen"),
    [((), 0), ((Attach.INVOICE,), 1), ((Attach.STATEMENT,), 1), (BOTH, 2)],
)
def test_only_what_the_creditor_wants(attach, seen):
    files, draft, told = setting(attach)
    assert len(attached(OUT, draft, files).attachments) == seen
    assert (files.books.reads == 0) == (attach == ())


@pytest.mark.parametrize("channel", [c for c in Channel if c is not Channel.EMAIL])
def test_no_other_channel_carries_files(channel):
    files, draft, told = setting()
    other = replace(draft, message=replace(draft.message, channel=channel))
    assert attached(OUT, other, files) == OUT
    assert files.books.reads == 0


def test_a_fourteen_day_letter_keeps_its_amount_alone():
    _, draft, _ = setting()
    lettered = replace(draft, step=StepKind.FOURTEEN_DAY_LETTER)
    assert wants(draft) == set(BOTH) and wants(lettered) == {Attach.INVOICE}


def test_a_missing_document_is_counted_and_the_reminder_goes():
    files, draft, told = setting((Attach.INVOICE,), ("F1", "F2"))
    del files.documents[document_key(ORG, "F1", MediaType.PDF)]
    done = attached(OUT, draft, files)
    assert names(done) == ["factuur-F2.pdf"]
    assert told == [("AttachmentsMissing", 1)]


def test_what_was_never_given_is_not_missing():
    files, draft, told = setting((Attach.INVOICE,))
    known = files.books.get(Invoice, ORG, "D1", "F1")
    files.books.commit(Changes(update=(replace(known, document=""),)))
    assert attached(OUT, draft, files).attachments == () and told == []


def test_the_largest_stays_behind_when_the_mail_would_be_too_large():
    files, draft, told = setting(numbers=("F1", "F2"))
    for number, size in (("F1", MOST_BYTES - 1000), ("F2", 2000)):
        key = document_key(ORG, number, MediaType.PDF)
        files.documents[key] = InvoiceDocument(MediaType.PDF, b"x" * size)
    done = attached(OUT, draft, files)
    assert names(done) == ["rekeningoverzicht-D1-2026-09-01.pdf", "factuur-F2.pdf"]
    assert told == [("AttachmentsLeftOut", 1)]


def test_of_many_invoices_the_first_go_along():
    numbers = tuple(f"F{n:02d}" for n in range(MOST_DOCUMENTS + 5))
    files, draft, told = setting((Attach.INVOICE,), numbers)
    assert len(names(attached(OUT, draft, files))) == MOST_DOCUMENTS


@pytest.mark.parametrize("language", Language)
def test_the_files_are_named_in_the_debtor_s_language(language):
    files, draft, told = setting(language=language)
    assert len(names(attached(OUT, draft, files))) == 2


def test_a_store_that_does_not_answer_is_not_asked_for_each_of_them():
    files, draft, told = setting((Attach.INVOICE,), ("F1", "F2", "F3", "F4"))
    files.documents.clear()
    asked = []
    files.documents.find = lambda key: asked.append(key)
    assert attached(OUT, draft, files).attachments == ()
    assert len(asked) == MOST_MISSES and told == [("AttachmentsMissing", 4)]
