"""The HTTP side: who calls, problem documents, and one answer per Idempotency-Key."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.event_handler.exceptions import NotFoundError
from aws_lambda_powertools.event_handler.openapi.exceptions import RequestValidationError

from kasstroom.access import roles
from kasstroom.access.answers import Answer
from kasstroom.access.model import Actor, covers, scope_of
from kasstroom.changes import Changes
from kasstroom.errors import Duplicate, Forbidden, KasstroomError, Refused
from kasstroom.ids import digest
from kasstroom.ports import Books
from kasstroom.settle import settle
from kasstroom_aws import problems
from kasstroom_aws.incoming import loads
from kasstroom_aws.shapes import to_plain

logger = Logger(child=True)
IDEMPOTENCY_HEADER = "idempotency-key"
JSON = "application/json"
PDF = "application/pdf"
Handler = Callable[[dict[str, Any], Any], Any]
CURSOR = r"^[A-Za-z0-9._-]{0,64}$"
"""What a `next_cursor` of ours looks like."""


def _problem(document: dict[str, Any]) -> Response:
    return Response(document["status"], problems.CONTENT_TYPE, problems.dumps(document))


def resolver(*, public: bool) -> APIGatewayHttpResolver:
    """A resolver whose every answer that is not a success is a problem document."""
    app = APIGatewayHttpResolver(enable_validation=not public, json_body_deserializer=loads)

    @app.exception_handler(KasstroomError)
    def refused(error: KasstroomError) -> Response:
        return _problem(problems.of_error(error))

    @app.exception_handler(RequestValidationError)
    def invalid(error: RequestValidationError) -> Response:
        return _problem(problems.of_validation(list(error.errors())))

    @app.not_found
    def no_route(error: NotFoundError) -> Response:
        return _problem(problems.problem(404, "no_such_route", "There is nothing at this address."))

    @app.exception_handler(Exception)
    def bug(error: Exception) -> Response:
        logger.exception("unexpected error")
        detail = "Something went wrong on our side. The request may be repeated."
        return _problem(problems.problem(500, "internal_error", detail))

    return app


def guarded(resolve: Handler, *, files: bool) -> Handler:
    """Turns a caller away before anything of the request is looked at: 401 for an unknown or
    revoked key, 403 for a missing scope or a person without a role for it, 415 for a body that
    is not JSON where no `files` are taken. The authorizer only says who calls.
    """

    def handler(event: dict[str, Any], context: Any) -> Any:
        document = _objection(event) or (None if files else _not_json(event))
        if document is None:
            return _kept_by_nobody(resolve(event, context))
        headers = {"Content-Type": problems.CONTENT_TYPE}
        body = problems.dumps(document)
        answer = {"statusCode": document["status"], "headers": headers, "body": body}
        return _kept_by_nobody(answer)

    return handler


def _kept_by_nobody(answer: dict[str, Any]) -> dict[str, Any]:
    """Limits and ratings of customers are for who asked, not for a cache on the way."""
    own = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return answer | {"headers": own | answer.get("headers", {})}


def _objection(event: dict[str, Any]) -> dict[str, Any] | None:
    caller = _caller(event)
    if caller.get("allowed") != "yes":
        detail = "This API key is unknown, revoked, or for another mode. Check `Authorization`."
        return problems.problem(401, "invalid_api_key", detail)
    method, path = event["requestContext"]["http"]["method"], event["rawPath"]
    if not covers(caller["scopes"].split(), method=method, path=path):
        detail = f"This API key lacks the scope {scope_of(method, path)}."
        return problems.problem(403, "missing_scope", detail)
    try:
        roles.must_may(_actor(caller), method, path)
    except Forbidden as error:
        return problems.of_error(error)
    return None


def _not_json(event: dict[str, Any]) -> dict[str, Any] | None:
    content_type = event["headers"].get("content-type", JSON).partition(";")[0].strip().lower()
    if not event.get("body") or content_type == JSON:
        return None
    detail = "Send the body as JSON, with Content-Type: application/json."
    return problems.problem(415, "unsupported_media_type", detail)


def _caller(event: dict[str, Any]) -> dict[str, str]:
    context = event["requestContext"].get("authorizer") or {}
    return context.get("lambda") or {}


def organisation_of(app: APIGatewayHttpResolver) -> str:
    """The tenant the API key belongs to; never taken from the request itself."""
    return _caller(app.current_event.raw_event)["org"]


def actor_of(app: APIGatewayHttpResolver) -> Actor:
    """Who calls, for the audit and for what only a person may decide."""
    return _actor(_caller(app.current_event.raw_event))


def _actor(caller: dict[str, str]) -> Actor:
    return Actor(caller["key"], tuple(caller.get("roles", "").split()))


def key_given(app: APIGatewayHttpResolver) -> str:
    """The `Idempotency-Key`, or empty."""
    key = (app.current_event.headers or {}).get(IDEMPOTENCY_HEADER, "")
    if len(key) > 255:
        raise Refused("idempotency_key_too_long", "An Idempotency-Key has at most 255 characters.")
    return key


def fingerprint_of(app: APIGatewayHttpResolver) -> str:
    """What is asked and by whom: an answer meant for a person is not another key's to repeat."""
    event, caller = app.current_event, _caller(app.current_event.raw_event)
    who = f"{caller['key']}\x1f{caller.get('roles', '')}"
    return digest(f"{who}\x1f{event.http_method}\x1f{event.path}\x1f{event.body or ''}")


def same_request(known: str, fingerprint: str) -> None:
    if known != fingerprint:
        detail = (
            "This Idempotency-Key was used before for another request, or by another API key; use a"
            " new one."
        )
        raise Duplicate("idempotency_key_reused", detail)


def reply(plain: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """An answer of JSON-ready values; it is checked against the route's documented shape."""
    return Response(status, JSON, plain, headers=headers)


def file(content: bytes, name: str) -> Response:
    """A PDF to look at; the gateway gets it as base64 and gives it as it is."""
    return Response(
        200, PDF, content, headers={"Content-Disposition": f'inline; filename="{name}"'}
    )


def answer_once(
    app: APIGatewayHttpResolver,
    books: Books,
    now: datetime,
    plan: Callable[[], tuple[Changes, Any]],
    *,
    status: int | Callable[[Any], int] = 200,
    show: Callable[[Any], Any] = to_plain,
) -> Response:
    """Settle `plan` and answer; with an Idempotency-Key the answer is written in the same
    transaction, so a repeated request gets it again and nothing happens twice. `status` may follow
    from the result.
    """
    status_of = status if callable(status) else lambda result: status
    key = key_given(app)
    if not key:
        result = settle(books, plan)
        return reply(show(result), status_of(result))
    org, hashed, fingerprint = organisation_of(app), digest(key), fingerprint_of(app)

    def record(result: Any) -> Changes:
        body = json.dumps(show(result), ensure_ascii=False)
        answer = Answer(org, hashed, fingerprint, status_of(result), body, now)
        return Changes(create=(answer,))

    if known := books.find(Answer, org, id=hashed):
        return _again(known, fingerprint)
    try:
        result = settle(books, plan, also=record)
        return reply(show(result), status_of(result))
    except Duplicate as error:
        known = books.find(Answer, org, id=hashed)
        if known is None:
            raise error
        return _again(known, fingerprint)


def _again(known: Answer, fingerprint: str) -> Response:
    same_request(known.fingerprint, fingerprint)
    return reply(json.loads(known.body), known.status, {"Idempotent-Replayed": "true"})
