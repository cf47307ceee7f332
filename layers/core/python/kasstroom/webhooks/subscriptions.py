"""What an organisation wants to be told, and where."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from kasstroom.access.model import Actor
from kasstroom.changes import Changes, Command
from kasstroom.errors import NotFound, Refused
from kasstroom.ids import new_id
from kasstroom.ports import Books
from kasstroom.webhooks.model import WebhookSubscription
from kasstroom.webhooks.patterns import checked_types, may_have_sent
from kasstroom.webhooks.ports import CheckUrl
from kasstroom.whole_list import whole_list

MOST_SUBSCRIPTIONS = 20
PREVIOUS_SIGNS = timedelta(hours=24)
LOG_DAYS = 30


@dataclass(frozen=True, slots=True)
class NewSubscription(Command):
    """`types` are names of events, or `invoice.*` for all that start so, or `*`."""

    url: str
    types: tuple[str, ...]
    description: str = ""
    active: bool = True


@dataclass(frozen=True, slots=True)
class SubscriptionPatch(Command):
    """Only what is given changes. `active` true ends a pause; what was not sent meanwhile can be
    delivered again by hand."""

    url: str | None = None
    types: tuple[str, ...] | None = None
    description: str | None = None
    active: bool | None = None


def all_live(books: Books, org: str) -> list[WebhookSubscription]:
    """Every subscription that was not deleted, the oldest first."""
    return [one for one in whole_list(books, WebhookSubscription, org) if not one.deleted_at]


def live(books: Books, org: str, id: str) -> WebhookSubscription:
    """NotFound for one of another organisation too, and once it was deleted."""
    found = books.find(WebhookSubscription, org, id=id)
    if found is None or found.deleted_at:
        raise NotFound("webhook_subscription_not_found", "There is no webhook subscription here.")
    return found


def subscribe(
    books: Books, org: str, id: str, request: NewSubscription, check: CheckUrl, actor: Actor,
    now: datetime,
) -> tuple[Changes, WebhookSubscription]:  # fmt: skip
    """Refused: a URL webhooks may not go to, an event nobody knows, or too many."""
    types = checked_types(request.types)
    may_have_sent(actor, types)
    if len(all_live(books, org)) >= MOST_SUBSCRIPTIONS:
        detail = f"There are {MOST_SUBSCRIPTIONS} subscriptions already; delete one first."
        raise Refused("too_many_subscriptions", detail)
    check(request.url)
    made = WebhookSubscription(
        org, id, request.url, types, request.description, request.active, now, actor.name
    )
    return Changes(create=(made,)), made


def new_subscription_id(now: datetime) -> str:
    return new_id("whs", now)


def change(
    books: Books, org: str, id: str, request: SubscriptionPatch, check: CheckUrl, actor: Actor
) -> tuple[Changes, WebhookSubscription]:
    """Who changes where events go must be allowed to have each of them sent."""
    stored = live(books, org, id)
    may_have_sent(actor, stored.types)
    names = ("url", "description", "active")
    given = {n: getattr(request, n) for n in names if getattr(request, n) is not None}
    if request.types is not None:
        given["types"] = checked_types(request.types)
        may_have_sent(actor, given["types"])
    if request.url is not None:
        check(request.url)
    after = replace(stored, **given)
    if request.active and not stored.active:
        after = replace(after, pause=None, failing_since=None, failed_at=None)
    if after == stored:
        return Changes(), stored
    return Changes(update=(after,)), after


def unsubscribe(
    books: Books, org: str, id: str, actor: Actor, now: datetime
) -> tuple[Changes, WebhookSubscription]:
    """Nothing is sent any more; what still waits for its try is cancelled when its turn comes."""
    stored = live(books, org, id)
    may_have_sent(actor, stored.types)
    after = replace(stored, active=False, deleted_at=now, gone_at=now + timedelta(days=LOG_DAYS))
    return Changes(update=(after,)), after


def renew_secret(
    books: Books, org: str, id: str, actor: Actor, now: datetime
) -> tuple[Changes, WebhookSubscription]:
    """The next secret signs from now on; the one before signs beside it for `PREVIOUS_SIGNS`."""
    stored = live(books, org, id)
    may_have_sent(actor, stored.types)
    after = replace(
        stored, secret_number=stored.secret_number + 1, previous_until=now + PREVIOUS_SIGNS
    )
    return Changes(update=(after,)), after
