"""Decision policies as data: upload, activate, go back. Load, decide, commit."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from kasstroom.access.model import Actor
from kasstroom.changes import Changes, Command
from kasstroom.credit.default_policy import DEFAULT, DOCUMENT, default_policy
from kasstroom.credit.policies import FALLBACK, LivePolicies, LivePolicy
from kasstroom.credit.policy import CreditPolicy, PolicyVersion
from kasstroom.credit.policy_document import PolicyRefused, read
from kasstroom.credit.policy_history import (
    BUILT_IN,
    PolicyHistory,
    VersionLine,
    activated,
    rolled_back,
    uploaded,
)
from kasstroom.credit.rules import Mistake
from kasstroom.errors import NotFound, Refused
from kasstroom.events.credit import CreditPolicyActivated
from kasstroom.ids import digest
from kasstroom.ports import Books

NAME = r"^[a-z][a-z0-9_-]{0,39}$"
MOST_BYTES = 200_000
MOST_LIVE_BYTES = 350_000
"""All live policies lie in one item of at most 400 KB, so that a decision reads them at once."""
MOST_LEVELS = 64


@dataclass(frozen=True, slots=True)
class Activate(Command):
    """`force` takes a version live that nobody tested; `note` says why then."""

    force: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Rollback(Command):
    """`note` says why, for whoever asks later."""

    note: str


def upload(
    books: Books, org: str, name: str, document: dict[str, Any], actor: Actor, now: datetime
) -> tuple[Changes, tuple[PolicyHistory, VersionLine]]:
    """A new version that decides nothing yet; PolicyRefused with every mistake. The same document
    again is the version it was."""
    text = _written(document)
    read(name, 0, document)
    history = history_of(books, org, name)
    after, line = uploaded(history, digest(text), actor, now)
    if after is history:
        return Changes(), (history, line)
    version = PolicyVersion(org, name, line.number, document, actor.name, now)
    # Not as `create`: when somebody took this number first, the upload is planned again.
    return Changes(update=(version, after)), (after, line)


def _written(document: dict[str, Any]) -> str:
    """The document as one text, its fields in order; PolicyRefused when it cannot be kept."""
    level: list[Any] = [document]
    for _ in range(MOST_LEVELS):
        level = [child for one in level for child in _inside(one)]
    if level:
        raise _refused("too_deep", f"At most {MOST_LEVELS} levels of objects and lists.")
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    try:
        size = len(text.encode())
    except UnicodeEncodeError:
        raise _refused("invalid_text", "A text has half a character (a lone surrogate).") from None
    if size > MOST_BYTES:
        raise _refused("document_too_large", f"At most {MOST_BYTES} bytes; this has {size}.")
    return text


def _inside(one: Any) -> list[Any]:
    if isinstance(one, dict):
        return list(one.values())
    return one if isinstance(one, list) else []


def _refused(code: str, detail: str) -> PolicyRefused:
    return PolicyRefused((Mistake("", code, detail),))


def history_of(books: Books, org: str, name: str) -> PolicyHistory:
    """Empty for a name nobody used."""
    return books.find(PolicyHistory, org, id=name) or PolicyHistory(org, name)


def document_of(books: Books, org: str, name: str, number: int) -> Mapping[str, Any]:
    """The document of a version, the built-in one too; NotFound when there is none."""
    if (name, number) == (DEFAULT, BUILT_IN):
        return DOCUMENT
    version = books.find(PolicyVersion, org, name, f"{number:06d}")
    if version is None:
        detail = f"There is no version {number} of the policy {name}."
        raise NotFound("policy_version_not_found", detail)
    return version.document


def policy_of(books: Books, org: str, name: str, number: int) -> CreditPolicy:
    """A version ready to decide; Refused when this release cannot read it any more."""
    if (name, number) == (DEFAULT, BUILT_IN):
        return default_policy()
    if (name, number) == (FALLBACK.name, FALLBACK.number):
        return FALLBACK
    try:
        return read(name, number, document_of(books, org, name, number))
    except PolicyRefused as error:
        raise Refused("policy_unreadable", f"Upload it anew; {error.detail}") from None


def activate(
    books: Books, org: str, name: str, number: int, request: Activate, actor: Actor, now: datetime
) -> tuple[Changes, PolicyHistory]:
    """This version decides from now on. See `policy_history.activated` for who may."""
    if (name, number) == (DEFAULT, BUILT_IN):
        raise Refused("built_in", "This is what rolling back the first version leads to.")
    history = history_of(books, org, name)
    after = activated(history, number, actor, now, force=request.force, note=request.note)
    if after is history:
        return Changes(), history
    return _live(books, history, after, actor, request.note, now)


def roll_back(
    books: Books, org: str, name: str, request: Rollback, actor: Actor, now: datetime
) -> tuple[Changes, PolicyHistory]:
    """What decided before the last activation decides again."""
    history = history_of(books, org, name)
    return _live(
        books, history, rolled_back(history, actor, request.note), actor, request.note, now
    )


def _live(
    books: Books, was: PolicyHistory, after: PolicyHistory, actor: Actor, note: str, now: datetime
) -> tuple[Changes, PolicyHistory]:
    org, name = after.org, after.name
    live = books.find(LivePolicies, org) or LivePolicies(org)
    by_name = {known: policy for known, policy in live.by_name.items() if known != name}
    if after.live:
        policy_of(books, org, name, after.live)
        by_name[name] = LivePolicy(after.live, dict(document_of(books, org, name, after.live)))
    size = len(json.dumps({n: p.document for n, p in by_name.items()}, ensure_ascii=False).encode())
    if size > MOST_LIVE_BYTES:
        detail = f"All live policies together have at most {MOST_LIVE_BYTES} bytes; this is {size}."
        raise Refused("live_policies_too_large", detail)
    id = id_of(name, after.live)
    event = CreditPolicyActivated(
        org=org, debtor="", subject=id or name, at=now, policy=id,
        previous=id_of(name, was.live), by=actor.name, note=note.strip(),
    )  # fmt: skip
    return Changes(update=(after, replace(live, by_name=by_name)), events=(event,)), after


def id_of(name: str, live: int) -> str:
    """What decides under a name: `<name>.<number>`, the built-in one for `default`, else empty."""
    number = live or (BUILT_IN if name == DEFAULT else 0)
    return f"{name}.{number}" if number else ""
