"""The words of an organisation's own instead of ours: which blocks there are, which placeholders
may stand in them, and what is refused. Text only: no markup, no other address than `{url}`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from difflib import get_close_matches
from enum import StrEnum

from kasstroom.changes import Command
from kasstroom.debtors.model import Channel
from kasstroom.errors import NotFound, Refused
from kasstroom.organisations.model import Language
from kasstroom.text import has_unseen


class TemplateKind(StrEnum):
    """What can be said in other words: each step that writes to a debtor, and the thanks."""

    PRE_REMINDER = "pre_reminder"
    REMINDER = "reminder"
    SECOND_REMINDER = "second_reminder"
    NOTICE = "notice"
    FOURTEEN_DAY_LETTER = "fourteen_day_letter"
    FINAL_DEMAND = "final_demand"
    THANK_YOU = "thank_you"


@dataclass(frozen=True, slots=True)
class TemplateKey:
    step: TemplateKind
    channel: Channel
    language: Language

    @property
    def id(self) -> str:
        return f"{self.step}#{self.channel}#{self.language}"


@dataclass(frozen=True, slots=True)
class Blocks(Command):
    """The blocks of a text; an empty one is said in our own words. `text` is the whole of an SMS or
    the question of a phone script, `paragraphs` what a letter says above its table."""

    __pydantic_config__ = {"extra": "forbid", "str_max_length": 2000, "str_strip_whitespace": True}

    subject: str = ""
    title: str = ""
    intro: str = ""
    closing: str = ""
    text: str = ""
    paragraphs: tuple[str, ...] = ()

    def each(self) -> Iterator[tuple[str, str]]:
        """Pointer and text of every block that says something."""
        for name in (field.name for field in fields(self) if field.name != "paragraphs"):
            if text := getattr(self, name):
                yield f"/body/{name}", text
        for at, text in enumerate(self.paragraphs):
            yield f"/body/paragraphs/{at}", text


PLACEHOLDERS = (
    "name", "creditor", "items", "amount", "due_on", "pay_by", "iban", "reference", "url", "costs",
    "phone",
)  # fmt: skip
BLOCKS = {
    Channel.EMAIL: {"subject": 120, "title": 80, "intro": 1000, "closing": 300},
    Channel.LETTER: {"subject": 120, "paragraphs": 1000, "closing": 300},
    Channel.SMS: {"text": 300},
    Channel.PHONE: {"text": 1000},
}
"""The blocks of a channel, with the most characters each may have. WhatsApp has none: what it says
was approved by Meta word for word."""
MOST_PARAGRAPHS = 6
_ONE_LINE = frozenset({"subject", "title", "text"})
_NO_THANKS = frozenset({Channel.LETTER, Channel.PHONE})
_PLACE = re.compile(r"\{([a-z_]+)\}")
_ADDRESS = re.compile(r"://|\bwww\.", re.IGNORECASE)
_NOT_IN = {
    TemplateKind.FOURTEEN_DAY_LETTER: {"pay_by", "costs", "due_on"},
    TemplateKind.THANK_YOU: {"due_on", "pay_by", "iban", "url", "costs"},
}
"""The fourteen-day letter names its term and its costs itself, once (art. 6:96 lid 6 BW)."""
_REQUIRED = {
    Channel.SMS: {"text": {"creditor", "url"}},
    Channel.PHONE: {"text": {"amount"}},
}
_NOTICE = {
    Channel.EMAIL: {"intro": {"pay_by"}},
    Channel.LETTER: {"paragraphs": {"pay_by"}},
}
"""A notice of default sets a day to pay by (art. 6:82 BW)."""


def key_of_template(step: str, channel: str, language: str) -> TemplateKey:
    """NotFound when there is no such text."""
    try:
        key = TemplateKey(TemplateKind(step), Channel(channel), Language(language))
    except ValueError:
        detail = "There is no text for this step, channel and language; see GET /v1/templates."
        raise NotFound("template_not_found", detail) from None
    if key.channel not in BLOCKS:
        detail = "WhatsApp texts are approved by Meta as they stand; they cannot be changed here."
        raise Refused("approved_elsewhere", detail)
    if key.step is TemplateKind.THANK_YOU and key.channel in _NO_THANKS:
        raise NotFound("template_not_found", "Thanks go by e-mail, SMS or WhatsApp only.")
    return key


def allowed(key: TemplateKey) -> tuple[str, ...]:
    """The placeholders this text knows."""
    withheld = set(_NOT_IN.get(key.step, ()))
    if key.step is not TemplateKind.FINAL_DEMAND:
        withheld.add("costs")
    return tuple(name for name in PLACEHOLDERS if name not in withheld)


def required(key: TemplateKey) -> dict[str, tuple[str, ...]]:
    """Per block, the placeholders it has to have when it is given."""
    rules = _NOTICE if key.step is TemplateKind.NOTICE else {}
    found = rules.get(key.channel) or _REQUIRED.get(key.channel, {})
    if key.step is TemplateKind.THANK_YOU:
        found = {"text": {"creditor", "amount"}} if key.channel is Channel.SMS else {}
    return {block: tuple(sorted(names)) for block, names in found.items()}


def places_in(text: str) -> tuple[str, ...]:
    return tuple(_PLACE.findall(text))


def checked(key: TemplateKey, blocks: Blocks) -> Blocks:
    """Refused, with a pointer, for what this text cannot be."""
    known = BLOCKS[key.channel]
    if not any(blocks.each()):
        detail = f"Give at least one of {', '.join(known)}; DELETE goes back to our own words."
        raise Refused("nothing_given", detail, "/body")
    if len(blocks.paragraphs) > MOST_PARAGRAPHS:
        detail = f"A letter has at most {MOST_PARAGRAPHS} paragraphs of your own."
        raise Refused("too_many_paragraphs", detail, "/body/paragraphs")
    for pointer, text in blocks.each():
        _block(key, pointer, text)
    for block, names in required(key).items():
        given = " ".join(t for pointer, t in blocks.each() if pointer.split("/")[2] == block)
        missing = [name for name in names if name not in places_in(given)]
        if given and missing:
            detail = f"This text has to say {{{missing[0]}}}; add it."
            raise Refused("placeholder_missing", detail, f"/body/{block}")
    return blocks


def _block(key: TemplateKey, pointer: str, text: str) -> None:
    name, known = pointer.split("/")[2], BLOCKS[key.channel]
    if name not in known:
        detail = f"A text for {key.channel} has {', '.join(known)}; leave out {name}."
        raise Refused("block_not_here", detail, pointer)
    if len(text) > known[name]:
        detail = f"This is {len(text)} characters; at most {known[name]} fit."
        raise Refused("too_long", detail, pointer)
    if "<" in text or ">" in text:
        detail = "Write plain text: the house style makes the mark-up. Leave out < and >."
        raise Refused("no_markup", detail, pointer)
    if _ADDRESS.search(text):
        detail = "Name no address of a page; {url} is the payer's own."
        raise Refused("no_address", detail, pointer)
    if has_unseen(text, lines=name not in _ONE_LINE):
        detail = "There is a character in it that nobody can see; type it anew."
        raise Refused("forbidden_character", detail, pointer)
    _places(key, pointer, text)


def _places(key: TemplateKey, pointer: str, text: str) -> None:
    known = allowed(key)
    listed = ", ".join(f"{{{name}}}" for name in known)
    for name in places_in(text):
        if name in known:
            continue
        close = get_close_matches(name, known, n=1, cutoff=0.4)
        meant = f"did you mean {{{close[0]}}}? " if close else ""
        detail = f"{{{name}}} is not known here: {meant}You can use {listed}."
        raise Refused("unknown_placeholder", detail, pointer)
    if re.search(r"[{}]", _PLACE.sub("", text)):
        detail = f"A brace starts or ends a placeholder and nothing else. You can use {listed}."
        raise Refused("loose_brace", detail, pointer)
