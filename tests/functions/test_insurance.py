"""Credit insurance through its functions: asked, woken, polled, booked, claimed."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from kasstroom.changes import Changes
from kasstroom.credit.model import CreditAccount, LimitSource
from kasstroom.insurance.model import Cover, CoverRequest
from kasstroom.settings import SandboxSettings
from tests.functions.conftest import CONTEXT, Api, load, problem, set_clock
from tests.people import NOW, ORG, eur, invoice
from tests.sandbox.insurer import open_insurer, turn

TERMS = {
    "insured_percentage": 90,
    "discretionary_limit": {"value": "15000.00", "currency": "EUR"},
}
POLICY = {
    "number": "NL-778001", "insurer": "allianz_trade", "valid_from": "2026-01-01", "terms": TERMS
}  # fmt: skip
ASK = {"debtor": "D1", "amount": {"value": "50000.00", "currency": "EUR"}}
DOCUMENTS = [
    {"kind": kind, "reference": f"s3://dossier/{kind}.pdf"}
    for kind in ("invoice", "statement", "proof_of_delivery")
]


def money(value):
    return {"value": value, "currency": "EUR"}


@pytest.fixture
def person(deployed):
    roles = {"allowed": "yes", "org": ORG, "key": "anna", "scopes": "*", "roles": "credit_manager"}
    return Api(roles)


@pytest.fixture
def policy(person):
    return person("insurance/api", "POST", "/v1/insurance-policies", POLICY).body


@pytest.fixture
def known(person):
    found = {"identifiers": [{"scheme": "kvk", "value": "68750110"}]}
    assert person("debtors/api", "PATCH", "/v1/debtors/D1", found).status == 200


@pytest.fixture
def insurer(deployed, monkeypatch):
    """The sandbox's insurer on a port, in the same account."""
    import boto3

    text = [{"AttributeName": name, "AttributeType": "S"} for name in ("pk", "sk")]
    keys = [{"AttributeName": n, "KeyType": k} for n, k in (("pk", "HASH"), ("sk", "RANGE"))]
    boto3.client("dynamodb").create_table(
        TableName="sandbox", BillingMode="PAY_PER_REQUEST", AttributeDefinitions=text,
        KeySchema=keys,
    )  # fmt: skip
    queue = boto3.client("sqs").create_queue(QueueName="webhooks")["QueueUrl"]
    told = SandboxSettings("sandbox", "", queue, "arn:none", "")
    for name, value in told.to_env().items():
        monkeypatch.setenv(name, value)
    with open_insurer() as url:
        monkeypatch.setenv("INSURER_URL", url)
        monkeypatch.setenv("PUBLIC_URL", "http://127.0.0.1:8400")
        yield url


def run(function):
    return load(function).handler({}, CONTEXT)


def later(deployed, **ahead):
    set_clock(deployed.clock, NOW + timedelta(**ahead))


def account(books):
    return books.get(CreditAccount, ORG, "D1")


def webhooks(insurer_queue_url):
    import boto3

    sqs = boto3.client("sqs")
    found = sqs.receive_message(QueueUrl=insurer_queue_url, MaxNumberOfMessages=10)
    return [json.loads(message["Body"]) for message in found.get("Messages", [])]


def queue_url():
    return SandboxSettings.from_env().webhook_queue_url


def test_from_request_to_limit_with_a_webhook_that_comes_twice(
    deployed, api, policy, known, insurer
):
    turn(insurer, duplicates=1)
    asked = api("insurance/api", "POST", "/v1/covers", ASK)
    assert (asked.status, asked.body["state"]) == (201, "waiting")
    assert run("insurance/poll_requests")["sent"] == 1
    assert account(deployed.books).limit_of(LimitSource.INSURED) is None
    first, second = webhooks(queue_url())
    path = first["url"].removeprefix("http://127.0.0.1:8400")
    answers = [api("insurance/insurer_webhook", "POST", path, w["json"]) for w in (first, second)]
    assert [a.status for a in answers] == [200, 200]
    assert [a.body["status"] for a in answers] == ["woken", "nothing_to_do"]
    assert run("insurance/poll_requests")["answered"] == 1
    assert run("insurance/poll_requests")["answered"] == 0
    found = account(deployed.books)
    assert found.limit_of(LimitSource.INSURED).amount == eur("50000")
    assert found.cover.percentage == 90
    shown = api("insurance/api", "GET", "/v1/covers/D1").body
    assert shown["cover"]["state"] == "approved"
    assert shown["requests"][0]["answer"]["response"] == "approved"
    assert api("insurance/api", "GET", "/v1/covers").body["items"] == [shown["cover"]]


@pytest.mark.parametrize(
    ("answer", "limit", "state"),
    [
        ("partly", eur("25000"), "partly_approved"),
        ("conditional", eur("50000"), "conditional"),
        ("refused", None, "refused"),
    ],
)
def test_every_answer_reaches_the_account(
    deployed, api, policy, known, insurer, answer, limit, state
):
    turn(insurer, answer=answer)
    api("insurance/api", "POST", "/v1/covers", ASK)
    run("insurance/poll_requests")
    later(deployed, minutes=3)
    assert run("insurance/poll_requests")["answered"] == 1
    granted = account(deployed.books).limit_of(LimitSource.INSURED)
    assert (granted.amount if granted else None) == limit
    assert deployed.books.get(Cover, ORG, "D1").state == state


def test_a_busy_insurer_changes_nothing_and_is_asked_again(deployed, api, policy, known, insurer):
    turn(insurer, fail_next=1, fail_with=429)
    api("insurance/api", "POST", "/v1/covers", ASK)
    assert run("insurance/poll_requests")["unavailable"] == 1
    later(deployed, minutes=3)
    assert run("insurance/poll_requests")["sent"] == 1


def test_without_credentials_the_request_fails_with_a_reason(deployed, api, policy, known):
    import boto3

    boto3.client("secretsmanager").put_secret_value(
        SecretId=deployed.secret, SecretString='{"webhook_key": "k", "organisations": {}}'
    )
    asked = api("insurance/api", "POST", "/v1/covers", ASK).body
    assert run("insurance/poll_requests")["failed"] == 1
    failed = deployed.books.get(CoverRequest, ORG, "D1", asked["id"])
    assert failed.problem.startswith("no_provider")


def test_a_cancelled_request_takes_no_late_answer(deployed, api, policy, known, insurer):
    asked = api("insurance/api", "POST", "/v1/covers", ASK).body
    run("insurance/poll_requests")
    path = f"/v1/covers/D1/requests/{asked['id']}/cancel"
    assert api("insurance/api", "POST", path).body["state"] == "cancelled"
    later(deployed, hours=1)
    assert run("insurance/poll_requests") == {
        "sent": 0, "answered": 0, "waiting": 0, "failed": 0, "unavailable": 0,
    }  # fmt: skip
    assert account(deployed.books).limits == account(deployed.books).limits[:1]
    hand = {"decision_id": "d", "response": "approved", "granted": ASK["amount"]}
    late = Api(api.caller | {"key": "anna", "roles": "credit_manager"})(
        "insurance/api", "POST", "/v1/covers/D1/answers", hand | {"request": asked["id"]}
    )
    assert (late.status, problem(late)) == (422, "request_closed")


def signed_path(deployed, asked):
    from kasstroom.insurance.requests import signed_name
    from kasstroom_aws.secrets import ProviderSecrets

    signature = ProviderSecrets(deployed.secret).signature(ORG, signed_name("D1", asked["id"]))
    return f"/webhooks/insurer/{ORG}/D1/{asked['id']}/{signature}"


@pytest.mark.parametrize("body", [b"", b"no json", b"x" * 70_000, b'{"a":'])
def test_a_strange_webhook_wakes_nothing(deployed, api, policy, known, body):
    asked = api("insurance/api", "POST", "/v1/covers", ASK).body
    before = deployed.books.get(CoverRequest, ORG, "D1", asked["id"])
    path = signed_path(deployed, asked)
    answer = api("insurance/insurer_webhook", "POST", path, body)
    too_large = len(body) > 65_536
    refused = (400, "body_too_large" if too_large else "malformed_body")
    assert (answer.status, problem(answer)) == refused
    assert deployed.books.get(CoverRequest, ORG, "D1", asked["id"]) == before


def test_a_forged_or_moved_address_is_unknown(deployed, api, policy, known):
    asked = api("insurance/api", "POST", "/v1/covers", ASK).body
    path = signed_path(deployed, asked)
    for wrong in (path[:-1] + "z", path.replace("/D1/", "/D2/"), path.replace(ORG, "other")):
        answer = api("insurance/insurer_webhook", "POST", wrong, {"status": "processed"})
        assert (answer.status, problem(answer)) == (404, "no_such_webhook")


def test_what_the_body_of_a_webhook_claims_is_not_believed(deployed, api, policy, known):
    asked = api("insurance/api", "POST", "/v1/covers", ASK).body
    told = {"coverStatus": "APPROVED", "grantedAmount": "999999.00", "decisionId": "d"}
    answer = api("insurance/insurer_webhook", "POST", signed_path(deployed, asked), told)
    assert answer.status == 200
    assert account(deployed.books).limit_of(LimitSource.INSURED) is None


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"insured_percentage": 0}, "/body/terms/insured_percentage"),
        ({"insured_percentage": 101}, "/body/terms/insured_percentage"),
        ({"extension_days": -1}, "/body/terms/extension_days"),
        ({"aggregate_first_loss": {"value": "-1.00", "currency": "EUR"}},
         "/body/terms/aggregate_first_loss"),
        ({"insured_percent": 90}, "/body/terms/insured_percent"),
        ({"deductions": ["percentage", "luck"]}, "/body/terms/deductions/1"),
    ],
)  # fmt: skip
def test_policy_terms_that_cannot_be_are_refused_by_field(person, change, pointer):
    body = POLICY | {"terms": TERMS | change}
    answer = person("insurance/api", "POST", "/v1/insurance-policies", body)
    assert answer.status == 422
    assert answer.body["errors"][0]["pointer"] == pointer


def test_a_policy_is_a_persons_and_registered_once(api, person, policy):
    again = person("insurance/api", "POST", "/v1/insurance-policies", POLICY)
    assert (again.status, problem(again)) == (409, "insurance_policy_exists")
    machine = api("insurance/api", "POST", "/v1/insurance-policies", POLICY | {"number": "2"})
    assert (machine.status, problem(machine)) == (403, "role_required")
    path = f"/v1/insurance-policies/{policy['id']}"
    assert person("insurance/api", "GET", path).body == policy | {"version": 1}
    changed = person("insurance/api", "PATCH", path, {"terms": TERMS | {"idle_days": 30}})
    assert changed.body["terms"]["idle_days"] == 30
    listed = person("insurance/api", "GET", "/v1/insurance-policies").body
    assert listed == {"items": [changed.body | {"version": 2}], "next_cursor": None}


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (ASK, 422, "no_identifier"),
        (ASK | {"debtor": "D404"}, 404, "debtor_not_found"),
        (ASK | {"company_id": "AT9", "amount": {"value": "1.00", "currency": "SEK"}},
         422, "wrong_currency"),
        (ASK | {"company_id": "AT9", "kind": "prolong"}, 422, "no_cover"),
        (ASK | {"company_id": "AT9", "kind": "more"}, 422, "invalid_request"),
    ],
)  # fmt: skip
def test_a_request_that_cannot_be_asked_is_refused(api, policy, body, status, code):
    answer = api("insurance/api", "POST", "/v1/covers", body)
    assert (answer.status, problem(answer)) == (status, code)


def test_an_idempotency_key_asks_once(api, policy, known, books):
    first = api("insurance/api", "POST", "/v1/covers", ASK, idempotency_key="k")
    again = api("insurance/api", "POST", "/v1/covers", ASK, idempotency_key="k")
    assert (first.status, again.body) == (201, first.body)
    assert len(books.all_of(CoverRequest, ORG, "D1")) == 1


def by_hand(person, response="approved", granted="50000.00", **more):
    body = {"decision_id": f"d-{response}", "response": response, **more}
    if granted:
        body["granted"] = money(granted)
    return person("insurance/api", "POST", "/v1/covers/D1/answers", body)


def test_alerts_are_told_once_however_often_the_schedule_runs(deployed, person, policy):
    """F1 is due 2026-08-20: the extension ends 2026-10-19."""
    by_hand(person)
    set_clock(deployed.clock, NOW.replace(month=10, day=5))
    assert run("insurance/watch_covers") == {"watched": 1, "alerts": 1, "later": 0}
    assert run("insurance/watch_covers") == {"watched": 0, "alerts": 0, "later": 0}
    set_clock(deployed.clock, NOW.replace(month=10, day=20))
    assert run("insurance/watch_covers")["alerts"] == 2
    assert run("insurance/watch_covers")["alerts"] == 0
    (waiting,) = person("insurance/claims_api", "GET", "/v1/overdue-notifications").body["items"]
    assert (waiting["state"], waiting["report_by"]) == ("due", "2026-11-18")
    told = {"debtor": "D1", "due_on": "2026-08-20", "reference": "AT-1"}
    done = person("insurance/claims_api", "POST", "/v1/overdue-notifications", told)
    assert (done.status, done.body["id"], done.body["state"]) == (201, waiting["id"], "reported")


def test_what_was_delivered_before_the_cover_is_uninsured_and_still_counts(person, policy):
    """Deliveries stop by the oldest debt, insured or not."""
    by_hand(person)
    shown = person("insurance/api", "GET", "/v1/covers/D1").body
    assert [(i["number"], i["state"], i["stop_on"]) for i in shown["invoices"]] == [
        ("F1", "uninsured", None)
    ]
    assert shown["at_a_glance"]["stop_on"] == "2026-10-19"


def test_from_cover_to_claim_to_reserve(deployed, person, policy):
    by_hand(person, valid_from="2026-07-01")
    invoice(deployed.books, "F2", "80000.00")
    invoice(deployed.books, "F3", "10.00")
    overview = person("insurance/api", "GET", "/v1/covers/overview").body
    assert overview["totals"]["at_risk"] == money("35260.00")
    assert overview["rows"][0]["signals"] == ["under_insured"]
    body = {
        "debtor": "D1", "cause": "insolvency", "insolvent_on": "2026-08-31", "invoices": ["F2"]
    }  # fmt: skip
    bare = person("insurance/claims_api", "POST", "/v1/claims", body)
    assert (bare.status, problem(bare)) == (422, "documents_missing")
    filed = person("insurance/claims_api", "POST", "/v1/claims", body | {"documents": DOCUMENTS})
    assert (filed.status, filed.body["expected"]) == (201, money("44775.00"))
    path = f"/v1/claims/{filed.body['id']}"
    assert person("insurance/claims_api", "POST", f"{path}/review").body["state"] == "under_review"
    verdict = {"verdict": "approved", "amount": money("44000.00")}
    decided = person("insurance/claims_api", "POST", f"{path}/decision", verdict)
    assert decided.body["state"] == "approved"
    paid = person("insurance/claims_api", "POST", f"{path}/payment", {"paid_on": "2026-09-01"})
    assert paid.body["paid"] == money("44000.00")
    kept = person("insurance/claims_api", "GET", path).body
    assert kept == paid.body | {"version": kept["version"]}
    assert person("insurance/claims_api", "GET", "/v1/claims").body["items"] == [kept]


def test_the_reserve_is_filled_drawn_and_measured(deployed, person, policy):
    base = "/v1/self-insurance"
    by_hand(person, valid_from="2026-07-01")
    invoice(deployed.books, "F2", "80000.00")
    put = {"amount": money("20000.00"), "note": "2026"}
    filled = person("insurance/claims_api", "POST", f"{base}/contributions", put)
    assert (filled.status, filled.body["balance"]) == (201, money("20000.00"))
    take = {"debtor": "D1", "invoice": "F2", "because": "uninsured"}
    for amount, code in (("20000.01", "reserve_insufficient"), ("40000.00", "above_loss")):
        no = person(
            "insurance/claims_api", "POST", f"{base}/draws", take | {"amount": money(amount)}
        )
        assert (no.status, problem(no)) == (422, code)
    person("insurance/claims_api", "POST", f"{base}/draws", take | {"amount": money("5000.00")})
    view = person("insurance/claims_api", "GET", base).body
    assert view["reserve"]["balance"] == money("15000.00")
    # 80250 open, 45000 insured: 35250 x 0.05 (no rating) x 0.60
    assert view["adequacy"]["expected_loss"] == money("1057.50")
    assert view["adequacy"]["shortfall"] == money("0.00")
    kinds = [
        e["kind"] for e in person("insurance/claims_api", "GET", f"{base}/entries").body["items"]
    ]
    assert kinds == ["contribution", "draw"]
    terms = {"loss_given_default": "1.5"}
    wrong = person("insurance/claims_api", "PUT", f"{base}/terms", terms)
    assert (wrong.status, problem(wrong)) == (422, "invalid_rate")
    for odd in ({"loss_given_default": "NaN"}, {"loss": "1"}):
        assert person("insurance/claims_api", "PUT", f"{base}/terms", odd).status == 422


def test_cover_of_our_own_needs_experience(deployed, person, policy):
    path = "/v1/covers/D1/discretionary"
    no = person("insurance/api", "POST", path, {"amount": money("100.00")})
    assert (no.status, problem(no)) == (422, "no_experience")
    from dataclasses import replace

    found = account(deployed.books)
    paid = replace(found.behaviour, paid_invoices=5, paid_minor=100)
    deployed.books.commit(Changes(update=(replace(found, behaviour=paid),)))
    granted = person("insurance/api", "POST", path, {"amount": money("100.00")})
    assert granted.body["kind"] == "discretionary"
    limit = account(deployed.books).limit_of(LimitSource.DISCRETIONARY)
    assert limit.amount == eur("100")


@pytest.mark.parametrize("path", ["/v1/covers/D404", "/v1/covers/D1"])
def test_without_a_cover_there_is_nothing_to_show(api, path):
    answer = api("insurance/api", "GET", path)
    assert (answer.status, problem(answer)) == (404, "cover_not_found")
