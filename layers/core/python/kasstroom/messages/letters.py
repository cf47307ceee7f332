"""A letter on paper: all that stands on it, in words; who draws it needs to know nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kasstroom.settings import LETTER_PREFIX

Row = tuple[str, ...]


class PostClass(StrEnum):
    """`standard`: carried in two days (three from July 2027), which the presumption of receipt of a
    fourteen-day letter follows; `registered`: with a signature, to prove it."""

    STANDARD = "standard"
    REGISTERED = "registered"


@dataclass(frozen=True, slots=True)
class LetterTable:
    """The last column is of amounts and stands to the right; the head is repeated on each page."""

    headings: Row
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class LetterSum:
    """A line below the table: `(label, amount)`; `strong` is what has to be paid."""

    label: str
    amount: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class PaymentBlock:
    """How to pay. `code` is an EPC QR code as rows of `0` and `1`, empty when there is none;
    `by_link` and `url` are the second way."""

    title: str
    rows: tuple[tuple[str, str], ...]
    code: tuple[str, ...] = ()
    code_hint: str = ""
    by_link: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes: `line` stands small above the address (a letter that cannot be delivered goes
    back there), `card` in the head, `footer` at the foot; `accent` is `#rrggbb`, `logo` a PNG or
    JPEG."""

    name: str
    line: str
    card: tuple[str, ...]
    footer: str
    accent: str
    logo: bytes = b""


@dataclass(frozen=True, slots=True)
class Letter:
    """`facts` are date, reference and so on, by label. `page_of` is the word for a page number:
    `{page} van {pages}`. `at` goes into the file as its making, so the same letter is the same
    bytes."""

    sender: Sender
    addressee: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    subject: str
    salutation: str
    paragraphs: tuple[str, ...]
    table: LetterTable
    sums: tuple[LetterSum, ...]
    payment: PaymentBlock
    legal: tuple[str, ...]
    closing: str
    page_of: str
    language: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PrintedLetter:
    """What goes to the printer, rendered: a PDF of so many pages and whom it goes to."""

    pdf: bytes
    pages: int
    addressee: tuple[str, ...]
    made_at: datetime
    post: PostClass = PostClass.STANDARD
    colour: bool = True


def letter_key(org: str, day: date, message_id: str) -> str:
    """Where the PDF lies: made again on the same day, it lies in the same place."""
    return f"{LETTER_PREFIX}{org}/{day.isoformat()}/{message_id}.pdf"
