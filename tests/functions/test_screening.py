"""Screening through its real handlers, against the registers of the sandbox."""

from __future__ import annotations

import json
import time
from datetime import timedelta
from types import SimpleNamespace

import pytest

from kasstroom.credit.model import CreditAccount, LimitSource
from kasstroom.credit.reviews import Review
from kasstroom.debtors.model import Address, DebtorKind, Identifier, IdentifierScheme
from kasstroom.debtors.usecases import DebtorData, register
from kasstroom.screening.model import Basis, ExternalReport, Source, StatedBasis
from kasstroom.screening.policy import Wanted
from kasstroom.screening.usecases import screen
from kasstroom.settings import PublicSettings, SandboxSettings
from kasstroom.settle import settle
from kasstroom_aws.secrets import ProviderSecrets
from kasstroom_partners.wiring import sources
from tests.functions.conftest import CONTEXT, Api, load, problem, set_clock
from tests.lambda_http import serve
from tests.people import NOW, ORG
from tests.sandbox.registers import change, open_registers, settings, turn
from tests.tables import create_table

MANAGER = {
    "allowed": "yes", "org": ORG, "key": "anna", "scopes": "*", "roles": "credit_manager",
}  # fmt: skip
ALL_FIVE = ["trade_register", "vat", "bureau", "insolvency", "sanctions"]


@pytest.fixture
def world(deployed, monkeypatch):
    """The registers on a port; `hooks` is the queue of notifications on their way to us."""
    create_table("sandbox")
    hooks = deployed.sqs.create_queue(QueueName="hooks")["QueueUrl"]
    told = SandboxSettings("sandbox", "http://127.0.0.1:8401", hooks, "", "")
    for name, value in told.to_env().items():
        monkeypatch.setenv(name, value)
    with open_registers() as url, serve(load("screening/bureau_webhook").handler) as ours:
        where = settings(url, deployed.secret)
        for name, value in (where.to_env() | PublicSettings(ours).to_env()).items():
            monkeypatch.setenv(name, value)
        of = sources(where, ProviderSecrets(deployed.secret).provider)
        yield SimpleNamespace(
            url=url, ours=ours, hooks=hooks, sources=of, settings=where, **vars(deployed)
        )


@pytest.fixture
def manager(world):
    return Api(MANAGER)


def customer(books, number, name, kvk="", vat="", kind=DebtorKind.COMPANY):
    schemes = ((IdentifierScheme.KVK, kvk), (IdentifierScheme.VAT, vat))
    identifiers = tuple(Identifier(scheme, value) for scheme, value in schemes if value)
    data = DebtorData(name, kind, address=Address(country="NL"), identifiers=identifiers)
    settle(books, lambda: register(books, ORG, number, data, NOW))


@pytest.fixture
def donald(world):
    customer(world.books, "K1", "Test BV Donald", "68750110", "NL800000018B01")
    return "K1"


def account(world, number="K1"):
    return world.books.get(CreditAccount, ORG, number)


def report(world, source=Source.BUREAU, number="K1"):
    return world.books.find(ExternalReport, ORG, number, source)


def events(world, number="K1"):
    """Types of the outbox rows of a debtor, in the order they were written."""
    import boto3

    found = boto3.client("dynamodb").query(
        TableName="books",
        KeyConditionExpression="pk = :pk AND begins_with(sk, :evt)",
        ExpressionAttributeValues={":pk": {"S": f"D#{ORG}#{number}"}, ":evt": {"S": "EVT#"}},
    )["Items"]
    return [json.loads(item["body"]["S"])["type"].rpartition("kasstroom.")[2] for item in found]


def drain(world, url):
    messages = []
    while found := world.sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
        for message in found:
            handle = message["ReceiptHandle"]
            world.sqs.delete_message(QueueUrl=url, ReceiptHandle=handle)
            messages.append({"messageId": message["MessageId"], "body": message["Body"],
                             "eventSource": "aws:sqs"})  # fmt: skip
    return messages


def work(world):
    """Runs the worker over what is queued; how many it gave back."""
    records = drain(world, world.queues["screening"])
    answer = load("screening/refresh").handler({"Records": records}, CONTEXT)
    return len(records), len(answer["batchItemFailures"])


def deliver(world):
    from functions.sandbox.deliver_webhook import handler

    records = drain(world, world.hooks)
    if not records:
        return 0
    assert handler.handler({"Records": records}, CONTEXT) == {"batchItemFailures": []}
    return len(records)


def test_all_sources_are_asked_at_once_and_kept(world, manager, donald):
    answer = manager("screening/api", "POST", "/v1/screenings", {"debtor": donald})
    assert answer.status == 201, answer.body
    assert answer.body["asked"] == ALL_FIVE and answer.body["missing"] == []
    assert answer.body["cost"] == {"value": "2.12", "currency": "EUR"}
    profile = answer.body["profile"]
    assert (profile["rating"], profile["score"], profile["legal_form"]) == ("A", 88, "bv")
    assert (profile["registered"], profile["vat_valid"]) == (True, True)
    assert (profile["insolvent"], profile["sanctions"]) == (False, "clear")
    kept = account(world)
    assert kept.profile.screened_at == report(world).fetched_at
    assert kept.limit_of(LimitSource.BUREAU).amount.value == "40000.00"
    again = manager("screening/api", "POST", "/v1/screenings", {"debtor": donald})
    assert (again.body["asked"], again.body["cost"]["value"]) == ([], "0.00")
    forced = {"debtor": donald, "sources": ["bureau"], "force": True}
    again = manager("screening/api", "POST", "/v1/screenings", forced)
    assert (again.body["asked"], again.body["cost"]["value"]) == (["bureau"], "1.95")
    assert report(world).spent_minor == 390
    assert "bureau.rating.changed" not in events(world)
    shown = manager("screening/api", "GET", f"/v1/screenings/{donald}").body
    assert [r["source"] for r in shown["reports"]] == sorted(ALL_FIVE)


def test_a_repeated_request_asks_nobody_again(world, manager, donald):
    body = {"debtor": donald, "force": True}
    path, key = "/v1/screenings", {"idempotency_key": "k1"}
    one = manager("screening/api", "POST", path, body, **key)
    two = manager("screening/api", "POST", path, body, **key)
    assert two.body == one.body and two.headers["idempotent-replayed"] == "true"
    assert report(world).spent_minor == 195


def test_what_no_machine_may_see(world, api, manager):
    customer(world.books, "K6", "Severny Kapital Trading B.V.", "20000006")
    seen = api("screening/api", "POST", "/v1/screenings", {"debtor": "K6"}).body
    assert seen["profile"]["sanctions"] == ""
    assert "sanctions" not in [r["source"] for r in seen["reports"]]
    assert "NK-sandbox-1" not in json.dumps(seen)
    assert account(world, "K6").profile.sanctions == "possible"
    shown = manager("screening/api", "GET", "/v1/screenings/K6").body
    (row,) = [r for r in shown["reports"] if r["source"] == "sanctions"]
    assert row["hits"][0]["id"] == "NK-sandbox-1"


def test_a_person_decides_on_a_hit_and_it_does_not_come_back(world, api, manager):
    customer(world.books, "K6", "Severny Kapital Trading B.V.", "20000006")
    manager("screening/api", "POST", "/v1/screenings", {"debtor": "K6"})
    (review,) = world.books.all_of(Review, ORG, "K6")
    assert (review.kind, review.reasons, review.state) == (
        "periodic", ("sanctions_possible",), "open",
    )  # fmt: skip
    path = "/v1/screenings/K6/verdicts"
    verdict = {"source": "sanctions", "same_party": False, "note": "Another company: other owners."}
    assert problem(api("screening/api", "POST", path, verdict)) == "role_required"
    wrong = verdict | {"source": "bureau"}
    assert problem(manager("screening/api", "POST", path, wrong)) == "nothing_to_judge"
    answer = manager("screening/api", "POST", path, verdict)
    assert answer.status == 200 and answer.body["profile"]["sanctions"] == "clear"
    (review,) = world.books.all_of(Review, ORG, "K6")
    assert (review.state, review.decided_by) == ("approved", "anna")
    force = {"debtor": "K6", "force": True}
    again = manager("screening/api", "POST", "/v1/screenings", force)
    assert again.body["profile"]["sanctions"] == "clear"
    assert len(world.books.all_of(Review, ORG, "K6")) == 1


def test_a_confirmed_hit_stops_credit_without_saying_why(world, manager):
    customer(world.books, "K6", "Severny Kapital Trading B.V.", "20000006")
    manager("screening/api", "POST", "/v1/screenings", {"debtor": "K6"})
    verdict = {"source": "sanctions", "same_party": True, "note": "Same board."}
    answer = manager("screening/api", "POST", "/v1/screenings/K6/verdicts", verdict)
    assert answer.body["profile"]["sanctions"] == "possible"
    assert account(world, "K6").hold.reason == "compliance"


def test_a_person_s_bureau_data_only_with_a_stated_basis(world, manager):
    number, kind = "K2", DebtorKind.SOLE_TRADER
    customer(world.books, number, "Test EMZ Dagobert", "69599084", kind=kind)
    path, body = "/v1/screenings", {"debtor": number, "sources": ["bureau"]}
    refused = manager("screening/api", "POST", path, body)
    assert (refused.status, problem(refused)) == (422, "consent_required")
    assert report(world, number=number) is None
    left_out = manager("screening/api", "POST", path, {"debtor": number}).body
    assert "bureau: consent_required" in left_out["skipped"] and "bureau" not in left_out["asked"]
    basis = {"kind": "consent", "reference": "form 2026-09-01, archive 12"}
    allowed = manager("screening/api", "POST", path, body | {"basis": basis})
    assert allowed.body["profile"]["rating"] == "B"
    kept = report(world, number=number)
    assert (kept.basis, kept.basis_reference) == (Basis.CONSENT, "form 2026-09-01, archive 12")


def test_an_insolvent_company_and_an_insolvent_person(world, manager):
    customer(world.books, "K3", "Failliet Bouw B.V.", "20000003")
    kind = DebtorKind.SOLE_TRADER
    customer(world.books, "K7", "Stukadoor Jansen", "20000007", kind=kind)
    for number in ("K3", "K7"):
        manager("screening/api", "POST", "/v1/screenings", {"debtor": number})
    assert account(world, "K3").profile.insolvent and "debtor.insolvent" in events(world, "K3")
    assert not account(world, "K7").profile.insolvent
    (review,) = world.books.all_of(Review, ORG, "K7")
    assert review.reasons == ("insolvency_possible",) and review.natural_person
    verdict = {"source": "insolvency", "same_party": True, "note": "Same address, R.16/26/77."}
    manager("screening/api", "POST", "/v1/screenings/K7/verdicts", verdict)
    assert account(world, "K7").profile.insolvent
    again = manager("screening/api", "POST", "/v1/screenings", {"debtor": "K7", "force": True})
    assert again.body["profile"]["insolvent"] is True


def test_ceased_and_unknown_companies_are_not_registered(world, manager):
    customer(world.books, "K4", "Gestopt Handel B.V.", "20000004")
    customer(world.books, "K9", "Bestaat Niet B.V.", "99999999", "NL800000091B01")
    for number in ("K4", "K9"):
        manager("screening/api", "POST", "/v1/screenings", {"debtor": number})
        assert account(world, number).profile.registered is False
    assert account(world, "K9").profile.vat_valid is False


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"debtor": "nobody"}, 404, "debtor_not_found"),
        ({"debtor": "K1", "sources": ["stars"]}, 422, "invalid_request"),
        ({"debtor": "K1", "surces": []}, 422, "invalid_request"),
        ({"debtor": "K1", "basis": {"kind": "curiosity"}}, 422, "invalid_request"),
        ({"debtor": "x" * 501}, 422, "invalid_request"),
        ({}, 422, "invalid_request"),
    ],
)
def test_wrong_requests(world, manager, donald, body, status, code):
    answer = manager("screening/api", "POST", "/v1/screenings", body or {"x": 1})
    assert (answer.status, problem(answer)) == (status, code)


def test_a_source_without_access_is_refused_when_named(world, donald):
    where = sources(world.settings, lambda org, name: {})(ORG)
    from kasstroom.errors import Refused

    with pytest.raises(Refused) as refused:
        screen(world.books, where, ORG, donald, NOW, wanted=Wanted((Source.BUREAU,)))
    assert (refused.value.code, refused.value.pointer) == ("source_not_set_up", "/body/sources/0")


def test_a_slow_register_never_delays_a_checkout_beyond_its_budget(world, donald):
    turn(world.url, slow=["creditsafe"], slow_ms=8000, down=["vies"])
    begun = time.monotonic()
    seen = screen(world.books, world.sources(ORG), ORG, donald, NOW, 1500)
    took = time.monotonic() - begun
    assert took < 5
    assert {Source.BUREAU, Source.VAT} <= set(seen.missing)
    assert seen.account.profile.vat_valid is None and seen.account.profile.screened_at is None
    begun = time.monotonic()
    seen = screen(world.books, world.sources(ORG), ORG, donald, NOW + timedelta(minutes=1), 1500)
    assert {Source.BUREAU, Source.VAT} <= set(seen.missing)
    assert not {Source.BUREAU, Source.VAT} & set(seen.asked)


def test_the_policy_s_age_asks_again_sooner(world, donald):
    screen(world.books, world.sources(ORG), ORG, donald, NOW)
    later = NOW + timedelta(days=2)
    wanted = Wanted(max_age_days=1)
    seen = screen(world.books, world.sources(ORG), ORG, donald, later, wanted=wanted)
    assert [str(source) for source in seen.asked] == ALL_FIVE


def monitored(world, manager, donald):
    body = {"debtor": donald, "sources": ["bureau"], "monitor": True}
    assert manager("screening/api", "POST", "/v1/screenings", body).status == 201
    planned = load("screening/plan_refreshes").handler({}, CONTEXT)
    assert planned == {"queued": 1} and work(world) == (1, 0)
    assert report(world).subscribed and report(world).subscribe_at is None


def test_a_new_rating_reaches_profile_limit_and_bus_once(world, manager, donald):
    monitored(world, manager, donald)
    turn(world.url, duplicates=2)
    set_clock(world.clock, NOW + timedelta(days=3))
    change(world.url, "68750110", rating="D", score=30, limit=500)
    assert deliver(world) == 3
    assert work(world) == (3, 0)
    assert account(world).profile.rating == "D"
    assert account(world).limit_of(LimitSource.BUREAU).amount.value == "500.00"
    assert events(world).count("bureau.rating.changed") == 1
    assert report(world).spent_minor == 390
    change(world.url, "68750110", rating="A", score=90, rated_at="2026-08-15T06:00:00Z")
    assert deliver(world) == 3 and work(world) == (3, 0)
    assert account(world).profile.rating == "D" and report(world).spent_minor == 390


def test_a_notification_that_is_faster_than_the_report_looks_again_later(world, manager, donald):
    monitored(world, manager, donald)
    body = {"eventDate": "2026-09-05T06:00:00Z"}
    secrets = ProviderSecrets(world.secret)
    path = f"/webhooks/bureau/{ORG}/K1/{secrets.signature(ORG, 'bureau/K1')}"
    assert Api()("screening/bureau_webhook", "POST", path, body).status == 200
    set_clock(world.clock, NOW + timedelta(days=5))
    assert work(world) == (1, 0)
    assert report(world).retry_at is not None and account(world).profile.rating == "A"
    change(world.url, "68750110", rating="E", rated_at="2026-09-05T06:00:00Z")
    set_clock(world.clock, NOW + timedelta(days=5, hours=2))
    load("screening/plan_refreshes").handler({}, CONTEXT)
    assert work(world)[1] == 0
    assert account(world).profile.rating == "E" and report(world).retry_at is None


@pytest.mark.parametrize(
    ("signed", "body", "status"),
    [
        ("0" * 32, {"eventDate": "2026-09-05T06:00:00Z"}, 404),
        ("D1", {"eventDate": "2026-09-05T06:00:00Z"}, 404),
        ("K1", b"not json", 422),
        ("K1", b"[]", 422),
        ("K1", {"eventDate": "yesterday"}, 422),
        ("K1", {"eventDate": 20260905}, 422),
        ("K1", {"x": 1}, 422),
        ("K1", b"[" * 70_000, 413),
    ],
)
def test_a_forged_or_broken_notification_queues_nothing(world, signed, body, status):
    secrets = ProviderSecrets(world.secret)
    known = signed in ("D1", "K1")
    signature = secrets.signature(ORG, f"bureau/{signed}") if known else signed
    path = f"/webhooks/bureau/{ORG}/K1/{signature}"
    assert Api()("screening/bureau_webhook", "POST", path, body).status == status
    assert drain(world, world.queues["screening"]) == []


def test_a_payment_s_signature_opens_no_bureau_address(world):
    signature = ProviderSecrets(world.secret).signature(ORG, "K1")
    body = {"eventDate": "2026-09-05T06:00:00Z"}
    path = f"/webhooks/bureau/{ORG}/K1/{signature}"
    assert Api()("screening/bureau_webhook", "POST", path, body).status == 404


def test_monitoring_can_be_ended(world, manager, donald):
    monitored(world, manager, donald)
    body = {"debtor": donald, "sources": ["bureau"], "monitor": False}
    manager("screening/api", "POST", "/v1/screenings", body)
    load("screening/plan_refreshes").handler({}, CONTEXT)
    assert work(world) == (1, 0)
    assert not report(world).subscribed and report(world).due is None
    change(world.url, "68750110", rating="D")
    assert deliver(world) == 0


def test_what_is_monitored_is_kept_fresh_and_a_source_that_is_down_comes_later(
    world, manager, donald
):
    body = {"debtor": donald, "sources": ["insolvency"], "monitor": True}
    manager("screening/api", "POST", "/v1/screenings", body)
    assert load("screening/plan_refreshes").handler({}, CONTEXT) == {"queued": 0}
    change(world.url, "68750110", insolvency="F.16/26/200")
    turn(world.url, down=["cir"])
    set_clock(world.clock, NOW + timedelta(days=1, minutes=1))
    for _ in range(2):
        load("screening/plan_refreshes").handler({}, CONTEXT)
    assert work(world) == (2, 0)
    assert not account(world).profile.insolvent
    assert load("screening/plan_refreshes").handler({}, CONTEXT) == {"queued": 0}
    turn(world.url, down=[])
    set_clock(world.clock, NOW + timedelta(days=1, hours=1))
    assert load("screening/plan_refreshes").handler({}, CONTEXT) == {"queued": 1}
    assert work(world) == (1, 0)
    assert account(world).profile.insolvent


def test_a_bureau_that_was_down_is_subscribed_to_once_it_answers(world, manager, donald):
    turn(world.url, down=["creditsafe"])
    body = {"debtor": donald, "sources": ["bureau"], "monitor": True}
    assert manager("screening/api", "POST", "/v1/screenings", body).body["missing"] == ["bureau"]
    turn(world.url, down=[])
    for hours in (2, 3):
        set_clock(world.clock, NOW + timedelta(hours=hours))
        load("screening/plan_refreshes").handler({}, CONTEXT)
        work(world)
    assert report(world).subscribed and account(world).profile.rating == "A"


@pytest.mark.parametrize(
    "message",
    [
        {},
        {"org": ORG, "debtor": "K1", "source": "stars"},
        {"org": ORG, "debtor": "K1", "source": "bureau", "rated_at": "soon"},
        {"org": ORG, "debtor": "nobody", "source": "bureau", "rated_at": ""},
    ],
)
def test_a_message_that_is_no_job_is_acknowledged(world, message):
    record = {"messageId": "1", "body": json.dumps(message), "eventSource": "aws:sqs"}
    answer = load("screening/refresh").handler({"Records": [record]}, CONTEXT)
    assert answer == {"batchItemFailures": []}


@pytest.fixture
def one_request_at_a_time(monkeypatch):
    """moto looks at a transaction's conditions and writes in two steps; the real table in one."""
    from threading import RLock

    from botocore.client import BaseClient

    lock, ask = RLock(), BaseClient._make_api_call

    def in_turn(*given):
        with lock:
            return ask(*given)

    monkeypatch.setattr(BaseClient, "_make_api_call", in_turn)


@pytest.mark.usefixtures("one_request_at_a_time")
def test_two_screenings_at_once_write_one_report(world, donald):
    from threading import Thread

    def run():
        wanted = Wanted((Source.BUREAU,), StatedBasis(Basis.LEGITIMATE_INTEREST), force=True)
        screen(world.books, world.sources(ORG), ORG, donald, NOW, wanted=wanted)

    threads = [Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert report(world).spent_minor == 3 * 195
    assert account(world).limit_of(LimitSource.BUREAU).amount.value == "40000.00"


def decided(manager, review, verdict):
    path = f"/v1/credit-reviews/{review.id}/decision"
    return manager("work/reviews_api", "POST", path, {"verdict": verdict, "note": "gezien"})


@pytest.mark.parametrize(("verdict", "limit"), [("approved", "250000.00"), ("declined", None)])
def test_a_bureau_grants_nothing_above_the_four_eyes_bound_by_itself(
    world, manager, verdict, limit
):
    customer(world.books, "K2", "Test NV Katrien", "68727720", "NL800000031B01")
    body = {"debtor": "K2", "sources": ["bureau"]}
    assert manager("screening/api", "POST", "/v1/screenings", body).status == 201
    assert account(world, "K2").limits == () and account(world, "K2").profile.rating == "A"
    (review,) = world.books.all_of(Review, ORG, "K2")
    assert (review.kind, review.reasons, review.asked_by) == ("limit", ("four_eyes",), "screening")
    again = manager("screening/api", "POST", "/v1/screenings", body | {"force": True})
    assert again.status == 201 and len(list(world.books.all_of(Review, ORG, "K2"))) == 1
    assert decided(manager, review, verdict).status == 200
    found = account(world, "K2").limit_of(LimitSource.BUREAU)
    assert (found.amount.value if found else None) == limit


def test_less_credit_for_a_person_is_decided_at_the_desk(world, manager):
    customer(world.books, "K3", "Test EMZ Dagobert", "69599084", kind=DebtorKind.SOLE_TRADER)
    body = {"debtor": "K3", "sources": ["bureau"], "force": True,
            "basis": {"kind": "consent", "reference": "form 1"}}  # fmt: skip
    assert manager("screening/api", "POST", "/v1/screenings", body).status == 201
    change(world.url, "69599084", rating="D", score=20, limit=500)
    assert manager("screening/api", "POST", "/v1/screenings", body).status == 201
    assert account(world, "K3").limit_of(LimitSource.BUREAU).amount.value == "4000.00"
    (review,) = world.books.all_of(Review, ORG, "K3")
    assert review.reasons == ("bureau_limit_lower",) and review.natural_person
    assert decided(manager, review, "approved").status == 200
    assert account(world, "K3").limit_of(LimitSource.BUREAU).amount.value == "500.00"
