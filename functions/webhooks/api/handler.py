"""HTTP under /v1/webhook-subscriptions and /v1/webhook-deliveries: who is told what, and whether it
arrived."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any

from aws_lambda_powertools.event_handler.openapi.params import Body, Path, Query

from kasstroom.events.webhooks import WebhookPing
from kasstroom.settings import (
    DeliveryQueueSettings,
    WebhookSettings,
)
from kasstroom.webhooks import deliveries, redelivering, subscriptions
from kasstroom.webhooks.model import DeliveryState, parts_of
from kasstroom.webhooks.redelivering import Missed, Redelivered
from kasstroom.webhooks.subscriptions import NewSubscription, SubscriptionPatch
from kasstroom.webhooks.targets import Reach
from kasstroom.webhooks.views import (
    DeliveryPage,
    DeliveryView,
    SubscriptionPage,
    SubscriptionView,
    SubscriptionWithSecret,
    delivery_page,
    delivery_view,
    subscription_view,
)
from kasstroom_aws.deployment import books, now
from kasstroom_aws.entrypoints import http
from kasstroom_aws.http import CURSOR, actor_of, answer_once, organisation_of, reply
from kasstroom_aws.outbox import cloud_event
from kasstroom_aws.queues import SqsDeliveryQueue
from kasstroom_aws.shapes import to_plain
from kasstroom_aws.signing import SigningSecrets
from kasstroom_partners.posting import WebhookPost

app, handler = http()
Id = Annotated[str, Path(max_length=64)]


@cache
def secret_of() -> SigningSecrets:
    return SigningSecrets(WebhookSettings.from_env().webhook_secret)


def check(url: str) -> Any:
    return WebhookPost(Reach(WebhookSettings.from_env().webhook_reach)).check(url)


def _subscription(plan: Any, status: int = 200) -> Any:
    """`plan` of the organisation, who asks, and the moment."""
    org, actor, at = organisation_of(app), actor_of(app), now()
    show = lambda made: to_plain(subscription_view(made))  # noqa: E731
    return answer_once(app, books(), at, lambda: plan(org, actor, at), status=status, show=show)


def _with_secret(answer: Any) -> Any:
    """Added after the answer was written down for its Idempotency-Key: no secret is stored."""
    made = answer.body
    secret = secret_of()(organisation_of(app), made["id"], made["secret_number"])
    answer.body = made | {"secret": secret}
    return answer


def _queued(answer: Any) -> Any:
    """Queued when it is written. Should this fail, the retry round finds it."""
    subscription, event = parts_of(answer.body["id"])
    queue = SqsDeliveryQueue(DeliveryQueueSettings.from_env())
    queue.put(organisation_of(app), subscription, event)
    return answer


def _delivery(plan: Any) -> Any:
    org, at = organisation_of(app), now()
    show = lambda made: to_plain(delivery_view(made))  # noqa: E731
    return _queued(answer_once(app, books(), at, lambda: plan(org, at), status=202, show=show))


@app.get("/v1/webhook-subscriptions", summary="Who is told what")
def listed() -> SubscriptionPage:
    found = subscriptions.all_live(books(), organisation_of(app))
    return reply(to_plain(SubscriptionPage(tuple(subscription_view(one) for one in found))))


@app.post(
    "/v1/webhook-subscriptions", summary="Have events sent to a URL of yours", status_code=201
)
def subscribe(body: Annotated[NewSubscription, Body()]) -> SubscriptionWithSecret:
    id = subscriptions.new_subscription_id(now())
    return _with_secret(
        _subscription(
            lambda org, by, at: subscriptions.subscribe(books(), org, id, body, check, by, at), 201
        )
    )


@app.get("/v1/webhook-subscriptions/<id>", summary="One subscription")
def show(id: Id) -> SubscriptionView:
    found = subscriptions.live(books(), organisation_of(app), id)
    return reply(to_plain(subscription_view(found)))


@app.patch("/v1/webhook-subscriptions/<id>", summary="Change it, stop it, or start it again")
def change(id: Id, body: Annotated[SubscriptionPatch, Body()]) -> SubscriptionView:
    return _subscription(
        lambda org, by, at: subscriptions.change(books(), org, id, body, check, by)
    )


@app.delete("/v1/webhook-subscriptions/<id>", summary="Send nothing more")
def unsubscribe(id: Id) -> SubscriptionView:
    return _subscription(lambda org, by, at: subscriptions.unsubscribe(books(), org, id, by, at))


@app.post(
    "/v1/webhook-subscriptions/<id>/secret",
    summary="A new signing secret; the one before signs too for 24 hours",
)
def renew_secret(id: Id) -> SubscriptionWithSecret:
    return _with_secret(
        _subscription(lambda org, by, at: subscriptions.renew_secret(books(), org, id, by, at))
    )


@app.post("/v1/webhook-subscriptions/<id>/test", summary="Send a ping, to try it", status_code=202)
def test(id: Id) -> DeliveryView:
    told = "A test of this webhook subscription."
    event = WebhookPing(org=organisation_of(app), debtor="", subject=id, at=now(), description=told)
    envelope = cloud_event(event)
    return _delivery(lambda org, at: deliveries.ping(books(), org, id, envelope, at))


@app.get("/v1/webhook-subscriptions/<id>/deliveries", summary="What was sent, the newest first")
def log(
    id: Id,
    state: Annotated[DeliveryState | None, Query()] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
    cursor: Annotated[str, Query(pattern=CURSOR)] = "",
) -> DeliveryPage:
    org, actor = organisation_of(app), actor_of(app)
    page = delivery_page(books(), org, id, actor, state=state, after=cursor, limit=limit)
    return reply(to_plain(page))


@app.post(
    "/v1/webhook-subscriptions/<id>/redeliver-missed",
    summary="Deliver all that did not arrive since a moment",
    status_code=202,
)
def redeliver_missed(id: Id, body: Annotated[Missed, Body()]) -> Redelivered:
    org = organisation_of(app)
    return reply(to_plain(redelivering.redeliver_missed(books(), org, id, body, now())), 202)


@app.post(
    "/v1/webhook-deliveries/<id>/redeliver",
    summary="Deliver it again, with all its retries",
    status_code=202,
)
def redeliver(id: Id) -> DeliveryView:
    return _delivery(lambda org, at: deliveries.redeliver(books(), org, id, at))
