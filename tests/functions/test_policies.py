"""Decision policies through their handler: upload, test, back-test, activate, go back, explain."""

from __future__ import annotations

import json

import pytest

from kasstroom.changes import Changes
from kasstroom.credit.decision import Decision, Reservation
from kasstroom.credit.human import HumanDecision, decide_review
from kasstroom.credit.model import CreditAccount
from kasstroom.credit.policies import LivePolicies, LivePolicy
from kasstroom.credit.policy import PolicyVersion
from kasstroom.credit.policy_history import PolicyHistory
from kasstroom.credit.reviews import QueuedReview, ReviewState
from kasstroom.debtors.model import DebtorKind
from kasstroom.settle import settle
from tests.functions.conftest import Api, problem
from tests.people import NOW, ORG, debtor, eur

FUNCTION = "credit/policies_api"
PATH = "/v1/credit-policies"
STRICT = {
    "rules": [
        {
            "id": "large",
            "when": {"fact": "order_amount", "gt": "200.00"},
            "outcome": "declined",
            "reason": "order_above_max",
            "alternatives": ["lower_amount"],
        },
        {
            "id": "late",
            "when": {"fact": "overdue", "gt": "0.00"},
            "outcome": "refer",
            "reason": "in_arrears",
            "alternatives": ["settle_overdue"],
        },
    ]
}


def person(name: str, roles: str = "credit_manager") -> Api:
    caller = {"allowed": "yes", "org": ORG, "key": name, "scopes": "*", "roles": roles}
    return Api(caller)


@pytest.fixture
def anna(deployed) -> Api:
    return person("anna")


@pytest.fixture
def bas(deployed) -> Api:
    return person("bas")


def upload(api, document=STRICT, name="default"):
    return api(FUNCTION, "PUT", f"{PATH}/{name}", document)


def post(api, path, body=None):
    return api(FUNCTION, "POST", f"{PATH}/{path}", {} if body is None else body)


def check(api, amount="100.00", number="D2", **more):
    body = {"debtor": number, "amount": {"value": amount, "currency": "EUR"}} | more
    return api("credit/api", "POST", "/v1/credit-checks", body).body


def live(anna, bas, document=STRICT, name="default"):
    number = upload(anna, document, name).body["number"]
    post(anna, f"{name}/versions/{number}/test", {"facts": {"order_amount": "1.00"}})
    assert post(bas, f"{name}/versions/{number}/activate").status == 200
    return number


def test_an_upload_is_a_draft_with_the_next_number(anna, books):
    first = upload(anna)
    assert (first.status, first.body["id"], first.body["state"]) == (201, "default.2", "draft")
    assert upload(anna, dict(reversed(STRICT.items()))).body["number"] == 2
    other = upload(anna, STRICT | {"hold_days": 7})
    assert other.body["number"] == 3
    assert upload(anna, name="retail").body["id"] == "retail.1"
    kept = books.get(PolicyVersion, ORG, "default", "000003")
    assert (kept.document["hold_days"], kept.created_by) == (7, "anna")
    assert [line.number for line in books.get(PolicyHistory, ORG, id="default").versions] == [2, 3]


def test_every_mistake_is_listed_with_its_place_in_the_body(anna, books):
    wrong = {
        "hold_days": 0,
        "colour": "red",
        "rules": [
            {"id": "a", "when": {"fact": "weather", "is": "rain"}, "outcome": "declined"},
            {"id": "a", "when": {"use": "nothing"}, "outcome": "no", "reason": "blocked"},
        ],
    }
    answer = upload(anna, wrong)
    assert (answer.status, problem(answer)) == (422, "invalid_policy")
    assert {(e["pointer"], e["code"]) for e in answer.body["errors"]} == {
        ("/body/hold_days", "invalid_value"),
        ("/body/colour", "unknown_field"),
        ("/body/rules/0/when/fact", "unknown_fact"),
        ("/body/rules/0/reason", "missing"),
        ("/body/rules/0/id", "duplicate_rule"),
        ("/body/rules/1/id", "duplicate_rule"),
        ("/body/rules/1/when/use", "unknown_condition"),
        ("/body/rules/1/outcome", "invalid_value"),
    }
    assert books.find(PolicyHistory, ORG, id="default") is None


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (
            json.dumps(STRICT | {"lists": {"l": ["x" * 100] * 10_000}}).encode(),
            "document_too_large",
        ),
        (b'{"rules": ' + b"[" * 200 + b"]" * 200 + b"}", "too_deep"),
        (b'{"rules": [{"id": "\\ud800"}]}', "invalid_text"),
        (b'{"rules": [], "hold_days": NaN}', ""),
        (b"[]", ""),
        (b'"text"', ""),
        (b"null", ""),
    ],
)
def test_what_cannot_be_kept_is_refused(anna, body, code):
    answer = anna(FUNCTION, "PUT", f"{PATH}/default", body)
    assert answer.status == 422
    problem(answer)
    if code:
        assert [(e["pointer"], e["code"]) for e in answer.body["errors"]] == [("/body", code)]
        assert answer.body["detail"] == answer.body["errors"][0]["detail"]


@pytest.mark.parametrize("body", [b'{"rules": ' + b"[" * 100_000, b'{"hold_days": ' + b"9" * 5000])
def test_what_python_will_not_read_is_the_callers_mistake(anna, body):
    answer = anna(FUNCTION, "PUT", f"{PATH}/default", body + b"}")
    assert (answer.status, problem(answer)) == (400, "malformed_json")


def test_a_number_of_any_size_is_kept_as_it_was(anna, books):
    rule = {"id": "a", "when": {"fact": "score", "lt": 10**30}, "outcome": "refer"}
    upload(anna, {"rules": [rule | {"reason": "blocked"}]})
    kept = books.get(PolicyVersion, ORG, "default", "000002").document
    assert kept["rules"][0]["when"]["lt"] == 10**30


def test_two_uploads_at_the_same_moment_get_a_number_each(deployed, books):
    from kasstroom.access.model import Actor
    from kasstroom.credit.policy_usecases import upload as plan

    numbers = []

    def one(days, first=None):
        def planned():
            changes, (_, line) = plan(
                books, ORG, "retail", STRICT | {"hold_days": days}, Actor("anna"), NOW
            )
            if first and not numbers:
                first()
            return changes, line.number

        numbers.append(settle(books, planned, pause=lambda seconds: None))

    one(1, first=lambda: one(2))
    assert numbers == [1, 2]


@pytest.mark.parametrize("name", ["Default", "1a", "a" * 41, "a.b"])
def test_a_name_is_written_in_one_way(anna, name):
    answer = upload(anna, name=name)
    assert (answer.status, problem(answer)) == (422, "invalid_request")


def test_what_is_there_can_be_looked_up(anna):
    upload(anna, name="retail")
    listed = anna(FUNCTION, "GET", PATH).body["policies"]
    assert [(p["name"], p["live"], len(p["versions"])) for p in listed] == [
        ("default", "default.1", 1),
        ("retail", "", 1),
    ]
    shown = anna(FUNCTION, "GET", f"{PATH}/retail/versions/1").body
    assert shown["document"] == STRICT and shown["version"]["state"] == "draft"
    built_in = anna(FUNCTION, "GET", f"{PATH}/default/versions/1").body
    assert built_in["version"]["state"] == "live" and built_in["document"]["rules"]
    assert anna(FUNCTION, "GET", f"{PATH}/retail/versions/2").status == 404
    words = anna(FUNCTION, "GET", f"{PATH}/facts").body
    assert {"name": "overdue", "kind": "amount"}.items() <= {
        k: v for f in words["facts"] if f["name"] == "overdue" for k, v in f.items()
    }.items()
    assert {r["code"]: r["audience"] for r in words["reasons"]}["fraud_suspected"] == "merchant"


def test_what_is_shown_of_the_built_in_policy_can_be_uploaded(anna):
    document = anna(FUNCTION, "GET", f"{PATH}/default/versions/1").body["document"]
    assert upload(anna, document).status == 201


def test_a_dry_run_says_which_rules_fire_and_keeps_nothing_of_the_case(anna, books):
    upload(anna)
    facts = {"order_amount": "250.00", "overdue": "10.00"}
    tried = post(anna, "default/versions/2/test", {"facts": facts}).body
    assert (tried["outcome"], tried["fired"]) == ("declined", ["large", "late"])
    assert [(r["id"], r["fired"]) for r in tried["rules"]] == [("large", True), ("late", True)]
    assert [r["code"] for r in tried["reasons"]] == ["order_above_max", "in_arrears"]
    tried = post(anna, "default/versions/2/test", {"facts": facts | {"natural_person": True}}).body
    assert tried["outcome"] == "refer"
    of_debtor = {"debtor": "D1", "amount": {"value": "100.00", "currency": "EUR"}}
    tried = post(anna, "default/versions/2/test", of_debtor).body
    assert (tried["outcome"], tried["fired"]) == ("refer", ["late"])
    overdue = next(f for f in tried["facts"] if f["name"] == "overdue")
    assert overdue["value"] == {"nl": "€ 250,00", "en": "EUR 250.00"} and overdue["used"]
    assert books.all_of(Decision, ORG, "D1") == []


@pytest.mark.parametrize(
    ("case", "code", "pointer"),
    [
        ({"facts": {"weather": 1}}, "unknown_fact", "/body/facts/weather"),
        ({"facts": {"overdue": 10}}, "invalid_amount", "/body/facts/overdue"),
        ({"facts": {"hold": 1}}, "invalid_value", "/body/facts/hold"),
        ({"facts": {"score": True}}, "invalid_value", "/body/facts/score"),
        ({"debtor": "D1"}, "amount_missing", "/body/amount"),
    ],
)
def test_a_wrong_case_is_named(anna, case, code, pointer):
    upload(anna)
    answer = post(anna, "default/versions/2/test", case)
    assert (answer.status, problem(answer)) == (422, code)
    assert answer.body["errors"][0]["pointer"] == pointer


def test_two_people_and_a_test_take_a_version_live_at_once(anna, bas, books):
    debtor(books, "D2", limit="1000.00")
    assert check(anna, "250.00")["outcome"] == "approved"
    upload(anna)
    path = "default/versions/2/activate"
    refused = post(person("shop", ""), path)
    assert (refused.status, problem(refused)) == (403, "role_required")
    refused = post(anna, path)
    assert (refused.status, problem(refused)) == (403, "four_eyes")
    assert problem(post(bas, path)) == "not_tested"
    assert problem(post(bas, path, {"force": True})) == "note_missing"
    post(anna, "default/versions/2/test", {"facts": {"order_amount": "1.00"}})
    done = post(bas, path)
    assert (done.status, done.body["live"]) == (200, "default.2")
    assert [(v["number"], v["state"]) for v in done.body["versions"]] == [
        (2, "live"),
        (1, "retired"),
    ]
    assert done.body["versions"][0]["activated_by"] == "bas"
    decided = check(anna, "250.00")
    assert (decided["outcome"], decided["policy"]) == ("declined", "default.2")
    events = [json.loads(e) for e in _events(books)]
    told = next(e for e in events if e["type"] == "credit.policy.activated")
    assert told["data"] == {"policy": "default.2", "previous": "default.1", "by": "bas", "note": ""}


def _events(books):
    items = books._item.query(f"D#{ORG}#", books._item.sk.startswith("EVT#"))
    return [item.body for item in items]


def test_untested_goes_live_with_a_reason_only(anna, bas):
    upload(anna)
    forced = post(bas, "default/versions/2/activate", {"force": True, "note": "fraud wave"})
    assert forced.body["versions"][0]["note"] == "fraud wave"
    assert post(bas, "default/versions/2/activate").body["live"] == "default.2"


def test_rolling_back_leads_to_what_was_live_before(anna, bas, books):
    debtor(books, "D2", limit="1000.00")
    live(anna, bas)
    live(anna, bas, STRICT | {"hold_days": 3})
    refused = post(person("shop", ""), "default/rollback", {"note": "x"})
    assert (refused.status, problem(refused)) == (403, "role_required")
    assert problem(post(bas, "default/rollback", {"note": " "})) == "note_missing"
    assert post(bas, "default/rollback", {"note": "oops"}).body["live"] == "default.2"
    assert check(anna)["policy"] == "default.2"
    assert post(bas, "default/rollback", {"note": "oops"}).body["live"] == "default.1"
    assert check(anna)["policy"] == "default.1"
    assert problem(post(bas, "default/rollback", {"note": "more"})) == "nothing_before"


def test_a_name_of_its_own_falls_back_to_the_default(anna, bas, books):
    debtor(books, "D2", limit="1000.00")
    live(anna, bas, name="company")
    assert check(anna, "250.00")["policy"] == "company.1"
    assert post(bas, "company/rollback", {"note": "too strict"}).body["live"] == ""
    assert check(anna, "250.00")["policy"] == "default.1"


def test_all_live_policies_fit_in_one_item(anna, bas):
    large = STRICT | {"lists": {"l": ["x" * 90] * 1_700}}
    live(anna, bas, large, "a")
    live(anna, bas, large, "b")
    upload(anna, large, "c")
    answer = post(bas, "c/versions/1/activate", {"force": True, "note": "try"})
    assert problem(answer) == "live_policies_too_large"


UNREADABLE = [
    {"rules": "nonsense"},
    {},
    {"currency": 5, "rules": []},
    {"rules": [{"id": "a", "when": {"use": ["list"]}, "outcome": "declined", "reason": "blocked"}]},
    {"rules": [{"id": "a", "when": {"fact": "no_longer_there", "is": 1}, "outcome": "declined"}]},
]


@pytest.mark.parametrize("document", UNREADABLE)
def test_a_live_policy_that_cannot_be_read_refers_everything(api, books, document):
    debtor(books, "D2", limit="1000.00")
    broken = LivePolicies(ORG, {"default": LivePolicy(4, document)})
    books.commit(Changes(update=(broken,)))
    for amount in ("0.01", "100.00", "9000.00"):
        made = check(api, amount)
        assert (made["outcome"], made["policy"]) == ("refer", "fallback.0")
        assert (made["buyer"]["answer"], made["reservation"]) == ("review", None)
    said = api(FUNCTION, "GET", f"/v1/credit-checks/{made['id']}/explanation").body
    assert said["replayed"] is True


def test_a_back_test_shows_what_would_change(anna, bas, books):
    debtor(books, "D2", limit="1000.00")
    debtor(books, "D3", limit="1000.00")
    for amount in ("50.00", "250.00"):
        check(anna, amount)
    changed = check(anna, "300.00", "D3")
    check(anna, "300.00", "D3", commit=False)
    check(anna, "5.00", "D1")
    upload(anna)
    found = post(anna, "default/versions/2/back-test").body
    assert found["complete"] and found["next_cursor"] == ""
    assert (found["debtors_read"], found["decisions_read"], found["compared"]) == (3, 5, 4)
    assert found["skipped"]["uncommitted"] == 1
    cells = {(c["was"], c["would_be"]): c["count"] for c in found["outcomes"]}
    assert cells == {
        ("approved", "approved"): 1,
        ("approved", "declined"): 2,
        ("refer", "refer"): 1,
    }
    (totals,) = found["totals"]
    assert totals["approved"]["value"] == "600.00" and totals["would_approve"]["value"] == "50.00"
    assert found["changed"] == len(found["cases"]) == 2
    case = next(c for c in found["cases"] if c["id"] == changed["id"])
    assert (case["was"], case["would_be"], case["rules_new"]) == ("approved", "declined", ["large"])
    assert [(g["group"], g["debtors"]) for g in found["paid_since"]] == [("would_get_less", 2)]
    assert post(bas, "default/versions/2/activate").status == 200


def test_a_back_test_goes_on_where_it_stopped(anna, books):
    for number in ("D2", "D3", "D4"):
        debtor(books, number, limit="1000.00")
        for amount in ("10.00", "20.00", "250.00"):
            check(anna, amount, number)
    upload(anna)
    whole = post(anna, "default/versions/2/back-test").body
    seen, cursor, rounds = [], "", 0
    while True:
        body = {"limit": 2, "cursor": cursor}
        part = post(anna, "default/versions/2/back-test", body).body
        assert part["decisions_read"] <= 2
        seen += [c["id"] for c in part["cases"]]
        cursor, rounds = part["next_cursor"], rounds + 1
        assert part["complete"] == (cursor == "")
        if part["complete"]:
            break
        assert rounds < 20
    assert sorted(seen) == sorted(c["id"] for c in whole["cases"]) and len(seen) == 3


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"limit": 2001}, "/body/limit"),
        ({"limit": 0}, "/body/limit"),
        ({"cursor": "a/b/c"}, "/body/cursor"),
        ({"since": "2026-09-01T00:00:00"}, "/body/since"),
    ],
)
def test_a_wrong_back_test_is_named(anna, body, pointer):
    upload(anna)
    answer = post(anna, "default/versions/2/back-test", body)
    assert answer.status == 422 and answer.body["errors"][0]["pointer"] == pointer


def test_a_back_test_counts_only_the_period_and_the_accounts_it_is_for(anna, books):
    debtor(books, "D2", limit="1000.00")
    check(anna)
    upload(anna, name="consumer")
    found = post(anna, "consumer/versions/1/back-test").body
    assert (found["compared"], found["skipped"]["other_policy"]) == (0, 1)
    upload(anna)
    late = {"since": "2026-09-02T00:00:00Z"}
    found = post(anna, "default/versions/2/back-test", late).body
    assert (found["compared"], found["skipped"]["outside_period"]) == (0, 1)


def explained(api, made):
    answer = api(FUNCTION, "GET", f"/v1/credit-checks/{made['id']}/explanation")
    assert answer.status == 200, answer.body
    return answer.body


def test_a_decision_explains_itself_and_replays_bit_for_bit(anna, bas, books):
    debtor(books, "D2", limit="1000.00", kind=DebtorKind.SOLE_TRADER)
    live(anna, bas)
    made = check(anna, "250.00")
    live(anna, bas, STRICT | {"hold_days": 3})
    said = explained(anna, made)
    assert said["replayed"] and said["policy"] == "default.2"
    assert said["replay"] == {"outcome": "refer", "fired": ["large"], "approved_minor": 0}
    assert [(r["id"], r["direction"], r["decisive"]) for r in said["rules"]] == [
        ("large", "hurt", True),
        ("late", "helped", False),
    ]
    smaller = next(w for w in said["would_help"] if w["kind"] == "smaller_order")
    assert smaller["text"]["nl"] == "Een bestelling van € 200,00 kan wel op rekening."
    assert check(anna, "200.00")["outcome"] == "approved"
    assert "EUR 250.00" in said["for_buyer"][0]["en"]
    assert any("medewerker" in words["nl"] for words in said["for_buyer"][1:])


def test_arrears_say_what_paying_them_would_do(anna, bas, books):
    live(anna, bas)
    said = explained(anna, check(anna, "250.00", "D1"))
    kinds = {w["kind"]: w for w in said["would_help"]}
    assert kinds.keys() == {"pay_overdue_smaller_order"}
    assert "EUR 250.00" in kinds["pay_overdue_smaller_order"]["text"]["en"]
    assert "EUR 200.00" in kinds["pay_overdue_smaller_order"]["text"]["en"]


def test_an_adverse_action_has_the_notice_of_the_statute(anna, bas, books):
    debtor(books, "D2", limit="1000.00")
    live(anna, bas)
    path = "/v1/credit-checks/{}/adverse-action"
    declined = check(anna, "250.00")
    notice = anna(FUNCTION, "GET", path.format(declined["id"])).body
    assert (notice["action"], notice["notice_on"], notice["send_by"]) == (
        "declined", "2026-09-01", "2026-10-01",
    )  # fmt: skip
    assert [r["code"] for r in notice["reasons"]] == ["order_above_max"]
    assert notice["creditor"]["name"] == "Van Dijk Bouwmaterialen B.V."
    assert notice["agency"] is None and notice["score"] is None
    approved = anna(FUNCTION, "GET", path.format(check(anna, "50.00")["id"]))
    assert problem(approved) == "no_adverse_action"
    waiting = anna(FUNCTION, "GET", path.format(check(anna, "5.00", "D1")["id"]))
    assert problem(waiting) == "no_adverse_action"


def test_a_score_that_was_used_is_told(anna, bas, books):
    from dataclasses import replace
    from datetime import timedelta

    debtor(books, "D2", limit="1000.00")
    rule = {
        "id": "score", "when": {"fact": "score", "lt": 40}, "outcome": "declined",
        "reason": "score_below_threshold",
    }  # fmt: skip
    live(anna, bas, {"rules": [rule]})
    account = books.get(CreditAccount, ORG, "D2")
    known = replace(account.profile, score=31, screened_at=NOW - timedelta(days=3))
    books.commit(Changes(update=(replace(account, profile=known),)))
    made = check(anna)
    notice = anna(FUNCTION, "GET", f"/v1/credit-checks/{made['id']}/adverse-action").body
    assert notice["score"] == {"value": 31, "lowest": 0, "highest": 100, "on": "2026-08-29"}
    assert "agency.name" in notice["missing"] and len(notice["statements"]) == 5


def decide(books, made, verdict, amount=None):
    from kasstroom.access.model import Actor
    from kasstroom_aws.live import ground_of

    (queued,) = (q for q in books.listing(QueuedReview, ORG, after="", limit=9) if q.open)
    assert queued.subject == made["id"]
    actor = Actor("bas", ("credit_manager",))
    return settle(
        books,
        lambda: decide_review(
            books, ORG, queued.debtor, queued.id, verdict, actor, "spoke to them", NOW,
            lambda account: ground_of(books, account), amount=amount,
        ),
    )  # fmt: skip


def test_a_person_approves_what_was_referred_and_it_is_held(anna, books):
    made = check(anna, "400.00", "D1")
    assert (made["outcome"], made["reservation"]) == ("refer", None)
    decide(books, made, ReviewState.APPROVED)
    kept = books.get(HumanDecision, ORG, "D1", made["id"])
    assert (kept.verdict, kept.by, kept.approved) == ("approved", "bas", eur("400.00"))
    account = books.get(CreditAccount, ORG, "D1")
    assert account.reserved_minor(NOW) == 40_000
    held = books.get(Reservation, ORG, "D1", kept.reservation_id)
    assert held.decision_id == made["id"]
    moved = anna("credit/reservations_api", "POST", f"/v1/reservations/{held.id}/commit")
    assert moved.body["state"] == "committed"
    said = explained(anna, made)
    assert said["reviewed"]["by"] == "bas" and said["automated"] is False and said["replayed"]


def test_a_declined_review_leads_to_an_adverse_action(anna, books):
    made = check(anna, "400.00", "D1")
    decide(books, made, ReviewState.DECLINED)
    assert books.get(CreditAccount, ORG, "D1").held == ()
    notice = anna(FUNCTION, "GET", f"/v1/credit-checks/{made['id']}/adverse-action").body
    assert notice["action"] == "declined"
    assert [r["code"] for r in notice["reasons"]] == ["in_arrears"]


def test_the_other_tenant_sees_no_policy_and_no_explanation(anna, books):
    upload(anna, name="retail")
    made = check(anna, "5.00", "D1")
    other = Api({"allowed": "yes", "org": "other", "key": "k", "scopes": "*"})
    assert other(FUNCTION, "GET", f"{PATH}/retail/versions/1").status == 404
    assert other(FUNCTION, "GET", f"/v1/credit-checks/{made['id']}/explanation").status == 404
    assert [p["name"] for p in other(FUNCTION, "GET", PATH).body["policies"]] == ["default"]


@pytest.mark.parametrize("case", [b"{}", {"term_days": 30}, {"facts": {"limit": "1000.00"}}])
def test_no_order_is_no_test(anna, bas, case):
    upload(anna)
    answer = post(anna, "default/versions/2/test", case)
    assert (answer.status, problem(answer)) == (422, "amount_missing")
    assert problem(post(bas, "default/versions/2/activate")) == "not_tested"


def test_a_back_test_of_no_time_at_all_is_refused(anna):
    upload(anna)
    period = {"since": "2026-09-02T00:00:00Z", "until": "2026-09-01T00:00:00Z"}
    answer = post(anna, "default/versions/2/back-test", period)
    assert (answer.status, answer.body["errors"][0]["pointer"]) == (422, "/body/until")
