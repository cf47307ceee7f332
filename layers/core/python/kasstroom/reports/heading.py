"""What stands above a report that people read: what it is, of which day, and what was asked."""

from __future__ import annotations

from datetime import date, datetime

from kasstroom.organisations.model import READ_AS, Language
from kasstroom.reports.lists.columns import BUCKET_TITLES
from kasstroom.reports.reading import Reading
from kasstroom.reports.shape import Column, Paper, Words
from kasstroom.time import AMSTERDAM

AS_OF = Words("Per", "As of")
MADE = Words("Gemaakt", "Made")
CURRENCY = Words("Valuta", "Currency")
SEGMENT = Words("Segment", "Segment")
SINCE = Words("Vanaf", "Since")
EVERYTHING = Words("alle", "all")
TOTAL = Words("Totaal", "Total")
NO_FIGURE = Words("geen cijfer", "no figure")
_MONTHS = {
    Language.NL: "januari februari maart april mei juni juli augustus september oktober november"
    " december",
    Language.EN: "January February March April May June July August September October November"
    " December",
}


def day_in_words(day: date, language: Language) -> str:
    """`1 september 2026`: no reader takes the month for the day."""
    months = _MONTHS[READ_AS.get(language, language)].split()
    return f"{day.day} {months[day.month - 1]} {day.year}"


def moment_in_words(at: datetime, language: Language) -> str:
    local = at.astimezone(AMSTERDAM)
    return f"{day_in_words(local.date(), language)} {local:%H:%M}"


def heading(reading: Reading, paper: Paper) -> list[tuple[str, str]]:
    """Each with its label; what was not asked says that it is about all."""
    asked, language = reading.question.asked, paper.language
    lines = [(AS_OF, day_in_words(asked.as_of, language))]
    if asked.since:
        lines.append((SINCE, day_in_words(asked.since, language)))
    lines.append((CURRENCY, asked.currency or EVERYTHING.by(language)))
    lines.append((SEGMENT, asked.segment or EVERYTHING.by(language)))
    lines.append((MADE, moment_in_words(paper.at, language)))
    return [(label.by(language), text) for label, text in lines]


def shown_text(column: Column, value: str, language: Language) -> str:
    """A code as people say it, where it has words."""
    words = BUCKET_TITLES.get(value) if column.name == "bucket" else None
    return words.by(language) if words else value
