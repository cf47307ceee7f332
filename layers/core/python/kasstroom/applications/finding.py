"""Finding an application: by its id, by the token of its page, or in the organisation's list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from kasstroom.applications.model import (
    SHOWN_DAYS,
    ApplicationState,
    CreditApplication,
    ListedApplication,
)
from kasstroom.errors import NotFound
from kasstroom.ids import digest
from kasstroom.ports import Books

TOKEN_KIND = "application_token"
_ROUND, _MOST_ROUNDS = 100, 10
Listing = Callable[[str, int], Sequence[ListedApplication]]
"""The applications after this id, at most so many."""


def listed(application: CreditApplication) -> ListedApplication:
    return ListedApplication(
        application.org, application.id, application.debtor, application.kind, application.state,
        application.data.name, application.data.requested, application.created_at,
        application.last_step_at,
    )  # fmt: skip


def relisted(books: Books, application: CreditApplication) -> ListedApplication:
    """The place in the list as it is after this."""
    known = books.get(ListedApplication, application.org, id=application.id)
    return replace(listed(application), version=known.version)


def by_id(books: Books, org: str, id: str) -> CreditApplication:
    place = books.find(ListedApplication, org, id=id)
    found = books.find(CreditApplication, org, place.debtor, id) if place else None
    if found is None:
        raise NotFound("application_not_found", f"There is no credit application {id}.")
    return found


def by_token(books: Books, token: str, now: datetime) -> CreditApplication:
    """NotFound, always the same, for an unknown token and for one long after the last step."""
    hashed = digest(token)
    name = books.lookup("", TOKEN_KIND, hashed)
    if name is not None:
        org, id = name.target.split("#")
        found = books.find(CreditApplication, org, name.debtor, id)
        if found and found.token_hash == hashed and _still_shown(found, now):
            return found
    raise NotFound("application_not_found", "This link is not valid any more.")


def _still_shown(application: CreditApplication, now: datetime) -> bool:
    begins = max(application.last_step_at, application.expires_at)
    return now < begins + timedelta(days=SHOWN_DAYS)


def page_of(
    listing: Listing, state: ApplicationState | None, after: str, limit: int
) -> tuple[tuple[ListedApplication, ...], str | None]:
    """A page and the cursor of the next one; looks at a bounded number of applications, so that a
    page with a rare state may hold fewer, or none, before the last."""
    found: list[ListedApplication] = []
    for _ in range(_MOST_ROUNDS):
        read = listing(after, _ROUND)
        for item in read:
            after = item.id
            if state is None or item.state is state:
                found.append(item)
            if len(found) == limit:
                return tuple(found), after
        if len(read) < _ROUND:
            return tuple(found), None
    return tuple(found), after
