"""What goes with a reminder by e-mail, when the creditor wants it: each invoice's own document and
the statement of account. A reminder never waits for them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from kasstroom.debtors.model import Channel
from kasstroom.debtors.statements import Account, account
from kasstroom.dunning.claiming import Draft
from kasstroom.dunning.strategy import StepKind
from kasstroom.invoices.documents import Documents, media_type_of, suffix_of
from kasstroom.invoices.model import Invoice
from kasstroom.messages.attachments import file_name, fitting
from kasstroom.messages.model import Attachment, Outgoing
from kasstroom.organisations.model import Attach, Language
from kasstroom.payments.model import Entry
from kasstroom.ports import Books
from kasstroom.time import day_of

MOST_DOCUMENTS = 10
"""Of more invoices nobody opens the files; the statement lists them all."""
MOST_MISSES = 2
"""Then no more is tried: a store that does not answer takes twelve seconds a time, a sending has
sixty."""
PDF = "pdf"
NAMES = {
    Language.NL: {Attach.INVOICE: "factuur", Attach.STATEMENT: "rekeningoverzicht"},
    Language.EN: {Attach.INVOICE: "invoice", Attach.STATEMENT: "statement-of-account"},
    Language.DE: {Attach.INVOICE: "rechnung", Attach.STATEMENT: "kontouebersicht"},
    Language.FY: {Attach.INVOICE: "faktuer", Attach.STATEMENT: "rekkenoersjoch"},
}


@dataclass(frozen=True, slots=True)
class Files:
    """Where they come from; `draw` makes the PDF of an account at a moment. `told` hears how many
    files a mail goes without, and why: `AttachmentsLeftOut` would make it too large,
    `AttachmentsMissing` could not be read."""

    books: Books
    documents: Documents
    draw: Callable[[Account, datetime], bytes]
    told: Callable[[str, int], None]


def attached(outgoing: Outgoing, draft: Draft, files: Files) -> Outgoing:
    """The message with its files, the largest left out when a mail would be too large. Reads
    nothing unless the creditor set `attach` and the message is an e-mail."""
    wanted = wants(draft)
    found: list[Attachment | None] = []
    if Attach.STATEMENT in wanted:
        found.append(_statement(draft, files))
    if Attach.INVOICE in wanted:
        found += _documents(draft, files)
    kept, left = fitting(one for one in found if one)
    for why, number in (
        ("AttachmentsLeftOut", len(left)),
        ("AttachmentsMissing", found.count(None)),
    ):
        if number:
            files.told(why, number)
    return replace(outgoing, attachments=(*outgoing.attachments, *kept))


def wants(draft: Draft) -> frozenset[Attach]:
    """A fourteen-day letter goes without the statement: its amount stands alone, since two that
    both look due make the announcement of costs void (RBROT:2020:5202 on art. 6:96 lid 6 BW)."""
    if draft.message.channel is not Channel.EMAIL:
        return frozenset()
    wanted = frozenset(draft.organisation.attach)
    lettered = draft.step is StepKind.FOURTEEN_DAY_LETTER
    return wanted - {Attach.STATEMENT} if lettered else wanted


def _statement(draft: Draft, files: Files) -> Attachment:
    debtor, org, day = draft.debtor, draft.message.org, day_of(draft.now)
    invoices = files.books.all_of(Invoice, org, debtor.number)
    entries = files.books.all_of(Entry, org, debtor.number)
    pdf = files.draw(account(draft.organisation, debtor, invoices, entries, day), draft.now)
    word = NAMES[draft.message.language][Attach.STATEMENT]
    name = file_name(word, f"{debtor.number}-{day.isoformat()}", PDF)
    return Attachment(name, "application/pdf", pdf)


def _documents(draft: Draft, files: Files) -> Iterator[Attachment | None]:
    """Of the invoices the message is about, oldest first; None for one we were given and cannot
    find. What we never were given is not missing."""
    message = draft.message
    word, misses = NAMES[message.language][Attach.INVOICE], 0
    for number in message.invoices[:MOST_DOCUMENTS]:
        invoice = files.books.find(Invoice, message.org, message.debtor, number)
        if invoice is None or not invoice.document:
            continue
        found = files.documents.find(invoice.document) if misses < MOST_MISSES else None
        misses += found is None
        suffix = suffix_of(media_type_of(invoice.document))
        name = file_name(word, number, suffix)
        yield Attachment(name, found.media_type.value, found.content) if found else None
