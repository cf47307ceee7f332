"""From the event that an application was sent to what the rules make of what registers say."""

from __future__ import annotations

import json
from datetime import timedelta
from types import SimpleNamespace

import pytest

from functions.sandbox.registers import handler as registers
from kasstroom.applications.gathering import FOLLOWED
from kasstroom.applications.model import CreditApplication
from kasstroom.credit.model import CreditAccount, LimitSource
from kasstroom.credit.reviews import QueuedReview, Review
from kasstroom.debtors.model import Address, Debtor, DebtorKind, Identifier, IdentifierScheme
from kasstroom.debtors.usecases import DebtorData, register
from kasstroom.events import SOURCE
from kasstroom.screening.model import Basis, ExternalReport, Source
from kasstroom.settings import NOT_USED, SandboxSettings
from kasstroom.settle import settle
from tests.functions.conftest import CONTEXT, Api, load, problem
from tests.lambda_http import serve
from tests.people import NOW, ORG, eur
from tests.sandbox.registers import settings, turn
from tests.tables import create_table

PATH = "/v1/credit-applications"
ANNA = Api({
    "allowed": "yes", "org": ORG, "key": "anna", "scopes": "*", "roles": "credit_manager",
})  # fmt: skip
DONALD = {"name": "Test BV Donald", "kvk": "68750110", "vat": "NL800000018B01"}
ADDRESS = {"street": "Dorpsstraat", "house_number": "1", "postcode": "3511 ED", "city": "Utrecht"}
TOLD = {
    "legal_form": "bv", "contact_name": "D. Duck", "email": "d@donald.example",
    "address": ADDRESS, "requested": {"value": "5000.00", "currency": "EUR"}, "consent": True,
}  # fmt: skip
DAGOBERT = {"name": "Test EMZ Dagobert", "kvk": "69599084", "legal_form": ""}
PERSON = {"name": "D. Jansen", "legal_form": "", "contact_name": ""}


@pytest.fixture
def world(deployed, monkeypatch):
    """The registers on a port, with the paths that were asked for, and the bus with its rule."""
    create_table("sandbox")
    registers._site.cache_clear()
    hooks = deployed.sqs.create_queue(QueueName="hooks")["QueueUrl"]
    _told(monkeypatch, SandboxSettings("sandbox", "http://127.0.0.1:8401", hooks, "", ""))
    asked = []

    def answer(event, context):
        if not event["rawPath"].endswith("/knobs"):
            asked.append(event["rawPath"].split("/")[2])
        return registers.handler(event, context)

    with serve(answer) as url:
        where = settings(f"{url}/registers", deployed.secret)
        _told(monkeypatch, where)
        yield SimpleNamespace(
            url=f"{url}/registers", asked=asked, queue=_rule(deployed), **vars(deployed)
        )
    registers._site.cache_clear()


def _told(monkeypatch, told):
    for name, value in told.to_env().items():
        monkeypatch.setenv(name, value)


def _rule(deployed):
    """As infra/capabilities/applications.py has it: what is followed goes to a queue."""
    import boto3

    url = deployed.sqs.create_queue(QueueName="sent-in")["QueueUrl"]
    wanted = {"QueueUrl": url, "AttributeNames": ["QueueArn"]}
    arn = deployed.sqs.get_queue_attributes(**wanted)["Attributes"]["QueueArn"]
    events = boto3.client("events")
    pattern = {"source": [SOURCE], "detail-type": list(FOLLOWED)}
    events.put_rule(Name="sent-in", EventBusName="bus", EventPattern=json.dumps(pattern))
    events.put_targets(Rule="sent-in", EventBusName="bus", Targets=[{"Id": "q", "Arn": arn}])
    return url


@pytest.fixture
def sent(world, api):
    """Opens, fills in and sends an application; gives its id and debtor."""

    def send(*, debtor="D77", kind="company", expect=200, **told):
        body = {"debtor": debtor, "kind": kind, "allow_duplicates": True}
        id = api("applications/api", "POST", PATH, body).body["id"]
        api("applications/api", "PUT", f"{PATH}/{id}/data", TOLD | told)
        answer = api("applications/api", "POST", f"{PATH}/{id}/submit", {"allow_duplicates": True})
        assert answer.status == expect, answer.body
        return answer if expect != 200 else id

    return send


@pytest.fixture
def automatic(world):
    terms = {"auto_approve_up_to": {"value": "15000.00", "currency": "EUR"}, "lowest_score": 60}
    path = "/v1/credit-application-terms"
    assert ANNA("applications/api", "PUT", path, terms).status == 200


def told_on_the_bus(world, debtor="D77"):
    """Publishes the debtor's outbox as the table's stream would; what the queue then holds."""
    import boto3

    rows = boto3.client("dynamodb").query(
        TableName="books",
        KeyConditionExpression="pk = :pk AND begins_with(sk, :evt)",
        ExpressionAttributeValues={":pk": {"S": f"D#{ORG}#{debtor}"}, ":evt": {"S": "EVT#"}},
    )["Items"]
    records = [{"dynamodb": {"NewImage": r, "SequenceNumber": str(n)}} for n, r in enumerate(rows)]
    answer = load("events/publish_events").handler({"Records": records}, CONTEXT)
    assert answer == {"batchItemFailures": []}
    found = world.sqs.receive_message(QueueUrl=world.queue, MaxNumberOfMessages=10)["Messages"]
    return [
        {"messageId": m["MessageId"], "body": m["Body"], "eventSource": "aws:sqs"} for m in found
    ]


def delivered(world, debtor="D77", messages=None):
    """Runs the worker over what the bus brought; the messages, for who delivers them again."""
    messages = messages or told_on_the_bus(world, debtor)
    answer = load("applications/gather_facts").handler({"Records": messages}, CONTEXT)
    assert answer == {"batchItemFailures": []}
    return messages


def seen(id, who=ANNA):
    return who("applications/api", "GET", f"{PATH}/{id}").body


def review_of(world, id, debtor="D77"):
    return world.books.get(Review, ORG, debtor, seen(id)["review"])


def registered(world, number, told, kind=DebtorKind.COMPANY):
    identifiers = (Identifier(IdentifierScheme.KVK, told["kvk"]),)
    data = DebtorData(told["name"], kind, address=Address(country="NL"), identifiers=identifiers)
    settle(world.books, lambda: register(world.books, ORG, number, data, NOW))


def test_a_new_company_that_the_registers_know_is_approved_by_the_rules(world, sent, automatic):
    id = sent(**DONALD)
    assert seen(id)["state"] == "in_review" and seen(id)["facts"] is None
    (message,) = delivered(world)
    assert json.loads(message["body"])["detail"]["subject"] == id
    after = seen(id)
    assert (after["state"], after["verdict"]["by"]) == ("approved", "rules")
    facts = after["facts"]
    assert (facts["rating"], facts["score"], facts["registered"]) == ("A", 88, True)
    assert (facts["vat_valid"], facts["sanctions"], facts["insolvent"]) == (True, "clear", False)
    assert after["screened_at"].startswith("2026-09-01T08:00:")
    assert sorted(set(world.asked)) == ["cir", "creditsafe", "kvk", "sanctions", "vies"]
    assert not world.books.get(QueuedReview, ORG, id=after["review"]).open
    account = world.books.get(CreditAccount, ORG, "D77")
    assert account.limit_of(LimitSource.OWN).amount == eur("5000.00")
    assert (account.profile.score, account.profile.kvk) == (88, "68750110")
    # What was asked about somebody who was no debtor is in the application, and nowhere else.
    assert world.books.all_of(ExternalReport, ORG, "D77") == []


def test_a_second_delivery_asks_nobody(world, sent):
    id = sent(**DONALD)
    messages = delivered(world)
    asked, before = len(world.asked), world.books.get(CreditApplication, ORG, "D77", id)
    assert asked and before.facts.rating == "A"
    delivered(world, messages=messages * 2)
    assert len(world.asked) == asked
    assert world.books.get(CreditApplication, ORG, "D77", id) == before


@pytest.mark.parametrize("ended", ["withdraw", "decision"])
def test_nobody_is_asked_about_an_application_that_ended(world, sent, ended):
    id = sent(**DONALD)
    messages = told_on_the_bus(world)
    body = {"verdict": "rejected", "note": "Nee"} if ended == "decision" else {}
    assert ANNA("applications/api", "POST", f"{PATH}/{id}/{ended}", body).status == 200
    delivered(world, messages=messages)
    assert world.asked == [] and seen(id)["screened_at"] is None


def test_facts_of_before_go_to_the_account_when_a_person_approves(world, sent):
    id = sent(**DONALD)
    delivered(world)
    assert review_of(world, id).reasons == ("no_automatic_approval",)
    assert seen(id)["history"][-1]["why"] == "no_automatic_approval"
    assert _approve(id)["facts"]["score"] == 88
    profile = world.books.get(CreditAccount, ORG, "D77").profile
    assert (profile.score, profile.registered, profile.email_domain) == (88, True, "donald.example")
    assert profile.screened_at and profile.screened_at - NOW < timedelta(minutes=1)


def test_also_when_the_debtor_was_registered_meanwhile(world, sent):
    id = sent(**DONALD)
    delivered(world)
    registered(world, "D77", DONALD)
    assert world.books.get(CreditAccount, ORG, "D77").profile.score is None
    assert _approve(id)["facts"]["score"] == 88
    assert world.books.get(CreditAccount, ORG, "D77").profile.score == 88


def test_a_debtor_with_another_number_does_not_get_the_applicant_s_facts(world, sent):
    id = sent(**DONALD)
    delivered(world)
    registered(world, "D77", {"name": "Een ander", "kvk": "20000002"})
    _approve(id)
    assert world.books.get(CreditAccount, ORG, "D77").profile.score is None


def _approve(id):
    body = {"verdict": "approved", "note": "Gezien"}
    answer = ANNA("applications/api", "POST", f"{PATH}/{id}/decision", body)
    assert answer.status == 200, answer.body
    return answer.body


@pytest.mark.parametrize(
    ("name", "kvk", "reason"),
    [
        ("Failliet Bouw B.V.", "20000003", "insolvent_or_ceased"),
        ("Gestopt Handel B.V.", "20000004", "not_registered"),
        ("Bestaat Niet B.V.", "99999999", "not_registered"),
        ("Staalhandel Noord B.V.", "20000002", "score_below_threshold"),
        ("Severny Kapital Trading B.V.", "20000006", "sanctions_possible"),
    ],
)
def test_what_is_wrong_is_for_a_person_who_reads_it(world, sent, automatic, name, kvk, reason):
    id = sent(name=name, kvk=kvk)
    assert review_of(world, id).reasons == ("insufficient_data",)
    delivered(world)
    after = seen(id)
    assert (after["state"], after["verdict"]) == ("in_review", None)
    assert reason in review_of(world, id).reasons
    assert world.books.find(Debtor, ORG, "D77") is None


def test_a_possible_sanctions_hit_is_not_shown_to_a_system(world, sent, api):
    id = sent(name="Severny Kapital Trading B.V.", kvk="20000006")
    delivered(world)
    assert seen(id)["facts"]["sanctions"] == "possible"
    assert seen(id, api)["facts"]["sanctions"] == ""
    body = {"verdict": "approved", "note": "Gezien"}
    refused = ANNA("applications/api", "POST", f"{PATH}/{id}/decision", body)
    assert problem(refused) == "sanctions"


@pytest.mark.parametrize(
    "down",
    [["kvk", "vies", "creditsafe", "cir", "sanctions"], ["creditsafe"], ["kvk"], ["sanctions"]],
)
def test_sources_that_do_not_answer_leave_it_to_a_person(world, sent, automatic, down):
    turn(world.url, down=down)
    id = sent(**DONALD)
    messages = delivered(world)
    after = seen(id)
    assert (after["state"], after["screened_at"]) == ("in_review", None)
    assert review_of(world, id).reasons == ("insufficient_data",)
    facts = after["facts"]
    assert (facts["registered"] is None) == ("kvk" in down)
    assert (facts["rating"] == "") == ("creditsafe" in down)
    assert (facts["sanctions"] == "") == ("sanctions" in down)
    asked = len(world.asked)
    delivered(world, messages=messages)
    assert len(world.asked) == asked


@pytest.mark.parametrize("name", ["KVK_URL", "CREDITSAFE_URL"])
def test_a_source_that_is_not_set_up_leaves_it_to_a_person(
    world, sent, automatic, monkeypatch, name
):
    monkeypatch.setenv(name, NOT_USED)
    id = sent(**DONALD)
    delivered(world)
    assert seen(id)["state"] == "in_review"
    assert review_of(world, id).reasons == ("insufficient_data",)


def test_a_debtor_in_the_books_is_screened_and_keeps_the_reports(world, sent, automatic):
    registered(world, "D77", DONALD)
    id = sent(**DONALD)
    delivered(world)
    assert seen(id)["verdict"]["by"] == "rules"
    reports = {r.source: r for r in world.books.all_of(ExternalReport, ORG, "D77")}
    assert reports[Source.BUREAU].facts.rating == "A"
    assert reports[Source.BUREAU].basis is Basis.LEGITIMATE_INTEREST
    profile = world.books.get(CreditAccount, ORG, "D77").profile
    assert (profile.score, profile.screened_at) == (88, reports[Source.BUREAU].fetched_at)


def test_a_sole_trader_s_bureau_data_are_asked_on_the_consent_of_the_form(world, sent, automatic):
    registered(world, "D77", DAGOBERT, DebtorKind.SOLE_TRADER)
    id = sent(kind="sole_trader", **DAGOBERT)
    delivered(world)
    (bureau,) = [
        r for r in world.books.all_of(ExternalReport, ORG, "D77") if r.source is Source.BUREAU
    ]
    assert (bureau.basis, bureau.basis_reference) == (Basis.CONSENT, id)
    new = sent(debtor="D78", kind="sole_trader", **DAGOBERT)
    delivered(world, "D78")
    for one, debtor in ((id, "D77"), (new, "D78")):
        assert seen(one)["facts"]["rating"] == "B" and seen(one)["state"] == "in_review"
        assert "natural_person" in review_of(world, one, debtor).reasons


def test_a_person_who_may_be_insolvent_is_looked_at_by_a_person(world, sent, automatic):
    id = sent(kind="sole_trader", name="Stukadoor Jansen", kvk="20000007", legal_form="")
    delivered(world)
    assert seen(id)["facts"]["insolvent"] is False
    assert "insolvency_possible" in review_of(world, id).reasons
    assert "insolvency" not in seen(id)["history"][-1]["why"]


def test_no_credit_bureau_is_asked_about_a_consumer(world, sent):
    id = sent(kind="consumer", **PERSON)
    delivered(world)
    assert set(world.asked) == {"cir", "sanctions"}
    assert seen(id)["state"] == "in_review" and seen(id)["facts"]["sanctions"] == "clear"


@pytest.mark.parametrize(
    ("kind", "told"), [("consumer", PERSON), ("sole_trader", DAGOBERT), ("company", DONALD)]
)
def test_without_consent_nothing_is_sent_so_nothing_is_asked(world, sent, kind, told):
    refused = sent(kind=kind, expect=422, consent=False, **told)
    assert refused.body["errors"][0]["pointer"] == "/body/consent"
    import boto3

    outbox = boto3.client("dynamodb").scan(TableName="books")["Items"]
    assert not any(FOLLOWED[0] in i.get("body", {}).get("S", "") for i in outbox)
    assert world.asked == []


REVIEWS = "/v1/credit-reviews"


def gather_again(id, who=ANNA, **headers):
    review = seen(id)["review"]
    return who("work/reviews_api", "POST", f"{REVIEWS}/{review}/gather-facts", {}, **headers)


def case_of(id, who=ANNA):
    return who("work/reviews_api", "GET", f"{REVIEWS}/{seen(id)['review']}").body["application"]


def test_after_an_outage_a_person_has_the_registers_asked_again(world, sent, automatic, api):
    turn(world.url, down=["creditsafe", "kvk"])
    id = sent(**DONALD)
    messages = told_on_the_bus(world)
    assert case_of(id)["facts_request"] is None
    delivered(world, messages=messages)
    request = case_of(id)["facts_request"]
    assert (request["state"], request["missing"]) == ("incomplete", ["trade_register", "bureau"])
    turn(world.url, down=[])
    assert problem(gather_again(id, api)) == "role_required"
    first = gather_again(id)
    assert (first.status, first.body["state"], first.body["asked_by"]) == (202, "asked", "anna")
    assert gather_again(id).body == first.body
    news = [m for m in told_on_the_bus(world) if "application.facts_asked" in m["body"]]
    assert len(news) == 1
    asked = len(world.asked)
    delivered(world, messages=news)
    assert len(world.asked) > asked
    after = case_of(id)
    assert (after["state"], after["facts_request"]["state"]) == ("in_review", "complete")
    assert (after["facts"]["rating"], after["facts"]["registered"]) == ("A", True)
    assert review_of(world, id).reasons == ("rules_would_approve",)
    body = {"verdict": "approved", "note": "Weer bereikbaar", "terms_days": 14}
    body |= {"amount": {"value": "3000.00", "currency": "EUR"}}
    review = seen(id)["review"]
    assert ANNA("work/reviews_api", "POST", f"{REVIEWS}/{review}/decision", body).status == 200
    verdict = case_of(id)["verdict"]
    assert (verdict["limit"]["value"], verdict["terms_days"]) == ("3000.00", 14)
    assert problem(gather_again(id)) == "application_not_waiting"


def test_a_later_outage_does_not_forget_what_was_known(world, sent):
    id = sent(**DONALD)
    delivered(world)
    turn(world.url, down=["creditsafe"])
    assert gather_again(id).status == 202
    news = [m for m in told_on_the_bus(world) if "application.facts_asked" in m["body"]]
    delivered(world, messages=news)
    after = case_of(id)
    assert (after["facts"]["rating"], after["facts_request"]["missing"]) == ("A", ["bureau"])


def test_a_sole_trader_who_applies_as_a_company_is_for_a_person(world, sent, automatic):
    id = sent(name="Test EMZ Dagobert", kvk="69599084")
    delivered(world)
    assert seen(id)["state"] == "in_review"
    assert "natural_person" in review_of(world, id).reasons
    assert review_of(world, id).natural_person
    _approve(id)
    assert world.books.get(CreditAccount, ORG, "D77").natural_person
