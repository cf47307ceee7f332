"""Files of invoices into the books: each row whole or not at all, with a result per row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from kasstroom.changes import Changes
from kasstroom.credit.warning import Grounds, default_ground
from kasstroom.errors import Duplicate, KasstroomError, NotFound, Refused, Unavailable
from kasstroom.events.bank import StatementQuarantined
from kasstroom.imports.finding import debtor_of, safe
from kasstroom.imports.model import (
    Import,
    ImportState,
    ParsedDebtor,
    ParsedInvoice,
    RowProblem,
    RowResult,
    RowStatus,
)
from kasstroom.imports.statements import BankFile, Statements, no_statements, rows_of
from kasstroom.invoices.documents import Documents, document_key
from kasstroom.invoices.usecases import NewInvoice, book, invoice_of
from kasstroom.money import Money
from kasstroom.organisations.model import Language
from kasstroom.ports import Books
from kasstroom.settings import UPLOAD_FOLDER, UPLOAD_PREFIX
from kasstroom.settle import settle

FINISHED = frozenset({ImportState.COMPLETED, ImportState.FAILED})


@dataclass(frozen=True, slots=True)
class Defaults:
    """What the organisation fills in where a file says nothing, and its live policies."""

    terms_days: int
    language: Language
    grounds: Grounds = default_ground


def file_key(org: str, id: str, filename: str) -> str:
    """`imports/{org}/{id}/in/{file}`: an object there starts the import."""
    return f"{UPLOAD_PREFIX}{org}/{id}/{UPLOAD_FOLDER}/{safe(filename) or 'file'}"


def rows_key(org: str, id: str) -> str:
    return f"{UPLOAD_PREFIX}{org}/{id}/rows.json"


def parts_of(key: str) -> tuple[str, str, str]:
    """Organisation, import id and file name of an uploaded object; Refused for any other key."""
    parts = key.split("/")
    if len(parts) != 5 or f"{parts[0]}/" != UPLOAD_PREFIX or parts[3] != UPLOAD_FOLDER:
        raise Refused("not_an_upload", f"{key} is not an uploaded file.")
    return parts[1], parts[2], parts[4]


def opened(org: str, id: str, filename: str, state: ImportState, now: datetime) -> Import:
    if not filename or len(filename) > 200:
        detail = "Give the file a name of 1 to 200 characters, such as invoices.zip."
        raise Refused("invalid_filename", detail, "/query/filename")
    return Import(org, id, filename, state, now, object_key=file_key(org, id, filename))


def process(
    books: Books,
    running: Import,
    documents: Iterable[ParsedInvoice | BankFile | RowProblem],
    defaults: Defaults,
    now: datetime,
    statements: Statements = no_statements,
    store: Documents | None = None,
) -> Iterator[RowResult]:
    """Books row by row. Quarantined when the file is one of bank statements and not trusted; in a
    zip that is a row of its own. Done again after a crash it books nothing twice, and a row that
    this same import booked before counts as ok. Unavailable stops the run, so that the queue
    repeats it."""
    known: dict[ParsedDebtor, str] = {}
    for document in documents:
        if isinstance(document, RowProblem):
            status = RowStatus.QUARANTINED if document.quarantined else RowStatus.FAILED
            yield RowResult(
                document.position, status, document.number, "", document.code, document.reason
            )
        elif isinstance(document, BankFile):
            yield from rows_of(running, document, statements, now)
        else:
            yield _row(books, running, document, defaults, known, now, store)


def _row(
    books: Books,
    running: Import,
    document: ParsedInvoice,
    defaults: Defaults,
    known: dict[ParsedDebtor, str],
    now: datetime,
    store: Documents | None,
) -> RowResult:
    """`known` holds the debtors this run has met: a file names the same ones over and over."""
    debtor, paper = "", document.document if store else None
    key = document_key(running.org, document.number, paper.media_type) if paper else ""
    try:
        debtor = known.get(document.debtor) or debtor_of(
            books, running.org, document.debtor, defaults.language, now
        )
        known[document.debtor] = debtor
        new = _request(document, debtor)
        source = f"import:{running.id}:{document.position}"
        settle(
            books,
            lambda: book(
                books,
                running.org,
                new,
                terms_days=defaults.terms_days,
                now=now,
                source=source,
                grounds=defaults.grounds,
                document=key,
            ),
        )
    except Unavailable:
        raise
    except Duplicate:
        result = _duplicate(books, running, document, debtor)
    except KasstroomError as error:
        return RowResult(
            document.position, RowStatus.FAILED, document.number, debtor, error.code, error.detail
        )
    else:
        result = RowResult(document.position, RowStatus.OK, document.number, debtor)
    # Only what this import booked: another invoice with this number keeps its own document.
    if store and paper and result.status is RowStatus.OK:
        store.put(key, paper)
    return result


def _duplicate(books: Books, running: Import, document: ParsedInvoice, debtor: str) -> RowResult:
    """Booked before: by this import (a repeat after a crash), the same, or something else."""
    known = invoice_of(books, running.org, document.number)
    result = RowResult(document.position, RowStatus.OK, document.number, known.debtor)
    if known.source == f"import:{running.id}:{document.position}":
        return result
    same = known.debtor == debtor and known.amount == document.amount
    if same and known.issued_on == document.issued_on:
        reason = "This invoice is in the books already."
        return replace(result, status=RowStatus.DUPLICATE, code="duplicate", reason=reason)
    reason = "This number is in the books already, with another debtor, date or amount."
    return replace(
        result, status=RowStatus.FAILED, debtor=debtor, code="number_reused", reason=reason
    )


def _request(document: ParsedInvoice, debtor: str) -> NewInvoice:
    amount = Money(abs(document.amount.minor), document.amount.currency)
    return NewInvoice(
        document.number, debtor, document.issued_on, amount, document.kind, document.due_on,
        document.payment_reference, document.purchase_order,
        credits_invoice=document.credits_invoice,
    )  # fmt: skip


def completed(running: Import, format: str, rows: list[RowResult], now: datetime) -> Import:
    counts = Counter(row.status for row in rows)
    return replace(
        running,
        state=ImportState.COMPLETED,
        format=format,
        rows=len(rows),
        ok=counts[RowStatus.OK],
        duplicates=counts[RowStatus.DUPLICATE],
        failed=counts[RowStatus.FAILED] + counts[RowStatus.QUARANTINED],
        finished_at=now,
    )


def refused(running: Import, error: KasstroomError, now: datetime) -> Import:
    """The whole file was refused: nothing was booked, and this says why."""
    return replace(
        running,
        state=ImportState.FAILED,
        error_code=error.code,
        error=error.detail,
        finished_at=now,
    )


def finish(
    books: Books, after: Import, events: tuple[StatementQuarantined, ...] = ()
) -> tuple[Changes, Import]:
    """Keeps the outcome; an import that was finished meanwhile stays as it is."""
    current = books.get(Import, after.org, id=after.id)
    if current.state in FINISHED:
        return Changes(), current
    kept = replace(after, version=current.version)
    return Changes(update=(kept,), events=events), kept


def import_of(books: Books, org: str, id: str) -> Import:
    found = books.find(Import, org, id=id)
    if found is None:
        raise NotFound("import_not_found", f"There is no import {id}.")
    return found
