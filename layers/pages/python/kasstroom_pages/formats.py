"""Amounts, dates, numbers and names the way a reader of the language expects them."""

from __future__ import annotations

import unicodedata
from datetime import date
from decimal import Decimal

from babel.dates import format_date
from babel.numbers import format_currency, format_decimal

from kasstroom.money import Money
from kasstroom.organisations.model import Language

_LOCALES = {
    Language.NL: "nl_NL",
    Language.EN: "en_GB",
    Language.DE: "de_DE",
    Language.FY: "nl_NL",
}
_DAYS = {Language.DE: ("d. MMMM y", "de_DE"), Language.FY: ("d MMMM y", "fy_NL")}
"""Frisian amounts are written as Dutch ones; its months are its own."""
_PARTICLES = frozenset("de den der het 't van von ter ten te en & and".split())
_LEGAL_FORMS = frozenset({"BV", "NV", "VOF", "CV", "LTD", "GMBH", "INC", "BVBA", "SRL", "UA"})


def money(amount: Money, language: Language) -> str:
    """`€ 1.186,85` with a non-breaking space in Dutch, `€1,186.85` in English."""
    return format_currency(amount.decimal, amount.currency, locale=_LOCALES[language])


def long_date(day: date, language: Language) -> str:
    """`12 november 2026`, `12. November 2026`."""
    pattern, locale = _DAYS.get(language, ("d MMMM y", _LOCALES[language]))
    written = format_date(day, pattern, locale=locale)
    # The locale data has Frisian months with a capital, as in a calendar's heading.
    return written.lower() if language is Language.FY else written


def bare(amount: Money, language: Language) -> str:
    """`1.186,85`: in a column whose head says the currency."""
    locale = _LOCALES[language]
    return format_currency(amount.decimal, amount.currency, "#,##0.00", locale=locale)


def whole(amount: Money, language: Language) -> str:
    """`€ 482.310`: without cents, for a figure that is read at a glance."""
    pattern = "¤#,##0;-¤#,##0" if language is Language.EN else "¤\xa0#,##0;¤\xa0-#,##0"
    locale = _LOCALES[language]
    value, currency = amount.decimal, amount.currency
    return format_currency(value, currency, pattern, locale=locale, currency_digits=False)


def number(value: int | Decimal, language: Language, digits: int = 0) -> str:
    """`1.284` or `38,4` in Dutch."""
    pattern = f"#,##0.{'0' * digits}" if digits else "#,##0"
    return format_decimal(value, pattern, locale=_LOCALES[language])


def short_date(day: date, language: Language) -> str:
    """`12-11-2026`, `12/11/2026`, `12.11.2026`: all of one width, for a column."""
    mark = {Language.EN: "/", Language.DE: "."}.get(language, "-")
    return day.strftime(f"%d{mark}%m{mark}%Y")


def grouped(value: str) -> str:
    """An IBAN or a reference in groups of four, as a bank prints it."""
    compact = "".join(value.split())
    return " ".join(compact[at : at + 4] for at in range(0, len(compact), 4))


def plain(text: str, limit: int = 140) -> str:
    """One line without control or direction-changing characters, cut at `limit` characters."""
    visible = (c if unicodedata.category(c) not in ("Cc", "Cf", "Zl", "Zp") else " " for c in text)
    line = " ".join("".join(visible).split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def without_legal_form(name: str) -> str:
    """`Van Dijk Bouwmaterialen` for `Van Dijk Bouwmaterialen B.V.`."""
    words = plain(name).split()
    while len(words) > 1 and words[-1].replace(".", "").upper() in _LEGAL_FORMS:
        words.pop()
    return " ".join(words)


def short_name(name: str, limit: int = 16) -> str:
    """The first words of a name, never ending in `van` or `de`: `Van Dijk` for a text message."""
    short = ""
    for word in without_legal_form(name).split():
        longer = f"{short} {word}".strip()
        if short and len(longer) > limit and short.split()[-1].lower() not in _PARTICLES:
            break
        short = longer
    return plain(short, 2 * limit)


def initials(name: str) -> str:
    """Two letters that stand for a creditor without a logo."""
    letters = [word[0] for word in without_legal_form(name).split() if word[0].isalnum()]
    return "".join(letters[:2]).upper() or "·"
