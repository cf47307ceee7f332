"""A text before it is sent: on made-up facts, or on what a debtor really owes. Sends nothing and
makes no link."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from kasstroom.changes import Command
from kasstroom.compliance.letter_wording import Finding
from kasstroom.debtors.model import Channel, Debtor
from kasstroom.dunning.letters import debtor_type
from kasstroom.dunning.model import DunningCase
from kasstroom.dunning.strategy import StepKind, Tone
from kasstroom.errors import Refused
from kasstroom.messages.gsm7 import ONE_PART, septets
from kasstroom.messages.template_text import (
    BLOCKS,
    Blocks,
    TemplateKey,
    TemplateKind,
    checked,
    key_of_template,
)
from kasstroom.messages.templates import own_words
from kasstroom.money import Money
from kasstroom.organisations.model import Language, Organisation
from kasstroom.ports import Books
from kasstroom_pages.letter_check import findings_of, sound
from kasstroom_pages.messages import render, thank
from kasstroom_pages.short_messages import own_sms
from kasstroom_pages.specimen import demand_over, specimen, thanks_specimen
from kasstroom_pages.thanks import own_thanks
from kasstroom_pages.views import PayLine, ReminderView, Rendered

LONGEST_URL = "https://betalen.voorbeeldbedrijf-nl.nl"
"""With its token as long as a link in an SMS may be."""


@dataclass(frozen=True, slots=True)
class Preview(Command):
    """`blocks` are tried instead of what is kept; without them the text is shown as it goes out.
    `debtor`: on what this debtor owes now; left out: on made-up facts, in `language`."""

    step: TemplateKind
    channel: Channel
    language: Language | None = None
    debtor: str = ""
    tone: Tone | None = None
    blocks: Blocks | None = None


@dataclass(frozen=True, slots=True)
class Previewed:
    """`findings`: what a fourteen-day letter says that loses its costs. `parts`: of an SMS."""

    language: Language
    subject: str
    text: str
    html: str
    parts: int
    findings: tuple[Finding, ...]


def trial(organisation: Organisation, key: TemplateKey, blocks: Blocks) -> None:
    """Writes the text out on made-up facts. Refused when it does not fit one SMS, or is a
    fourteen-day letter that would lose its costs."""
    if key.step is TemplateKind.THANK_YOU:
        view = thanks_specimen(key.language, organisation)
        thank(view, key.channel, blocks)
        written = own_thanks(view, blocks)
    else:
        step = StepKind(key.step)
        facts = specimen(step, key.language, organisation, public_url=LONGEST_URL)
        sound(facts, key.channel, render(facts, key.channel, blocks), "/body")
        written = own_sms(facts, blocks)
    if key.channel is Channel.SMS and septets(written) > ONE_PART:
        detail = (
            f"With a name, an invoice and a link this is {septets(written)} characters; an SMS of"
            f" one part has {ONE_PART}. Leave something out."
        )
        raise Refused("too_long", detail, "/body/text")


def preview(books: Books, org: str, asked: Preview, public_url: str, today: date) -> Previewed:
    """NotFound for a debtor that is not here; Refused when nothing is open, or for what the blocks
    cannot be."""
    organisation = books.get(Organisation, org)
    known = books.get(Debtor, org, asked.debtor) if asked.debtor else None
    language = asked.language or (known or organisation).language
    blocks = asked.blocks
    if asked.channel in BLOCKS:
        key = key_of_template(asked.step, asked.channel, language)
        blocks = checked(key, blocks) if blocks else own_words(books, org, key)
    if asked.step is TemplateKind.THANK_YOU:
        said = thank(thanks_specimen(language, organisation), asked.channel, blocks)
        return _previewed(language, asked.channel, said, ())
    step = StepKind(asked.step)
    view = specimen(step, language, organisation, public_url=public_url, tone=asked.tone)
    if known:
        view = _of_debtor(books, view, known, today)
    view = replace(view, links=None)
    said = render(view, asked.channel, blocks)
    return _previewed(language, asked.channel, said, findings_of(view, asked.channel, said))


def _of_debtor(books: Books, view: ReminderView, debtor: Debtor, today: date) -> ReminderView:
    case = books.find(DunningCase, debtor.org, debtor.number)
    items = [item for item in case.items if item.claimable.minor] if case else []
    owed = [item for item in items if item.claimable.minor > 0]
    if not owed:
        detail = f"Nothing is open of {debtor.number}; leave the debtor out for made-up facts."
        raise Refused("nothing_open", detail, "/body/debtor")
    currency = owed[0].claimable.currency
    lines = tuple(
        PayLine(item.number, item.due_on, item.claimable)
        for item in items
        if item.claimable.currency == currency
    )
    demand = demand_over(lines, debtor_type(debtor)) if view.demand else None
    return replace(
        view, debtor_name=debtor.name, lines=lines, kind=debtor.kind, demand=demand, today=today,
        total=Money(sum(line.open.minor for line in lines), currency),
    )  # fmt: skip


def _previewed(
    language: Language, channel: Channel, said: Rendered, findings: tuple[Finding, ...]
) -> Previewed:
    parts = 1 if channel is Channel.SMS and septets(said.text) <= ONE_PART else 0
    return Previewed(language, said.subject, said.text, said.html, parts, findings)
