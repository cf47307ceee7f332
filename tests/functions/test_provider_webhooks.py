"""Signed webhooks of the providers: genuine ones are queued, anything else is a 400."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import subprocess
import sys
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from stripe import WebhookSignature

from tests.functions.conftest import CONTEXT, load, problem, set_clock
from tests.people import NOW, ORG

STRIPE, STRIPE_BEFORE = "whsec_nu", "whsec_eerder"
MOLLIE, MOLLIE_BEFORE = "mollie-geheim", "mollie-eerder"
ATTEMPT = "att_01M1DZPW00APNGSAGP3704BK9B"
OURS = {"reference": ATTEMPT, "organisation": ORG}
SECONDS = int(NOW.timestamp())


@pytest.fixture
def door(deployed, monkeypatch):
    """Posts raw bytes to a webhook; `jobs()` are what it queued."""
    import boto3

    manager = boto3.client("secretsmanager")
    held = json.loads(manager.get_secret_value(SecretId=deployed.secret)["SecretString"])
    held["organisations"][ORG]["stripe"] = {
        "api_key": "sk_test_x", "webhook_secret": STRIPE, "webhook_secret_before": STRIPE_BEFORE,
    }  # fmt: skip
    held["organisations"][ORG]["mollie"] |= {
        "webhook_secret": MOLLIE, "webhook_secret_before": MOLLIE_BEFORE,
    }  # fmt: skip
    held["organisations"]["leeg"] = {"stripe": {"webhook_secret": ""}, "mollie": {}}
    manager.put_secret_value(SecretId=deployed.secret, SecretString=json.dumps(held))

    def post(provider: str, body: Any, signature: str | None, org: str = ORG, **event: Any) -> Any:
        name = {"stripe": "payments/stripe_webhook", "mollie": "payments/mollie_events"}[provider]
        header = {"stripe": "stripe-signature", "mollie": "x-mollie-signature"}[provider]
        path = f"/webhooks/{provider}/{org}"
        raw = body if isinstance(body, str) else base64.b64encode(body).decode()
        answer = load(name).handler(
            {
                "version": "2.0", "rawPath": path, "rawQueryString": "",
                "headers": {"content-type": "application/json"}
                | ({header: signature} if signature is not None else {}),
                "requestContext": {"http": {"method": "POST", "path": path}, "stage": "$default",
                                   "requestId": "r"},
                "body": raw, "isBase64Encoded": not isinstance(body, str),
            } | event,
            CONTEXT,
        )  # fmt: skip
        headers = {k.lower(): v for k, v in answer["headers"].items()}
        body = json.loads(answer["body"])
        return SimpleNamespace(status=answer["statusCode"], body=body, headers=headers)

    def jobs() -> list[dict[str, str]]:
        url, found = deployed.queues["payments"], []
        while got := deployed.sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get(
            "Messages"
        ):
            found += [json.loads(one["Body"]) for one in got]
            for one in got:
                deployed.sqs.delete_message(QueueUrl=url, ReceiptHandle=one["ReceiptHandle"])
        return found

    return SimpleNamespace(post=post, jobs=jobs, clock=deployed.clock)


def stripe_event(kind: str = "checkout.session.completed", **about: Any) -> str:
    session = {"object": "checkout.session", "id": "cs_test_a1b2c3", "metadata": OURS}
    event = {"id": "evt_1", "object": "event", "livemode": False, "type": kind}
    return json.dumps(event | {"data": {"object": session | about}}, indent=2)


def stripe_signed(body: str, secret: str = STRIPE, seconds: int = SECONDS) -> str:
    """By Stripe's own signer: ours is the verifier."""
    return WebhookSignature.generate_signature_header(body, secret, seconds)


def mollie_event(kind: str = "payment.paid", **changes: Any) -> str:
    entity = {"resource": "payment", "id": "tr_5T4qbFVxFa", "metadata": OURS}
    event = {"resource": "event", "id": "event_GvJ8WHrp5isU", "type": kind}
    event |= {"entityId": "tr_5T4qbFVxFa", "_embedded": {"entity": entity}}
    return json.dumps(event | changes)


def mollie_signed(body: str | bytes, secret: str = MOLLIE) -> str:
    raw = body.encode() if isinstance(body, str) else body
    return "sha256=" + hmac.new(secret.encode(), raw, hashlib.sha256).hexdigest()


def job(provider: str, provider_id: str, attempt: str = "") -> dict[str, str]:
    return {
        "org": ORG, "attempt": attempt, "provider": provider, "provider_id": provider_id
    }  # fmt: skip


INTENT = {"payment_intent": "pi_3PgafyB7WZ01"}


@pytest.mark.parametrize(
    ("kind", "about", "expected"),
    [
        ("checkout.session.completed", {}, ("cs_test_a1b2c3", ATTEMPT)),
        ("checkout.session.expired", {"metadata": {}}, ("cs_test_a1b2c3", "")),
        ("payment_intent.succeeded", {"object": "payment_intent", "id": "pi_3PgafyB7WZ01"},
         ("pi_3PgafyB7WZ01", ATTEMPT)),
        ("charge.refunded", {"object": "charge", "id": "ch_1", **INTENT},
         ("pi_3PgafyB7WZ01", ATTEMPT)),
        ("charge.refunded", {"object": "charge", "payment_intent": {"id": "pi_3PgafyB7WZ01"}},
         ("pi_3PgafyB7WZ01", ATTEMPT)),
        ("refund.failed", {"object": "refund", "id": "re_1", "metadata": {"reference": "rfd_1"},
                           **INTENT}, ("pi_3PgafyB7WZ01", "")),
        ("charge.dispute.created", {"object": "dispute", "id": "du_1", **INTENT},
         ("pi_3PgafyB7WZ01", "")),
        ("checkout.session.completed", {"metadata": {"reference": "att_é"}},
         ("cs_test_a1b2c3", "")),
    ],
)  # fmt: skip
def test_stripe_s_events_of_a_payment_are_one_job(door, kind, about, expected) -> None:
    body = stripe_event(kind, **about)
    answer = door.post("stripe", body, stripe_signed(body))
    assert (answer.status, answer.body) == (200, {"status": "queued"})
    assert door.jobs() == [job("stripe", *expected)]


@pytest.mark.parametrize(
    "body",
    [
        stripe_event("payout.paid", object="payout", id="po_1"),
        stripe_event("charge.succeeded", object="charge", id="ch_1", payment_intent=None),
        stripe_event(id=7),
        stripe_event().replace('"livemode": false', '"livemode": true'),
    ],
)
def test_what_is_of_no_payment_of_ours_is_acknowledged(door, body) -> None:
    answer = door.post("stripe", body, stripe_signed(body))
    assert (answer.status, answer.body) == (200, {"status": "nothing_to_do"})
    assert door.jobs() == []


@pytest.mark.parametrize("secret", [STRIPE, STRIPE_BEFORE])
@pytest.mark.parametrize("age", [-290, 0, 290])
def test_both_secrets_count_within_five_minutes(door, secret, age) -> None:
    body = stripe_event()
    assert door.post("stripe", body, stripe_signed(body, secret, SECONDS - age)).status == 200


def test_the_bytes_count_however_they_travel(door) -> None:
    body = stripe_event(description="Van Dijk · café €")
    signed = stripe_signed(body)
    assert door.post("stripe", body.encode(), signed).status == 200
    answer = door.post("stripe", json.dumps(json.loads(body)), signed)
    assert answer.status == 400, "the same JSON written differently is something else"


GOOD = stripe_event()
V1 = stripe_signed(GOOD).partition("v1=")[2]
HOSTILE_STRIPE = {
    "no header": (GOOD, None),
    "empty header": (GOOD, ""),
    "another secret": (GOOD, stripe_signed(GOOD, "whsec_x")),
    "empty secret": (GOOD, "t=1,v1=" + "0" * 64),
    "not ASCII": (GOOD, f"t={SECONDS},v1={V1}é"),
    "a digit that is none to us": (GOOD, f"t={SECONDS}².,v1={V1}"),
    "arabic digits": (GOOD, f"t=١٢٣,v1={V1}"),
    "from the future": (GOOD, stripe_signed(GOOD, seconds=SECONDS + 400)),
    "old": (GOOD, stripe_signed(GOOD, seconds=SECONDS - 301)),
    "no timestamp": (GOOD, f"v1={V1}"),
    "two timestamps": (GOOD, f"t={SECONDS},t={SECONDS},v1={V1}"),
    "a negative timestamp": (GOOD, f"t=-1,v1={V1}"),
    "an endless timestamp": (GOOD, f"t={'9' * 4000},v1={V1}"),
    "only v0": (GOOD, f"t={SECONDS},v0={V1}"),
    "truncated": (GOOD, f"t={SECONDS},v1={V1[:63]}"),
    "many signatures": (GOOD, f"t={SECONDS}," + ",".join([f"v1={V1}"] * 60)),
    "an endless header": (GOOD, f"t={SECONDS},v1={V1}" + ",v1=a" * 100_000),
    "half a body": (GOOD[:-5], stripe_signed(GOOD)),
    "another body": (GOOD.replace("a1b2c3", "a1b2c4"), stripe_signed(GOOD)),
    "no body": ("", stripe_signed("")),
    "not UTF-8": (b"\xff\xfe\x00", f"t={SECONDS},v1={V1}"),
    "ten megabytes": ("x" * 10_000_000, stripe_signed(GOOD)),
    "signed, but no JSON": ("{", stripe_signed("{")),
    "signed, but a list": ("[]", stripe_signed("[]")),
    "signed, but endless": ("[" * 100_000, stripe_signed("[" * 100_000)),
    "signed, but no event": ("{}", stripe_signed("{}")),
    "a thin event": ('{"object": "v2.core.event"}', stripe_signed('{"object": "v2.core.event"}')),
    "half a character": ("\ud800", stripe_signed(GOOD)),
}


@pytest.mark.parametrize("case", HOSTILE_STRIPE)
def test_hostile_input_at_stripe_s_door_is_a_400(door, case) -> None:
    body, header = HOSTILE_STRIPE[case]
    answer = door.post("stripe", body, header)
    assert answer.status == 400
    assert problem(answer) in ("malformed_webhook", "malformed_body")
    assert door.jobs() == []


@pytest.mark.parametrize("provider", ["stripe", "mollie"])
def test_a_base64_flag_on_what_is_none_is_a_400(door, provider) -> None:
    signed = stripe_signed(GOOD) if provider == "stripe" else mollie_signed(GOOD)
    assert door.post(provider, GOOD, signed, isBase64Encoded=True).status == 400


@pytest.mark.parametrize("provider", ["stripe", "mollie"])
@pytest.mark.parametrize("org", ["leeg", "niemand"])
def test_who_has_no_secret_gets_nothing_in_and_is_not_told_apart(door, provider, org) -> None:
    body = stripe_event() if provider == "stripe" else mollie_event()
    signers = {"stripe": stripe_signed, "mollie": mollie_signed}
    for secret in ("", " ", STRIPE, MOLLIE):
        answer = door.post(provider, body, signers[provider](body, secret), org)
        assert (answer.status, problem(answer)) == (400, "malformed_webhook")
    assert door.jobs() == []


def test_the_clock_of_the_environment_decides(door) -> None:
    set_clock(door.clock, NOW + timedelta(hours=1))
    assert door.post("stripe", GOOD, stripe_signed(GOOD)).status == 400


IN_ADDRESS = {
    "_embedded": None, "entityId": "re_4qqhO89gsT",
    "_links": {"entity": {"href": "https://api.mollie.com/v2/payments/tr_5T4qbFVxFa/refunds/re_4"}},
}  # fmt: skip


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (mollie_event(), ("tr_5T4qbFVxFa", ATTEMPT)),
        (mollie_event(_embedded=None), ("tr_5T4qbFVxFa", "")),
        (mollie_event("refund.failed", entityId="re_4qqhO89gsT", _embedded={
            "entity": {"resource": "refund", "paymentId": "tr_5T4qbFVxFa",
                       "metadata": {"reference": ATTEMPT}}}), ("tr_5T4qbFVxFa", "")),
        (mollie_event("refund.refunded", **IN_ADDRESS), ("tr_5T4qbFVxFa", "")),
        (mollie_event("chargeback.received", entityId="chb_1", _embedded=None),
         ("event_GvJ8WHrp5isU", "")),
        (json.dumps({"resource": "payment", "id": "tr_5T4qbFVxFa", "metadata": OURS}),
         ("tr_5T4qbFVxFa", ATTEMPT)),
        (json.dumps({"resource": "refund", "id": "re_1234", "paymentId": "tr_5T4qbFVxFa"}),
         ("tr_5T4qbFVxFa", "")),
    ],
)  # fmt: skip
def test_mollie_s_events_in_all_their_shapes_are_one_job(door, body, expected) -> None:
    assert door.post("mollie", body, mollie_signed(body)).body == {"status": "queued"}
    assert door.jobs() == [job("mollie", *expected)]


def test_mollie_s_events_of_something_else_are_acknowledged(door) -> None:
    for kind in ("payout.completed", 7, None):
        body = mollie_event(kind, entityId="x", _embedded=None)
        assert door.post("mollie", body, mollie_signed(body)).body == {"status": "nothing_to_do"}
    assert door.jobs() == []


def test_while_a_secret_changes_either_signature_will_do(door) -> None:
    body = mollie_event()
    old, new = mollie_signed(body, MOLLIE_BEFORE), mollie_signed(body)
    wrong = mollie_signed(body, "x")
    for header in (old, new, f"{old},{new}", f"{wrong}, {new}", new.upper().replace("SHA", "sha")):
        assert door.post("mollie", body, header).status == 200, header


EVENT = mollie_event()
HOSTILE_MOLLIE = {
    "no header": (EVENT, None),
    "empty header": (EVENT, ""),
    "only the prefix": (EVENT, "sha256="),
    "no prefix": (EVENT, mollie_signed(EVENT)[7:]),
    "another digest": (EVENT, mollie_signed(EVENT).replace("sha256", "sha1")),
    "another secret": (EVENT, mollie_signed(EVENT, "x")),
    "not ASCII": (EVENT, mollie_signed(EVENT) + "é"),
    "truncated": (EVENT, mollie_signed(EVENT)[:-1]),
    "many": (EVENT, ",".join([mollie_signed(EVENT)] * 60)),
    "not UTF-8": (b"\xff\xfe", mollie_signed(b"\xff\xfe")),
    "ten megabytes": (b"x" * 10_000_000, mollie_signed(EVENT)),
    "signed, but no JSON": ("{", mollie_signed("{")),
    "signed, but nothing we know": ("{}", mollie_signed("{}")),
    "signed, but a huge number": (
        f'{{"a": {"9" * 5000}}}',
        mollie_signed(f'{{"a": {"9" * 5000}}}'),
    ),
}


@pytest.mark.parametrize("case", HOSTILE_MOLLIE)
def test_hostile_input_at_mollie_s_door_is_a_400(door, case) -> None:
    body, header = HOSTILE_MOLLIE[case]
    answer = door.post("mollie", body, header)
    assert answer.status == 400
    assert problem(answer) in ("malformed_webhook", "malformed_body")
    assert door.jobs() == []


def test_a_webhook_loads_no_sdk_of_a_provider() -> None:
    code = (
        "import sys, functions.payments.stripe_webhook.handler as a,"
        " functions.payments.mollie_events.handler as b, kasstroom_psp.wiring;"
        " print([m for m in ('stripe', 'mollie', 'requests', 'boto3') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "[]", done.stderr


@pytest.mark.parametrize(("name", "other"), [("mollie", "stripe"), ("stripe", "mollie")])
def test_a_client_loads_its_own_sdk_only(name: str, other: str) -> None:
    key = {"mollie": "test_vandijk", "stripe": "sk_test_vandijk"}[name]
    code = (
        f"import sys; from kasstroom_psp import provider;"
        f" provider({name!r}, {{'api_key': {key!r}}}, 'http://127.0.0.1:9', 'test');"
        f" print([m for m in ('stripe', 'mollie') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == f"[{name!r}]", (done.stderr, other)
