"""An import from the moment a file arrives until every row has its result."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from kasstroom.changes import Changes
from kasstroom.credit.warning import Grounds, default_ground
from kasstroom.errors import NotFound, Refused, Unavailable
from kasstroom.ids import new_id
from kasstroom.imports.model import (
    Import,
    ImportState,
    ParsedInvoice,
    RowProblem,
    RowResult,
)
from kasstroom.imports.ports import Uploads
from kasstroom.imports.statements import BankFile, Statements, no_statements, quarantined
from kasstroom.imports.usecases import (
    FINISHED,
    Defaults,
    completed,
    finish,
    import_of,
    opened,
    parts_of,
    process,
    refused,
    rows_key,
)
from kasstroom.invoices.documents import Documents
from kasstroom.organisations.model import Organisation
from kasstroom.ports import Books
from kasstroom.settle import settle

LARGEST_BODY = 4_000_000
"""A request through the gateway; larger files are uploaded to the address we give."""

OPENING_LOOKS, OPENING_PAUSE_SECONDS = 10, 0.3

Read = Callable[[str, bytes], tuple[str, Iterable[ParsedInvoice | BankFile | RowProblem]]]
"""The format found and the documents in a file; Refused when it cannot be read at all."""


@dataclass(frozen=True, slots=True)
class Upload:
    """`content` None: the caller only asks where a large file can be put."""

    filename: str
    content: bytes | None


@dataclass(frozen=True, slots=True)
class Rows:
    items: tuple[RowResult, ...] = ()
    next_cursor: int | None = None


@dataclass(frozen=True, slots=True)
class ImportView:
    """`upload_url`: PUT the file there when `state` is awaiting_upload. `error` is set when the
    whole file was refused; then nothing was booked."""

    id: str
    filename: str
    state: ImportState
    format: str
    rows: int
    ok: int
    duplicates: int
    failed: int
    error_code: str
    error: str
    created_at: datetime
    finished_at: datetime | None
    results: tuple[RowResult, ...] = ()
    next_cursor: int | None = None
    upload_url: str = ""


def receive(
    uploads: Uploads, org: str, upload: Upload, now: datetime
) -> tuple[Changes, ImportView]:
    """Stores the file and opens its import. The file goes first: a file without an import is
    ignored, an import without a file would wait for ever."""
    if upload.content is not None and len(upload.content) > LARGEST_BODY:
        detail = "The file is larger than 4 MB: send only ?filename= and PUT it to upload_url."
        raise Refused("file_too_large", detail)
    waits = upload.content is None
    state = ImportState.AWAITING_UPLOAD if waits else ImportState.QUEUED
    opening = opened(org, new_id("imp", now), upload.filename, state, now)
    url = uploads.upload_url(opening.object_key) if waits else ""
    if upload.content is not None:
        uploads.put(opening.object_key, upload.content)
    return Changes(create=(opening,)), import_view(opening, Rows(), url)


def run(
    books: Books,
    uploads: Uploads,
    key: str,
    now: datetime,
    *,
    read: Read,
    largest: int,
    organisation: Callable[[str], Organisation],
    grounds: Grounds = default_ground,
    statements: Statements = no_statements,
    store: Documents | None = None,
    pause: Callable[[float], None] = time.sleep,
) -> Import:
    """Reads and books an uploaded file; again after a crash, without booking anything twice. With
    a `store` the documents of its invoices are kept."""
    org, id, _ = parts_of(key)
    running = _opened(books, org, id, pause)
    if running.state in FINISHED:
        return running
    creditor = organisation(org)
    defaults = Defaults(creditor.terms_days, creditor.language, grounds)
    rows: list[RowResult] = []
    refusal: Refused | NotFound | None = None
    try:
        format, documents = read(running.filename, uploads.get(key, largest))
        rows = list(process(books, running, documents, defaults, now, statements, store))
        uploads.put_rows(rows_key(org, id), rows)
        after = completed(running, format, rows, now)
    except (Refused, NotFound) as error:
        after, refusal = refused(running, error, now), error
    events = quarantined(running, rows, refusal, now)
    return settle(books, lambda: finish(books, after, events))


def _opened(books: Books, org: str, id: str, pause: Callable[[float], None]) -> Import:
    """The import of a file. The file is stored just before its import is opened, so a quick worker
    looks a few times; Unavailable when it still is not there."""
    for _ in range(OPENING_LOOKS):
        with contextlib.suppress(NotFound):
            return import_of(books, org, id)
        pause(OPENING_PAUSE_SECONDS)
    raise Unavailable("import_not_open", f"Import {id} is not open yet.")


def shown_rows(uploads: Uploads, found: Import, cursor: int, limit: int) -> Rows:
    if found.state is not ImportState.COMPLETED:
        return Rows()
    rows = uploads.get_rows(rows_key(found.org, found.id))
    part = tuple(rows[cursor : cursor + limit])
    following = cursor + len(part)
    return Rows(part, following if following < len(rows) else None)


def import_view(i: Import, rows: Rows, upload_url: str = "") -> ImportView:
    return ImportView(
        i.id, i.filename, i.state, i.format, i.rows, i.ok, i.duplicates, i.failed, i.error_code,
        i.error, i.created_at, i.finished_at, rows.items, rows.next_cursor, upload_url,
    )  # fmt: skip
