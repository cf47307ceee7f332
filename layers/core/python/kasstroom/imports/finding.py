"""Which debtor a document is for: one that is known by a number of its own, or a new one."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime

from kasstroom.debtors.checking import NUMBER
from kasstroom.debtors.model import Debtor
from kasstroom.debtors.usecases import DebtorData, register
from kasstroom.errors import Duplicate
from kasstroom.ids import digest
from kasstroom.imports.model import ParsedDebtor
from kasstroom.organisations.model import Language
from kasstroom.ports import Books
from kasstroom.settle import settle

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


def debtor_of(
    books: Books, org: str, parsed: ParsedDebtor, language: Language, now: datetime
) -> str:
    """The number of the debtor a document names: by the number given, else by what it is known by
    elsewhere; registered when it is new, in `language` when the document says none."""
    number = parsed.number or _known(books, org, parsed) or _number_for(parsed)
    if books.find(Debtor, org, number) is None:
        data = DebtorData(
            parsed.name, parsed.kind, parsed.language or language, parsed.address,
            parsed.contact, parsed.identifiers,
        )  # fmt: skip
        try:
            settle(books, lambda: register(books, org, number, data, now))
        except Duplicate:
            books.get(Debtor, org, number)
    return number


def _known(books: Books, org: str, parsed: ParsedDebtor) -> str:
    for identifier in parsed.identifiers:
        if found := books.lookup(org, f"debtor_{identifier.scheme}", identifier.value):
            return found.debtor
    return ""


def _number_for(parsed: ParsedDebtor) -> str:
    """A stable number for a debtor that came without one."""
    if parsed.identifiers:
        first = parsed.identifiers[0]
        number = f"{first.scheme}-{safe(first.value)}"
        if NUMBER.match(number):
            return number
    facts = digest(f"{parsed.name}\x1f{parsed.address.postcode}\x1f{parsed.identifiers}")
    return f"{safe(parsed.name)[:40].strip('-').lower() or 'debtor'}-{facts[:8]}"


def safe(text: str) -> str:
    """Letters, digits, dot, dash and underscore: part of a key or a number."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return _UNSAFE.sub("-", plain).strip("-.")[:100]
