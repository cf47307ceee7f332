"""Our adapter against the sandbox's insurer: the contract of `insurance.ports.Insurer`."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from kasstroom.errors import NotFound, Refused, Unavailable
from kasstroom.insurance.codes import AnswerReason, RequestKind, Response
from kasstroom.insurance.model import Buyer
from kasstroom.insurance.ports import CoverOrder
from kasstroom_partners.allianz_trade import AllianzTrade
from kasstroom_partners.covers_of_allianz import answer_of
from kasstroom_partners.insurers import insurers
from tests.people import eur
from tests.sandbox.insurer import ask, open_insurer, turn

KEY = "at_test_vandijk"
BUYER = Buyer("Klant D1", "NL", {"kvk": "68750110"})


@pytest.fixture
def url(world, monkeypatch):
    monkeypatch.setenv("SANDBOX_URL", "")
    with open_insurer() as url:
        yield url


@pytest.fixture
def insurer(url):
    return AllianzTrade(KEY, url)


def order(reference="crq_1", kind=RequestKind.NEW, amount="50000", callback=""):
    return CoverOrder(reference, "NL-778001", kind, "ATNL68750110", eur(amount), 30, callback)


@pytest.mark.parametrize(
    ("knob", "response", "granted", "reason"),
    [
        ("approved", Response.APPROVED, eur("50000"), None),
        ("partly", Response.PARTLY_APPROVED, eur("25000"), AnswerReason.LIMIT_FULL),
        ("conditional", Response.CONDITIONAL, eur("50000"), None),
        ("refused", Response.NOT_APPROVED, None, AnswerReason.ADVERSE_INFORMATION),
        ("reduced", Response.REDUCED, eur("25000"), AnswerReason.LACK_OF_TURNOVER),
        ("cancelled", Response.CANCELLED, None, AnswerReason.LACK_OF_TURNOVER),
    ],
)
def test_every_answer_in_the_words_of_the_trade(url, insurer, knob, response, granted, reason):
    turn(url, answer=knob)
    assert insurer.company_of(BUYER) == "ATNL68750110"
    answer = insurer.answer(insurer.ask(order()))
    assert (answer.response, answer.granted, answer.reason) == (response, granted, reason)
    assert bool(answer.conditions) == (knob == "conditional")
    assert answer.percentage == (90 if granted else None)


def test_an_investigation_ends_when_the_insurer_is_ready(url, insurer):
    turn(url, answer="investigating", delay_polls=1)
    job = insurer.ask(order())
    assert insurer.answer(job) is None
    assert insurer.answer(job).response is Response.INVESTIGATING
    turn(url, answer="approved")
    assert insurer.answer(job).response is Response.APPROVED


def test_the_same_reference_gives_the_same_job(insurer):
    assert insurer.ask(order()) == insurer.ask(order())
    assert insurer.ask(order()) != insurer.ask(order("crq_2"))


def test_changes_and_cancellations_need_a_cover(insurer):
    for kind in (RequestKind.INCREASE, RequestKind.CANCEL):
        with pytest.raises(NotFound):
            insurer.ask(order(kind=kind))
    insurer.answer(insurer.ask(order()))
    raised = insurer.answer(insurer.ask(order("crq_2", RequestKind.INCREASE, "60000")))
    assert raised.granted == eur("60000")
    gone = insurer.answer(insurer.ask(order("crq_3", RequestKind.CANCEL, "0")))
    assert gone.response is Response.CANCELLED


def test_who_is_not_found_or_not_alone(insurer):
    with pytest.raises(NotFound):
        insurer.company_of(Buyer("Niemand", "NL", {"kvk": "00000000"}))
    with pytest.raises(Refused):
        insurer.company_of(Buyer("Dubbel", "NL", {"kvk": "68750110"}))


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_insurer_is_asked_again_later(url, insurer, status):
    turn(url, fail_next=1, fail_with=status)
    with pytest.raises(Unavailable):
        insurer.company_of(BUYER)
    assert insurer.company_of(BUYER)


def test_a_token_lasts_an_hour_and_one_that_ended_early_is_renewed(url, insurer, world):
    insurer.company_of(BUYER)
    first = insurer._token
    insurer.company_of(BUYER)
    assert insurer._token == first
    world.turn_clock(timedelta(hours=2).total_seconds())
    insurer.company_of(BUYER)
    assert insurer._token != first


def test_a_wrong_key_is_told_without_the_key(url):
    with pytest.raises(Refused) as refused:
        AllianzTrade("secret-of-somebody-else", url).company_of(BUYER)
    assert refused.value.code == "insurer_credentials"
    assert "secret" not in refused.value.detail


def test_the_token_goes_to_the_insurers_own_address_only(url, insurer):
    job = insurer.ask(order())
    elsewhere = AllianzTrade(KEY, url.replace("127.0.0.1", "localhost"))
    with pytest.raises(Unavailable):
        elsewhere.answer(job)


def test_webhooks_go_out_as_often_as_the_knob_says(url, insurer, world):
    turn(url, duplicates=1)
    job = insurer.ask(order(callback=f"{world.shop_url}/webhooks/insurer/o/D1/c/s"))
    assert world.deliver() == []
    assert [(path, kind) for path, kind, _ in world.calls] == [
        ("/webhooks/insurer/o/D1/c/s", "application/json")
    ] * 2
    assert json.loads(world.calls[0][2])["jobId"] == job
    turn(url, lost_webhook=True)
    insurer.ask(order("crq_2", callback=f"{world.shop_url}/webhooks/insurer/o/D1/c/s"))
    assert world.queued() == []


@pytest.mark.parametrize(
    "cover",
    [
        {"coverStatus": "APPROVED", "decisionId": "d", "grantedAmount": "1.999", "currency": "EUR"},
        {"coverStatus": "APPROVED", "decisionId": "d", "grantedAmount": "1", "currency": "???"},
        {"coverStatus": "APPROVED", "decisionId": "d", "coveredPercentage": 89.5},
        {"coverStatus": "APPROVED", "decisionId": "d", "validTo": "soon"},
        {"coverStatus": "APPROVED"},
    ],
)
def test_what_cannot_be_read_is_not_booked(cover):
    with pytest.raises(Unavailable):
        answer_of(cover)


def test_an_unknown_status_waits_and_an_unknown_reason_is_other():
    assert answer_of({"coverStatus": "SOMETHING_NEW", "decisionId": "d"}) is None
    refused = {"coverStatus": "REFUSED", "decisionId": "d", "reasonCode": "99"}
    assert answer_of(refused).reason is AnswerReason.OTHER


def test_an_insurer_without_an_adapter_is_refused():
    with pytest.raises(Refused):
        insurers(lambda org, name: {"api_key": "k"}, "http://127.0.0.1:9")("vandijk", "atradius")


@pytest.mark.parametrize(
    ("knobs", "status"),
    [({"answer": "maybe"}, 422), ({"delay_polls": -1}, 422), ({"nothing": 1}, 422)],
)
def test_a_knob_that_does_not_turn_says_so(url, knobs, status):
    assert ask("PUT", f"{url}/knobs", knobs)[0] == status


@pytest.mark.parametrize(
    ("body", "status"),
    [({}, 400), ({"companyId": "ATNL1", "requestedAmount": "NaN"}, 400)],
)
def test_the_insurer_refuses_what_is_no_request(url, body, status):
    token = ask("POST", f"{url}/v1/idp/oauth2/authorize", {"apiKey": KEY})[1]["access_token"]
    bearer = {"authorization": f"Bearer {token}"}
    assert ask("POST", f"{url}/v1/covers", body, **bearer)[0] == status
    assert ask("POST", f"{url}/v1/covers", body)[0] == 401
    assert ask("GET", f"{url}/v1/jobs/job_unknown", **bearer)[0] == 404
