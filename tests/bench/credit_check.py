"""What a checkout decision costs in CPU, against the same two requests made bare with botocore.

Run: `make bench-credit` (or `.venv/bin/python -m tests.bench.credit_check`). Every request is
answered inside the process before it would leave, so only our work and botocore's own is counted.
The two are run in turn, so that a noisy machine hurts both alike; the medians' ratio is the figure.
The table does the same for debtors with more and more open invoices.
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
    """Canned answers of DynamoDB by key, given before a request leaves."""
    from botocore.awsrequest import AWSResponse

    class Raw:
        def __init__(self, body: bytes) -> None:
            self.body = body

        def stream(self, **_):
            yield self.body

        def read(self, *_, **__):
            return self.body

    def item(pk: str, sk: str, kind: str, body: str) -> bytes:
        texts = {"pk": pk, "sk": sk, "kind": kind, "body": body}
        found = {name: {"S": text} for name, text in texts.items()}
        return json.dumps({"Item": found | {"version": {"N": "3"}}}).encode()

    bodies = {
        "CREDIT": item("D#o#D1", "CREDIT", "credit_account", account),
        "SETTINGS": item("ORG#o", "SETTINGS", "organisation", _organisation()),
        "POLICIES": b"{}",
    }

    def answer(request, **_):
        operation = request.headers["X-Amz-Target"].decode().split(".")[1]
        headers = {"content-type": "application/x-amz-json-1.0", "x-amzn-requestid": "r"}
        body = b"{}"
        if operation == "GetItem":
            body = bodies[json.loads(request.body)["Key"]["sk"]["S"]]
        return AWSResponse(request.url, 200, headers, Raw(body))

    return answer


def _organisation() -> str:
    from kasstroom.organisations.model import Organisation
    from kasstroom_aws.shapes import to_json

    return to_json(
        Organisation("o", "O B.V.", "12345678", "Utrecht", "NL91ABNA0417164300", "a@b.c")
    )


def decision(invoices: int = 20):
    """One request through the real handler; the policy is read and compiled before."""
    from functions.credit.api import handler as module
    from kasstroom_aws.books import _connection, _item_model
    from kasstroom_aws.live import live_policies
    from tests.lambda_http import http_event

    answer = answers(_account(invoices))
    for connection in (_connection(), _item_model("books")._get_connection().connection):
        connection.client.meta.events.register_first("before-send.dynamodb", answer)
    live_policies(module.books(), "o")
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


def _account(invoices: int) -> str:
    """Five reservations, eight recent checks and `invoices` open invoices on a term of 30 days,
    some of them late: they fall due on at most ninety different days."""
    from datetime import UTC, date, datetime, timedelta

    from kasstroom.credit import exposure
    from kasstroom.credit.asking import CreditCheck
    from kasstroom.credit.deciding import Asked, decide
    from kasstroom.credit.default_policy import default_policy
    from kasstroom.credit.model import CreditAccount, CreditLimit, HeldAmount, LimitSource
    from kasstroom.credit.room import Ground
    from kasstroom.money import Money
    from kasstroom_aws.shapes import to_json

    now, today = datetime.now(UTC), date.today()  # noqa: DTZ011
    own = CreditLimit(LimitSource.OWN, Money(10_000_000_000), "anna", now)
    held = tuple(HeldAmount(f"rsv_{n}", 100, now + timedelta(days=9)) for n in range(5))
    account = CreditAccount("o", "D1", limits=(own,), held=held, version=3)
    for n in range(invoices):
        account = exposure.moved(account, today + timedelta(days=n % 90), Money(100))
    for n in range(8):
        asked = Asked(CreditCheck(Money(1000), "D1"), f"r{n}", f"f{n}", now)
        changes, _ = decide(account, asked, Ground(default_policy()))
        account = next(e for e in changes.update if isinstance(e, CreditAccount))
    return to_json(account)


def bare():
    """The same two requests with the same bytes, through a botocore client and nothing else."""
    import botocore.session

    captured: list[tuple[str, dict]] = []
    from kasstroom_aws.books import _connection, _item_model

    def capture(params, model, **_):
        captured.append((model.name, json.loads(params["body"])))

    ask = decision()
    connections = (_connection(), _item_model("books")._get_connection().connection)
    for connection in connections:
        connection.client.meta.events.register("before-call.dynamodb", capture)
    with open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere):
        ask()
    for connection in connections:
        connection.client.meta.events.unregister("before-call.dynamodb", capture)
    client = botocore.session.get_session().create_client("dynamodb")
    client.meta.events.register_first("before-send.dynamodb", answers(_account(20)))
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


def ratio(ours, theirs) -> tuple[float, float]:
    """Median CPU of one call of each, in ms, measured in turn."""
    # The handler writes its metric to standard output: part of its work, not for us to see.
    with open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere):
        ours(), theirs()
        pairs = [(cpu_ms(ours), cpu_ms(theirs)) for _ in range(ROUNDS)]
    mine, bare_ms = (statistics.median(side) for side in zip(*pairs, strict=True))
    return mine, bare_ms


def wall_ms(run, calls: int = 1000) -> tuple[float, float]:
    """p50 and p99 of one call in this process, nothing else running."""
    took = []
    with open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere):
        for _ in range(calls):
            started = time.perf_counter()
            run()
            took.append((time.perf_counter() - started) * 1000)
    cuts = statistics.quantiles(took, n=100)
    return cuts[49], cuts[98]


def main() -> None:
    theirs = bare()
    print("open invoices   decision   two bare calls   ratio")
    for invoices in (10, 100, 1_000, 10_000):
        ours = decision(invoices)
        mine, bare_ms = ratio(ours, theirs)
        print(f"{invoices:13,}   {mine:5.2f} ms   {bare_ms:11.2f} ms   {mine / bare_ms:4.2f}x")
    p50, p99 = wall_ms(ours)
    print(f"in process, 10,000 open invoices: p50 {p50:.2f} ms, p99 {p99:.2f} ms")
    starts = [(start_ms("import functions.credit.api.handler"), start_ms(EMPTY)) for _ in range(9)]
    mine, empty = (statistics.median(side) for side in zip(*starts, strict=True))
    print(f"cold start {mine:.0f} ms CPU, resolver + pynamodb {empty:.0f} ms: {mine / empty:.2f}x")


if __name__ == "__main__":
    main()
