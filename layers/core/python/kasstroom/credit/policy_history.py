"""The versions of a policy: uploaded once, tested, live, and set aside."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from kasstroom.access.model import Actor, Role
from kasstroom.changes import Versioned
from kasstroom.credit.default_policy import DEFAULT
from kasstroom.errors import Forbidden, NotFound, Refused

BUILT_IN = 1
"""The policy everybody starts with is version 1 of `default`; uploads of that name begin at 2."""
MOST_VERSIONS = 500
MOST_BEFORE = 20


class VersionState(StrEnum):
    DRAFT = "draft"
    LIVE = "live"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class VersionLine:
    """What is known of a version beside its document. `digest` finds an upload of the same."""

    number: int
    digest: str
    created_by: str
    created_at: datetime
    tested_at: datetime | None = None
    tested_by: str = ""
    activated_at: datetime | None = None
    activated_by: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class PolicyHistory(Versioned):
    """All versions of one name. `live` is the number that decides, 0 when none was activated;
    `before` are the numbers that were live before it, the last one last."""

    org: str
    name: str
    versions: tuple[VersionLine, ...] = ()
    live: int = 0
    before: tuple[int, ...] = ()

    @property
    def next_number(self) -> int:
        first = BUILT_IN + 1 if self.name == DEFAULT else 1
        return self.versions[-1].number + 1 if self.versions else first

    def line(self, number: int) -> VersionLine:
        """NotFound when there is no such version."""
        found = next((line for line in self.versions if line.number == number), None)
        if found is None:
            detail = f"There is no version {number} of the policy {self.name}."
            raise NotFound("policy_version_not_found", detail)
        return found

    def state(self, line: VersionLine) -> VersionState:
        if line.number == self.live:
            return VersionState.LIVE
        return VersionState.RETIRED if line.activated_at else VersionState.DRAFT

    def changed(self, line: VersionLine) -> PolicyHistory:
        versions = tuple(line if one.number == line.number else one for one in self.versions)
        return replace(self, versions=versions)


def uploaded(
    history: PolicyHistory, digest: str, actor: Actor, now: datetime
) -> tuple[PolicyHistory, VersionLine]:
    """The same document again is the version it was."""
    same = next((line for line in history.versions if line.digest == digest), None)
    if same:
        return history, same
    if len(history.versions) >= MOST_VERSIONS:
        detail = f"A policy has at most {MOST_VERSIONS} versions; go on under another name."
        raise Refused("too_many_versions", detail)
    line = VersionLine(history.next_number, digest, actor.name, now)
    return replace(history, versions=(*history.versions, line)), line


def tested(history: PolicyHistory, number: int, actor: Actor, now: datetime) -> PolicyHistory:
    """The first test is what counts; later ones change nothing."""
    line = history.line(number)
    if line.tested_at:
        return history
    return history.changed(replace(line, tested_at=now, tested_by=actor.name))


def activated(
    history: PolicyHistory, number: int, actor: Actor, now: datetime, *, force: bool, note: str
) -> PolicyHistory:
    """Refused for a machine, for whoever uploaded it (four eyes), and untested without a reason.

    A policy decides on everybody's credit at once, so two names are always asked for; a rollback,
    which goes back to what two people agreed on before, needs one.
    """
    actor.must_be(Role.CREDIT_MANAGER)
    line = history.line(number)
    if history.live == number:
        return history
    if line.created_by == actor.name:
        detail = "Somebody else than who uploaded this version activates it (four eyes)."
        raise Forbidden("four_eyes", detail)
    if line.tested_at is None and not force:
        detail = "Test or back-test this version first, or send force with a note that says why."
        raise Refused("not_tested", detail, "/body/force")
    if line.tested_at is None and not note.strip():
        detail = "Write down why this version goes live untested."
        raise Refused("note_missing", detail, "/body/note")
    known = replace(line, activated_at=now, activated_by=actor.name, note=note.strip())
    before = (*history.before, history.live)[-MOST_BEFORE:]
    return replace(history.changed(known), live=number, before=before)


def rolled_back(history: PolicyHistory, actor: Actor, note: str) -> PolicyHistory:
    """What was live before; the name is empty again (0) when nothing was."""
    actor.must_be(Role.CREDIT_MANAGER)
    if not history.before:
        detail = f"No earlier version of {history.name} was live."
        raise Refused("nothing_before", detail)
    if not note.strip():
        raise Refused("note_missing", "Write down why, for whoever asks later.", "/body/note")
    return replace(history, live=history.before[-1], before=history.before[:-1])
