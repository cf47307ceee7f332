"""Templates with the words of a language; HTML is escaped, a forgotten value is an error."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from kasstroom.organisations.model import READ_AS, Language
from kasstroom.payments.references import is_betalingskenmerk, is_rf
from kasstroom_pages import formats
from kasstroom_pages.words import words_of

Words = Callable[..., str]
_NOT_IN_ALL = ("apply", "desk")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters |= {"plain": formats.plain, "grouped": formats.grouped}
    environment.filters["reference"] = reference_text
    return environment


def reference_text(reference: str) -> str:
    """An RF reference or betalingskenmerk in groups of four; anything else as it was given."""
    known = is_rf(reference) or is_betalingskenmerk(reference)
    return formats.grouped(reference) if known else formats.plain(reference)


def say(language: Language) -> Words:
    """The words of a language by key, as plain text; where it has none, those its readers read as
    well (`words_of`)."""
    words = words_of(language)

    def text(key: str, **values: object) -> str:
        return words[key].format(**values)

    return text


def _say_html(language: Language) -> Words:
    """As `say`, with every value escaped; the words themselves may hold markup."""
    words = words_of(language)

    def html(key: str, **values: object) -> Markup:
        return Markup(words[key]).format(**values)

    return html


def fill(template: str, language: Language, /, **values: object) -> str:
    """A template filled in: `t` gives words, `money` and `day` write amounts and dates. A page that
    is not in every language is one that its reader reads as well, wholly (`READ_AS`)."""
    if template.startswith(_NOT_IN_ALL):
        language = READ_AS.get(language, language)
    speak = _say_html(language) if template.endswith(".html") else say(language)
    page = _environment().get_template(template)
    return page.render(
        t=speak,
        language=language.value,
        money=lambda amount: formats.money(amount, language),
        day=lambda on: formats.long_date(on, language),
        **values,
    )
