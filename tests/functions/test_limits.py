"""Limits, terms, holds and groups through their handlers, on the books."""

from __future__ import annotations

import json
from datetime import date, timedelta

import boto3
import pytest

from kasstroom.access.model import Actor
from kasstroom.credit.model import CreditAccount, LimitSource
from kasstroom.credit.policies import LivePolicies, LivePolicy
from kasstroom.credit.proposals import LimitProposal
from kasstroom.credit.reviews import QueuedReview, Review, ReviewState
from kasstroom.debtors.model import DebtorKind
from kasstroom.errors import Refused
from kasstroom.settle import settle
from tests.functions.conftest import CONTEXT, Api, load, problem, set_clock
from tests.people import NOW, ORG, debtor, eur, invoice

LIMITS, GROUPS = "/v1/credit-limits", "/v1/credit-groups"
BORIS = Actor("boris", ("credit_manager",))
RULE = {"id": "r", "when": {"fact": "hold", "is": True}, "outcome": "refer", "reason": "blocked"}


def money(value):
    return {"value": value, "currency": "EUR"}


def limit(value, **more):
    return {"amount": money(value), "reason": "good customer"} | more


@pytest.fixture
def erp(api):
    return lambda *call, **headers: api("credit/limits_api", *call, **headers)


@pytest.fixture
def anna(api):
    person = Api(api.caller | {"key": "anna", "roles": "credit_manager"})
    return lambda *call, **headers: person("credit/limits_api", *call, **headers)


def account(books, number="D2"):
    return books.get(CreditAccount, ORG, number)


def events(books, number="D2"):
    found = boto3.client("dynamodb").query(
        TableName="books", KeyConditionExpression="pk = :pk AND begins_with(sk, :sk)",
        ExpressionAttributeValues={":pk": {"S": f"D#{ORG}#{number}"}, ":sk": {"S": "EVT#"}},
    )["Items"]  # fmt: skip
    return [json.loads(item["body"]["S"]) for item in found]


def told(books, kind, number="D2"):
    return [event["data"] for event in events(books, number) if event["type"] == kind]


def live(books, **terms):
    """The organisation's own policy, in force at once."""
    from kasstroom.changes import Changes
    from kasstroom_aws.live import forget

    document = {"rules": [RULE]} | terms
    known = books.find(LivePolicies, ORG)
    version = known.version if known else 0
    policies = LivePolicies(ORG, {"default": LivePolicy(1, document)}, version=version)
    books.commit(Changes(update=(policies,)) if known else Changes(create=(policies,)))
    forget(ORG)


def decided(books, kind, verdict, actor=BORIS, number="D2", now=NOW):
    from functools import partial

    from kasstroom.credit import periodic, proposals
    from kasstroom_aws.live import ground_of

    close = {"limit": proposals, "periodic": periodic}[kind].decide_review
    (review,) = (r for r in books.all_of(Review, ORG, number) if r.state is ReviewState.OPEN)
    assert review.kind == kind
    facts = (books, ORG, number, review.id, verdict, actor, "looked at the figures", now)
    return settle(books, lambda: close(*facts, partial(ground_of, books)))


def test_limits_stand_side_by_side_and_the_ledger_tells_why(erp, books):
    debtor(books, "D2", limit="1000.00")
    assert erp("PUT", f"{LIMITS}/D2/discretionary", limit("1500.00")).status == 200
    until = {"valid_to": "2026-09-30"}
    made = erp("PUT", f"{LIMITS}/D2/temporary", limit("4000.00", **until)).body
    assert [(s["source"], s["amount"]["value"]) for s in made["limits"]] == [
        ("own", "1000.00"), ("discretionary", "1500.00"), ("temporary", "4000.00"),
    ]  # fmt: skip
    assert (made["limit"], made["available"]) == (money("4000.00"), money("4000.00"))
    gone = erp("DELETE", f"{LIMITS}/D2/temporary", {"reason": "project stopped"})
    assert gone.body["limit"] == money("1500.00")
    first = erp("GET", f"{LIMITS}/D2?limit=2").body
    rest = erp("GET", f"{LIMITS}/D2?limit=2&cursor={first['next_cursor']}").body
    lines = first["ledger"] + rest["ledger"]
    assert rest["next_cursor"] is None
    assert [line["reason"] for line in lines][-1] == "set by API"
    assert {(line["source"], line["reason"], line["by"]) for line in lines} == {
        ("own", "set by API", "api"), ("discretionary", "good customer", "webshop"),
        ("temporary", "good customer", "webshop"), ("temporary", "project stopped", "webshop"),
    }  # fmt: skip
    assert erp("DELETE", f"{LIMITS}/D2/temporary").status == 200
    assert len(erp("GET", f"{LIMITS}/D2").body["ledger"]) == 4


def test_a_high_limit_waits_for_a_second_person(erp, anna, books):
    debtor(books, "D2", limit="1000.00")
    asked = anna("PUT", f"{LIMITS}/D2/own", limit("60000.00"), idempotency_key="k1")
    assert (asked.status, asked.body["state"]) == (202, "proposed")
    again = anna("PUT", f"{LIMITS}/D2/own", limit("60000.00"), idempotency_key="k1")
    assert (again.status, again.body, again.headers["idempotent-replayed"]) == (
        202, asked.body, "true",
    )  # fmt: skip
    assert erp("PUT", f"{LIMITS}/D2/own", limit("60000.00")).body["id"] == asked.body["id"]
    other = erp("PUT", f"{LIMITS}/D2/own", limit("70000.00"))
    assert (other.status, problem(other)) == (409, "proposal_open")
    assert account(books).limit_of(LimitSource.OWN).amount == eur("1000.00")
    shown = erp("GET", f"{LIMITS}/D2").body
    assert [p["id"] for p in shown["proposals"]] == [asked.body["id"]]
    for nobody in (Actor("anna", ("credit_manager",)), Actor("webshop")):
        with pytest.raises(Refused):
            decided(books, "limit", ReviewState.APPROVED, nobody)
    decided(books, "limit", ReviewState.APPROVED)
    granted = account(books).limit_of(LimitSource.OWN)
    assert (granted.amount, granted.granted_by) == (eur("60000.00"), "boris")
    assert granted.reference == asked.body["id"]
    proposal = books.get(LimitProposal, ORG, "D2", asked.body["id"])
    assert (proposal.state, proposal.decided_by) == ("granted", "boris")
    queued = books.get(QueuedReview, ORG, id=proposal.review_id)
    assert queued.open is False and queued.gone_at


def test_what_was_declined_is_not_granted_and_can_be_asked_again(anna, books):
    debtor(books, "D2")
    first = anna("PUT", f"{LIMITS}/D2/own", limit("60000.00")).body
    decided(books, "limit", ReviewState.DECLINED)
    assert account(books).limits == ()
    assert books.get(LimitProposal, ORG, "D2", first["id"]).state == "refused"
    assert anna("PUT", f"{LIMITS}/D2/own", limit("60000.00")).body["id"] != first["id"]


def test_a_temporary_limit_that_would_have_ended_cannot_be_granted_any_more(anna, books):
    debtor(books, "D2")
    anna("PUT", f"{LIMITS}/D2/temporary", limit("60000.00", valid_to="2026-09-02"))
    later = NOW + timedelta(days=3)
    with pytest.raises(Refused, match="would have ended"):
        decided(books, "limit", ReviewState.APPROVED, now=later)
    decided(books, "limit", ReviewState.DECLINED, now=later)


def test_the_old_door_keeps_the_same_rules(api, books):
    debtor(books, "D2", limit="1000.00")
    path = "/v1/debtors/D2/credit"
    put = lambda body, by=api: by("debtors/api", "PUT", path, body)  # noqa: E731
    high = put({"limit": money("50000.01")})
    assert (high.status, problem(high)) == (403, "four_eyes_required")
    assert high.body["errors"][0]["pointer"] == "/body/limit/value"
    invoice(books, "N1", "600.00", debtor="D2", due_on=date(2026, 9, 30))
    low = put({"limit": money("500.00")})
    assert (low.status, problem(low)) == (422, "limit_below_reserved")
    assert put({"limit": money("500.00"), "force": True}).status == 200
    assert put({"limit": money("800.00"), "hold": {"reason": "bounced"}}).status == 200
    assert put({"limit": money("800.00")}).body["hold"]["reason"] == "bounced"
    released = put({"limit": money("800.00"), "hold": None})
    assert (released.status, problem(released)) == (403, "role_required")
    person = Api(api.caller | {"key": "anna", "roles": "credit_manager"})
    assert put({"limit": money("800.00"), "hold": None}, person).body["hold"] is None
    assert put({"limit": money("800.00"), "hold": None}).status == 200
    assert told(books, "credit.hold.released") == [{"reason": "set by API", "by": "anna"}]


def test_a_limit_below_what_is_used_is_set_only_when_it_is_meant(erp, books):
    debtor(books, "D2", limit="1000.00")
    invoice(books, "N1", "600.00", debtor="D2", due_on=date(2026, 9, 30))
    low = erp("PUT", f"{LIMITS}/D2/own", limit("599.99"))
    assert (low.status, problem(low)) == (422, "limit_below_reserved")
    assert low.body["errors"][0]["pointer"] == "/body/amount/value"
    assert told(books, "credit.limit.exceeded") == []
    meant = erp("PUT", f"{LIMITS}/D2/own", limit("599.99", force=True)).body
    assert (meant["available"], meant["warned"]) == (money("0.00"), "exceeded")
    (warning,) = told(books, "credit.limit.exceeded")
    assert warning == {"limit": money("599.99"), "used": money("600.00")}


@pytest.mark.parametrize(
    ("path", "body", "code", "pointer"),
    [
        ("own", limit("-1.00"), "negative_amount", "/body/amount/value"),
        ("own", limit("1.00") | {"reason": " "}, "reason_missing", "/body/reason"),
        ("own", limit("1.00", valid_to="2026-09-01"), "valid_to_past", "/body/valid_to"),
        ("temporary", limit("1.00"), "valid_to_missing", "/body/valid_to"),
        ("own", {"amount": {"value": "1.00", "currency": "USD"}, "reason": "x"},
         "wrong_currency", "/body/amount/currency"),
        ("terms", {"terms_days": 366}, "invalid_term", "/body/terms_days"),
        ("terms", {"review_on": "2026-08-31"}, "invalid_review_day", "/body/review_on"),
        ("terms", {"segment": "Big Ones"}, "invalid_segment", "/body/segment"),
        ("terms", {"per_order_cap": money("-1.00")}, "negative_amount",
         "/body/per_order_cap/value"),
        ("bureau", limit("1.00"), "invalid_request", None),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_place(erp, path, body, code, pointer):
    answer = erp("PUT", f"{LIMITS}/D1/{path}", body)
    assert (answer.status, problem(answer)) == (422, code)
    if pointer:
        assert answer.body["errors"][0]["pointer"] == pointer


def test_only_a_credit_manager_stops_and_releases(erp, anna, api, books):
    debtor(books, "D2", limit="1000.00")
    for call in (("POST", {"reason": "bounced cheque"}), ("DELETE", {"reason": "paid"})):
        refused = erp(call[0], f"{LIMITS}/D2/hold", call[1])
        assert (refused.status, problem(refused)) == (403, "role_required")
    held = anna("POST", f"{LIMITS}/D2/hold", {"reason": "bounced cheque"}).body["hold"]
    assert (held["reason"], held["placed_by"]) == ("bounced cheque", "anna")
    check = {"debtor": "D2", "amount": money("1.00")}
    stopped = api("credit/api", "POST", "/v1/credit-checks", check).body
    assert (stopped["outcome"], stopped["reasons"][0]["code"]) == ("declined", "blocked")
    assert anna("DELETE", f"{LIMITS}/D2/hold", {"reason": "paid"}).body["hold"] is None
    assert api("credit/api", "POST", "/v1/credit-checks", check).body["outcome"] == "approved"
    assert told(books, "credit.hold.placed") == [{"reason": "bounced cheque", "by": "anna"}]
    assert told(books, "credit.hold.released") == [{"reason": "paid", "by": "anna"}]


def test_a_person_ends_the_zero_that_a_bureau_left(erp, anna, books):
    from dataclasses import replace

    from kasstroom.changes import Changes
    from kasstroom.credit.model import CreditLimit

    debtor(books, "D2", limit="50000.00")
    live(books, limit={"take": "lowest"}, four_eyes_above="40000.00")
    zero = CreditLimit(LimitSource.BUREAU, eur("0.00"), "screening", NOW)
    known = account(books)
    books.commit(Changes(update=(replace(known, limits=(*known.limits, zero)),)))
    assert erp("GET", f"{LIMITS}/D2").body["limit"] == money("0.00")
    machine = erp("DELETE", f"{LIMITS}/D2/bureau", {"reason": "fusie"})
    assert (machine.status, problem(machine)) == (403, "role_required")
    asked = anna("DELETE", f"{LIMITS}/D2/bureau", {"reason": "fusie"})
    assert (asked.status, asked.body["ends"], asked.body["amount"]) == (
        202, True, money("50000.00"),
    )  # fmt: skip
    decided(books, "limit", ReviewState.APPROVED)
    assert erp("GET", f"{LIMITS}/D2").body["limit"] == money("50000.00")
    assert anna("DELETE", f"{LIMITS}/D2/bureau").status == 200


def test_agreed_terms_count_and_a_deviation_is_told(erp, api, books):
    debtor(books, "D2", limit="1000.00")
    terms = {"terms_days": 14, "per_order_cap": money("250.00"), "review_on": "2026-12-01"}
    assert erp("PUT", f"{LIMITS}/D2/terms", terms).status == 200
    book = lambda number, **more: api(  # noqa: E731
        "invoices/api", "POST", "/v1/invoices",
        {"number": number, "debtor": "D2", "issued_on": "2026-09-01", "amount": money("10.00")}
        | more,
    ).body  # fmt: skip
    assert book("N1")["due_on"] == "2026-09-15"
    assert told(books, "invoice.terms_deviated") == []
    assert book("N2", due_on="2026-10-01")["due_on"] == "2026-10-01"
    (warning,) = told(books, "invoice.terms_deviated")
    assert warning == {"agreed_days": 14, "given_days": 30, "due_on": "2026-10-01"}
    check = {"debtor": "D2", "amount": money("250.01")}
    found = api("credit/api", "POST", "/v1/credit-checks", check).body
    assert found["reasons"][0]["code"] == "order_above_max"
    after = erp("PUT", f"{LIMITS}/D2/terms", {"terms_days": None}).body
    assert (after["terms_days"], after["per_order_cap"]) == (None, money("250.00"))
    assert book("N3")["due_on"] == "2026-10-01"
    assert [e["fields"] for e in told(books, "credit.terms.changed")] == [
        ["per_order_cap", "terms_days", "review_on"], ["terms_days"],
    ]  # fmt: skip


def test_bookings_warn_by_the_live_policy(api, books):
    debtor(books, "D2", limit="1000.00")
    live(books, warn_percent=50)
    book = lambda number, value, **more: api(  # noqa: E731
        "invoices/api", "POST", "/v1/invoices",
        {"number": number, "debtor": "D2", "issued_on": "2026-09-01", "amount": money(value)}
        | more,
    ).status  # fmt: skip
    assert book("N1", "499.99") == 201
    assert told(books, "credit.limit.approaching") == []
    assert book("N2", "0.01") == 201
    (near,) = told(books, "credit.limit.approaching")
    assert near == {"limit": money("1000.00"), "used": money("500.00")}
    assert book("N3", "600.00") == 201 and book("N4", "1.00") == 201
    (above,) = told(books, "credit.limit.exceeded")
    assert above["used"] == money("1100.00")
    assert book("C1", "1000.00", kind="credit_note") == 201
    assert account(books).warned == ""


def test_an_invoice_that_uses_up_its_reservation_counts_once(api, books):
    debtor(books, "D2", limit="1000.00")
    check = {"debtor": "D2", "amount": money("700.00")}
    held = api("credit/api", "POST", "/v1/credit-checks", check).body["reservation"]["id"]
    body = {"number": "N1", "debtor": "D2", "issued_on": "2026-09-01", "amount": money("700.00")}
    assert api("invoices/api", "POST", "/v1/invoices", body | {"reservation": held}).status == 201
    assert told(books, "credit.limit.exceeded") == []
    assert account(books).warned == ""


def group(*members, limit="1000.00", parent=None, **more):
    return {"name": "Groep", "parent": parent or members[0], "members": members,
            "limit": money(limit)} | more  # fmt: skip


def test_two_members_on_the_same_reading_cannot_both_take_the_group_s_last_euro(erp, books):
    """Both have read both accounts before either has written: the second reads again."""
    from kasstroom.credit.asking import CreditCheck
    from kasstroom.credit.deciding import Asked
    from kasstroom.credit.usecases import check
    from kasstroom.credit.warning import default_ground

    for number in ("D2", "D3"):
        debtor(books, number, limit="1000.00")
    assert erp("PUT", f"{GROUPS}/g1", group("D2", "D3")).status == 200
    readings = []

    def plan(number):
        asked = Asked(CreditCheck(eur("600.00"), number), f"r-{number}", "f", NOW)
        return check(books, ORG, asked, grounds=default_ground, newcomer=None)

    def second():
        changes, decision = plan("D3")
        readings.append((decision.outcome, [r.code for r in decision.reasons]))
        if len(readings) == 1:
            settle(books, lambda: plan("D2"))
        return changes, decision

    settle(books, second, pause=lambda seconds: None)
    assert readings == [("approved", []), ("declined", ["limit_exceeded"])]
    reserved = [account(books, n).reserved_minor(NOW) for n in ("D2", "D3")]
    assert reserved == [60_000, 0]
    used = erp("GET", f"{GROUPS}/g1").body
    assert (used["used"], used["available"]) == (money("600.00"), money("400.00"))


def test_a_member_that_joins_while_a_check_reads_makes_it_read_again(erp, books):
    from kasstroom.credit.asking import CreditCheck
    from kasstroom.credit.deciding import Asked
    from kasstroom.credit.usecases import check
    from kasstroom.credit.warning import default_ground

    for number in ("D2", "D3"):
        debtor(books, number, limit="1000.00")
    invoice(books, "N1", "900.00", debtor="D3", due_on=date(2026, 9, 30))
    readings = []

    def plan():
        asked = Asked(CreditCheck(eur("600.00"), "D2"), "r", "f", NOW)
        found = check(books, ORG, asked, grounds=default_ground, newcomer=None)
        readings.append(found[1].outcome)
        if len(readings) == 1:
            assert erp("PUT", f"{GROUPS}/g1", group("D2", "D3")).status == 200
        return found

    settle(books, plan, pause=lambda seconds: None)
    assert readings == ["approved", "declined"]
    assert account(books).held == ()


def test_a_planned_review_opens_lapses_and_is_planned_again(erp, deployed, books):
    debtor(books, "D2", limit="1000.00")
    live(books, reviews={"every_days": 100, "grace_days": 10})
    erp("PUT", f"{LIMITS}/D2/discretionary", limit("400.00"))
    erp("PUT", f"{LIMITS}/D2/temporary", limit("4000.00", valid_to="2026-09-03"))
    erp("PUT", f"{LIMITS}/D2/terms", {"review_on": "2026-09-05"})
    run = lambda: load("credit/open_reviews").handler({}, CONTEXT)  # noqa: E731
    nothing = {"opened": 0, "lapsed": 0, "ended": 0}

    def on(day):
        set_clock(deployed.clock, NOW + timedelta(days=day - 1))
        return run()

    assert on(1) == on(3) == nothing
    assert on(4) == nothing | {"ended": 1}
    assert on(5) == nothing | {"opened": 1}
    assert run() == nothing
    assert erp("GET", f"{LIMITS}/D2").body["open_review"].startswith("rev_")
    assert on(15) == nothing
    assert on(16) == nothing | {"lapsed": 1}
    assert run() == on(60) == nothing
    assert {li.source for li in account(books).limits} == {LimitSource.OWN}
    decided(books, "periodic", ReviewState.APPROVED, now=NOW + timedelta(days=60))
    after = account(books)
    assert (after.review_on, after.review_id) == (date(2026, 9, 5) + timedelta(days=100), "")
    assert after.limit_of(LimitSource.OWN).amount == eur("1000.00")


def test_a_review_that_was_declined_ends_the_limits_that_hang_on_it(erp, deployed, books):
    debtor(books, "D2", limit="1000.00")
    live(books, reviews={"every_days": 100, "lapse": ["own"]})
    erp("PUT", f"{LIMITS}/D2/terms", {"review_on": "2026-09-01"})
    assert load("credit/open_reviews").handler({}, CONTEXT)["opened"] == 1
    decided(books, "periodic", ReviewState.DECLINED)
    assert account(books).limits == ()
    assert account(books).review_on == date(2026, 9, 1) + timedelta(days=100)


def news(number):
    detail = {"organisation": ORG, "debtor": number, "type": "payment.allocated"}
    body = {"detail-type": "payment.allocated", "source": "kasstroom", "detail": detail}
    record = {"messageId": "1", "eventSource": "aws:sqs", "body": json.dumps(body)}
    return load("credit/adjust_limits").handler({"Records": [record]}, CONTEXT)


@pytest.mark.parametrize("kind", [DebtorKind.COMPANY, DebtorKind.SOLE_TRADER])
def test_payments_earn_a_limit_and_lateness_costs_it(erp, books, kind):
    from dataclasses import replace

    from kasstroom.changes import Changes
    from kasstroom.risk.model import MonthPaid, PaymentBehaviour

    debtor(books, "D2", kind=kind)
    live(books, automatic={"smallest_invoices": 1})

    def paid(days_late):
        habits = PaymentBehaviour(
            paid_invoices=4, paid_minor=100_000, minor_days_late=100_000 * days_late,
            by_month={"2026-08": MonthPaid(100_000)},
        )  # fmt: skip
        books.commit(Changes(update=(replace(account(books), behaviour=habits),)))

    done = {"batchItemFailures": []}
    paid(0)
    assert news("D2") == news("D2") == done
    automatic = lambda: account(books).limit_of(LimitSource.AUTOMATIC).amount  # noqa: E731
    assert automatic() == eur("1500.00")
    assert len(erp("GET", f"{LIMITS}/D2").body["ledger"]) == 1
    paid(20)
    assert news("D2") == news("D2") == done
    if kind is DebtorKind.COMPANY:
        assert automatic() == eur("750.00")
        return
    assert automatic() == eur("1500.00")
    (waiting,) = erp("GET", f"{LIMITS}/D2").body["proposals"]
    assert (waiting["asked_by"], waiting["amount"]) == ("automatic", money("750.00"))
    decided(books, "limit", ReviewState.APPROVED)
    assert automatic() == eur("750.00")


def test_news_of_somebody_we_do_not_know_is_acknowledged(deployed):
    assert news("D404") == {"batchItemFailures": []}
