"""The shapes a Lambda can be called in; a handler picks one and hands it a function.

Logging, metrics, partial batch failures and the error table live here and nowhere else.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit

from kasstroom.errors import KasstroomError, Refused
from kasstroom.settings import METRICS_NAMESPACE
from kasstroom_aws import problems

logger = Logger()
metrics = Metrics(namespace=METRICS_NAMESPACE)

Handler = Callable[[dict[str, Any], Any], Any]


def count(name: str, value: float = 1) -> None:
    metrics.add_metric(name=name, unit=MetricUnit.Count, value=value)


def _observed(handler: Handler, correlation_id_path: str | None = None) -> Handler:
    logged = logger.inject_lambda_context(
        handler, correlation_id_path=correlation_id_path, clear_state=True
    )

    def handler_with_metrics(event: dict[str, Any], context: Any) -> Any:
        try:
            return logged(event, context)
        finally:
            if metrics.metric_set:
                metrics.flush_metrics()

    return handler_with_metrics


def http(*, public: bool = False, files: bool = False) -> tuple[Any, Handler]:
    """An HTTP API and the Lambda handler that serves it; `public` routes need no API key, and
    only one that takes `files` gets a body other than JSON."""
    from kasstroom_aws.http import guarded, resolver

    app = resolver(public=public)
    serve = app.resolve if public else guarded(app.resolve, files=files)
    return app, _observed(serve, "requestContext.requestId")


def authorizer(identify: Callable[[str], dict[str, Any]]) -> Handler:
    """An HTTP API authorizer: lets every call through, with who it is in its context."""

    def handler(event: dict[str, Any], context: Any) -> Any:
        scheme, _, token = (event.get("headers") or {}).get("authorization", "").partition(" ")
        bearer = token.strip() if scheme.lower() == "bearer" else ""
        return {"isAuthorized": True, "context": identify(bearer)}

    return _observed(handler)


def refuses_with_400(app: Any) -> None:
    """A provider's signed webhook: whatever is wrong with it is 400, and counted."""
    from aws_lambda_powertools.event_handler import Response

    @app.exception_handler(Refused)
    def turned_away(error: Refused) -> Response:
        count("WebhookMalformed")
        document = problems.problem(400, error.code, error.detail)
        return Response(400, problems.CONTENT_TYPE, problems.dumps(document))


def sqs(handle: Callable[[dict[str, Any]], None]) -> Handler:
    """Each message on its own: one to retry goes back to the queue, the others do not.

    A message that a rule refuses is acknowledged and logged: delivering it again changes nothing.
    """
    from aws_lambda_powertools.utilities.batch import (
        BatchProcessor,
        EventType,
        process_partial_response,
    )

    from kasstroom_aws.queues import come_back_soon

    processor = BatchProcessor(EventType.SQS, raise_on_entire_batch_failure=False)

    def one(record: Any) -> None:
        try:
            handle(record.json_body)
        except KasstroomError as error:
            again = problems.retries(error)
            facts = {"code": error.code, "detail": error.detail, "again": again}
            logger.warning("a message could not be worked on", extra=facts)
            count("MessageRetried" if again else "MessageRefused")
            if again:
                come_back_soon(record.raw_event)
                raise
        except Exception:
            logger.exception("unexpected error; the message goes back to its queue")
            raise

    def handler(event: dict[str, Any], context: Any) -> Any:
        return process_partial_response(event, one, processor, context)

    return _observed(handler)


def schedule(handle: Callable[[], Any]) -> Handler:
    """A job that a schedule starts; what it returns is for the person who starts it by hand."""

    def handler(event: dict[str, Any], context: Any) -> Any:
        return handle()

    return _observed(handler)


def call(handle: Callable[[dict[str, Any]], Any]) -> Handler:
    """Called by another function of ours, which waits for what it returns."""

    def handler(event: dict[str, Any], context: Any) -> Any:
        return handle(event)

    return _observed(handler)


def sqs_together(handle: Callable[[dict[str, dict[str, Any]]], list[str]]) -> Handler:
    """Messages that are worked on together, by their ids; `handle` returns those to try again."""

    def handler(event: dict[str, Any], context: Any) -> Any:
        found = {record["messageId"]: json.loads(record["body"]) for record in event["Records"]}
        failed = handle(found)
        return {"batchItemFailures": [{"itemIdentifier": id} for id in failed]}

    return _observed(handler)


def sqs_or_call(handle: Callable[[dict[str, Any]], Any]) -> Handler:
    """Messages of a queue, and the same by hand for whoever waits for what it returns."""
    from_queue, by_hand = sqs(handle), call(handle)

    def handler(event: dict[str, Any], context: Any) -> Any:
        return (from_queue if "Records" in event else by_hand)(event, context)

    return handler


def stream(handle: Callable[[list[dict[str, Any]]], list[str]]) -> Handler:
    """Records of the table's stream in order; `handle` returns the sequence numbers to retry. All
    of them come again when it raises what a queue would retry."""

    def handler(event: dict[str, Any], context: Any) -> Any:
        records = event["Records"]
        try:
            failed = handle(records)
        except KasstroomError as error:
            if not problems.retries(error):
                raise
            facts = {"code": error.code, "detail": error.detail}
            logger.warning("these records come again", extra=facts)
            failed = [records[0]["dynamodb"]["SequenceNumber"]]
        return {"batchItemFailures": [{"itemIdentifier": number} for number in failed]}

    return _observed(handler)
