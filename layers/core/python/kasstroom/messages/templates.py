"""An organisation's own words: one text per step, channel and language, every version kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from kasstroom.access.model import Actor
from kasstroom.changes import Changes, Versioned
from kasstroom.debtors.model import Channel
from kasstroom.errors import NotFound
from kasstroom.messages.template_text import (
    Blocks,
    TemplateKey,
    TemplateKind,
    allowed,
    checked,
    required,
)
from kasstroom.organisations.model import Language, Organisation
from kasstroom.ports import Books

MOST_LISTED = 200
"""More than there are steps, channels and languages."""
MOST_SHOWN = 20

Trial = Callable[[Organisation, TemplateKey, Blocks], None]
"""Writes the text out on made-up data; Refused when it is too long or not what the law asks."""


@dataclass(frozen=True, slots=True)
class MessageTemplate(Versioned):
    """The text that counts now; `version` counts its changes. `withdrawn`: our own words again."""

    org: str
    step: TemplateKind
    channel: Channel
    language: Language
    blocks: Blocks
    changed_by: str
    changed_at: datetime
    withdrawn: bool = False

    @property
    def key(self) -> TemplateKey:
        return TemplateKey(self.step, self.channel, self.language)

    @property
    def id(self) -> str:
        return self.key.id


@dataclass(frozen=True, slots=True)
class TemplateEdition:
    """How a text was from `changed_at` until its next version."""

    org: str
    template: str
    number: int
    blocks: Blocks
    changed_by: str
    changed_at: datetime
    withdrawn: bool = False

    @property
    def id(self) -> str:
        return f"{self.number:06d}"


@dataclass(frozen=True, slots=True)
class TemplateView:
    """`version` 0: never changed. `own` is null while our words count. `placeholders` may be used,
    `required` must stand in the block."""

    step: TemplateKind
    channel: Channel
    language: Language
    version: int
    own: Blocks | None
    placeholders: tuple[str, ...]
    required: dict[str, tuple[str, ...]]
    history: tuple[EditionView, ...] = ()


@dataclass(frozen=True, slots=True)
class EditionView:
    version: int
    changed_by: str
    changed_at: datetime
    withdrawn: bool
    blocks: Blocks


@dataclass(frozen=True, slots=True)
class TemplatesView:
    """The texts an organisation changed; every other is in our own words."""

    items: tuple[TemplateView, ...]


def own_words(books: Books, org: str, key: TemplateKey) -> Blocks | None:
    """What this organisation says itself; None for our own words. One read."""
    known = books.find(MessageTemplate, org, id=key.id)
    return known.blocks if known and not known.withdrawn else None


def put(
    books: Books,
    org: str,
    key: TemplateKey,
    blocks: Blocks,
    trial: Trial,
    actor: Actor,
    now: datetime,
) -> tuple[Changes, TemplateView]:
    """Refused, with a pointer, for what the text cannot be; the same text again changes nothing."""
    checked(key, blocks)
    trial(books.get(Organisation, org), key, blocks)
    known = books.find(MessageTemplate, org, id=key.id)
    made = MessageTemplate(org, key.step, key.channel, key.language, blocks, actor.name, now)
    if known and not known.withdrawn and known.blocks == blocks:
        return Changes(), view_of(books, org, key)
    return _next(books, known, made)


def withdraw(
    books: Books, org: str, key: TemplateKey, actor: Actor, now: datetime
) -> tuple[Changes, TemplateView]:
    """Our own words again. Nothing is erased: the versions stay."""
    known = books.find(MessageTemplate, org, id=key.id)
    if known is None or known.withdrawn:
        raise NotFound("template_not_found", "This text is in our own words already.")
    after = replace(known, withdrawn=True, changed_by=actor.name, changed_at=now)
    return _next(books, known, after)


def _next(
    books: Books, known: MessageTemplate | None, made: MessageTemplate
) -> tuple[Changes, TemplateView]:
    made = replace(made, version=known.version if known else 0)
    edition = TemplateEdition(
        made.org, made.id, made.version + 1, made.blocks, made.changed_by, made.changed_at,
        made.withdrawn,
    )  # fmt: skip
    changes = Changes(update=(made,)) if known else Changes(create=(made,))
    earlier = _history(books, made.org, made.key) if known else ()
    shown = _shown(replace(made, version=made.version + 1), (_edition(edition), *earlier))
    return changes + Changes(create=(edition,)), shown


def view_of(books: Books, org: str, key: TemplateKey) -> TemplateView:
    known = books.find(MessageTemplate, org, id=key.id)
    if known is None:
        return TemplateView(
            key.step, key.channel, key.language, 0, None, allowed(key), required(key)
        )
    return _shown(known, _history(books, org, key))


def templates_view(books: Books, org: str) -> TemplatesView:
    found = books.listing(MessageTemplate, org, after="", limit=MOST_LISTED)
    return TemplatesView(tuple(_shown(each) for each in found if not each.withdrawn))


def _history(books: Books, org: str, key: TemplateKey) -> tuple[EditionView, ...]:
    editions = books.all_of(TemplateEdition, org, key.id)
    return tuple(_edition(each) for each in reversed(editions[-MOST_SHOWN:]))


def _edition(edition: TemplateEdition) -> EditionView:
    return EditionView(
        edition.number, edition.changed_by, edition.changed_at, edition.withdrawn, edition.blocks
    )


def _shown(template: MessageTemplate, history: tuple[EditionView, ...] = ()) -> TemplateView:
    return TemplateView(
        template.step, template.channel, template.language, template.version,
        None if template.withdrawn else template.blocks, allowed(template.key),
        required(template.key), history,
    )  # fmt: skip
