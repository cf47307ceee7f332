"""What a checkout decision costs in CPU, against the same two requests made bare with botocore.

Run: `make bench` (or `.venv/bin/python -m tests.bench.credit_check`). Every request is answered
inside the process before it would leave, so only our work and botocore's own is counted. The two
are run in turn, so that a noisy machine hurts both alike; the medians' ratio is the figure.
"""

from __future__ import annotations

import contextlib
import json
import os
import statistics
import subprocess
import sys
import time
from types import SimpleNamespace

os.environ.update(
    AWS_DEFAULT_REGION="eu-west-1", AWS_ACCESS_KEY_ID="x", AWS_SECRET_ACCESS_KEY="x",
    TABLE_NAME="books", CLOCK="system", POWERTOOLS_SERVICE_NAME="credit/api",
    POWERTOOLS_METRICS_NAMESPACE="kasstroom", POWERTOOLS_LOG_LEVEL="ERROR",
)  # fmt: skip
ROUNDS, PER_ROUND = 30, 20
CONTEXT = SimpleNamespace(
    function_name="f", memory_limit_in_mb=512, invoked_function_arn="a", aws_request_id="r"
)
EMPTY = """
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver
import pynamodb.models, pynamodb.transactions, pynamodb.connection
app = APIGatewayHttpResolver(enable_validation=True)
@app.get("/")
def root() -> dict:
    return {}
"""


def answers(account: str):
    """Canned answers of DynamoDB, given before a request leaves."""
    from botocore.awsrequest import AWSResponse

    class Raw:
        def __init__(self, body: bytes) -> None:
            self.body = body

        def stream(self, **_):
            yield self.body

        def read(self, *_, **__):
            return self.body

    item = {
        "pk": {"S": "D#o#D1"}, "sk": {"S": "CREDIT"}, "kind": {"S": "credit_account"},
        "version": {"N": "3"}, "body": {"S": account},
    }  # fmt: skip
    bodies = {"GetItem": json.dumps({"Item": item}).encode(), "TransactWriteItems": b"{}"}

    def answer(request, **_):
        operation = request.headers["X-Amz-Target"].decode().split(".")[1]
        headers = {"content-type": "application/x-amz-json-1.0", "x-amzn-requestid": "r"}
        return AWSResponse(request.url, 200, headers, Raw(bodies[operation]))

    return answer


def decision():
    """One request through the real handler."""
    from functions.credit.api import handler as module
    from kasstroom_aws.books import _connection, _item_model
    from tests.lambda_http import http_event

    answer = answers(_account())
    for connection in (_connection(), _item_model("books")._get_connection().connection):
        connection.client.meta.events.register_first("before-send.dynamodb", answer)
    body = json.dumps({"debtor": "D1", "amount": {"value": "10.00", "currency": "EUR"}})
    event = http_event(
        "POST", "/v1/credit-checks", {"content-type": "application/json"}, body.encode()
    )
    event["requestContext"]["authorizer"] = {
        "lambda": {"allowed": "yes", "org": "o", "key": "k", "scopes": "*"}
    }

    def run() -> None:
        answered = module.handler(event, CONTEXT)
        assert answered["statusCode"] == 201, answered["body"]

    return run


def _account() -> str:
    from datetime import UTC, date, datetime, timedelta

    from kasstroom.credit.model import CreditAccount, HeldAmount
    from kasstroom.money import Money
    from kasstroom_aws.shapes import to_json

    held = tuple(
        HeldAmount(f"rsv_{n}", 100, datetime.now(UTC) + timedelta(days=9)) for n in range(5)
    )
    due = {date.today() + timedelta(days=n): 100 for n in range(20)}  # noqa: DTZ011
    return to_json(
        CreditAccount("o", "D1", limit=Money(10_000_000), held=held, open_by_due=due, version=3)
    )


def bare():
    """The same two requests with the same bytes, through a botocore client and nothing else."""
    import botocore.session

    captured: list[tuple[str, dict]] = []
    from kasstroom_aws.books import _connection, _item_model

    def capture(params, model, **_):
        captured.append((model.name, json.loads(params["body"])))

    connections = (_connection(), _item_model("books")._get_connection().connection)
    for connection in connections:
        connection.client.meta.events.register("before-call.dynamodb", capture)
    with open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere):
        decision()()
    for connection in connections:
        connection.client.meta.events.unregister("before-call.dynamodb", capture)
    client = botocore.session.get_session().create_client("dynamodb")
    client.meta.events.register_first("before-send.dynamodb", answers(_account()))
    calls = [(client.get_item if n == "GetItem" else client.transact_write_items, p)
             for n, p in captured]  # fmt: skip

    def run() -> None:
        for call, parameters in calls:
            call(**parameters)

    assert [n for n, _ in captured] == ["GetItem", "TransactWriteItems"]
    return run


def cpu_ms(run) -> float:
    started = time.process_time()
    for _ in range(PER_ROUND):
        run()
    return (time.process_time() - started) * 1000 / PER_ROUND


def start_ms(code: str) -> float:
    """CPU of a fresh interpreter running `code`, less the interpreter's own start."""
    script = f"import time; t = time.process_time()\n{code}\nprint(time.process_time() - t)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    return float(done.stdout.split()[-1]) * 1000


def main() -> None:
    ours, theirs = decision(), bare()
    # The handler writes its metric to standard output: part of its work, not for us to see.
    with open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere):
        ours(), theirs()
        pairs = [(cpu_ms(ours), cpu_ms(theirs)) for _ in range(ROUNDS)]
    mine, bare_ms = (statistics.median(side) for side in zip(*pairs, strict=True))
    print(f"decision  {mine:.2f} ms CPU, two bare calls {bare_ms:.2f} ms: {mine / bare_ms:.2f}x")
    starts = [(start_ms("import functions.credit.api.handler"), start_ms(EMPTY)) for _ in range(9)]
    mine, empty = (statistics.median(side) for side in zip(*starts, strict=True))
    print(f"cold start {mine:.0f} ms CPU, resolver + pynamodb {empty:.0f} ms: {mine / empty:.2f}x")


if __name__ == "__main__":
    main()
