"""What every payment provider's adapter does, whichever provider: driven through its own SDK
against a provider that behaves as the real one does."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest

from kasstroom.errors import KasstroomError, NotFound, Refused, Unavailable
from kasstroom.money import Money
from kasstroom.organisations.model import Language
from kasstroom.payments.model import (
    AttemptState,
)
from kasstroom.payments.ports import PaymentOrder, PaymentProvider, RefundOrder
from kasstroom.payments.reported import (
    NewsKind,
    RefundState,
)
from kasstroom_psp import NAMES, provider
from kasstroom_psp.signatures import check_mollie
from tests.sandbox.conftest import doors, world  # noqa: F401
from tests.sandbox.driving import choose, send, turn

KEYS = {"mollie": "{mode}_vandijk_2026", "stripe": "sk_{mode}_vandijk_2026"}
AMOUNT = Money(118_685)


@dataclass
class Case:
    name: str
    world: Any
    client: PaymentProvider

    def order(self, number: int = 1, **changes: Any) -> PaymentOrder:
        order = PaymentOrder(
            reference=f"att_{number:026}",
            org="vandijk",
            amount=AMOUNT,
            description="Van Dijk: 2026-0042",
            redirect_url=f"{self.world.shop_url}/p/token/return",
            webhook_url=f"{self.world.shop_url}/webhooks/{self.name}/vandijk/att/sig",
            language=Language.NL,
            idempotency_key=f"key-{number}",
        )
        return replace(order, **changes)

    def paid(self, number: int = 1, **changes: Any) -> Any:
        made = self.client.create(self.order(number, **changes))
        assert choose(self.world, made.id, "paid")[0] == 303
        return self.client.fetch(made.id)

    def give_back(self, payment: Any, minor: int, key: str = "refund-1") -> Any:
        order = RefundOrder(payment.id, Money(minor), "rfd_1", "Te veel betaald", key)
        return self.client.refund(order)

    def act(self, payment: Any, action: str, **wish: str) -> None:
        body = urlencode(wish).encode()
        headers = {"content-type": "application/x-www-form-urlencoded"}
        url = f"{self.world.psp_url}/psp/payments/{payment.id}/{action}"
        status, _, text = send("POST", url, body, headers)
        assert status == 303, text

    def pay_out(self) -> list[str]:
        status, _, text = send("POST", f"{self.world.psp_url}/psp/settlements?format=json", b"")
        assert status == 200
        return json.loads(text)["made"]


def connected(name: str, url: str, mode: str = "test", key: str = "") -> PaymentProvider:
    credentials = {"api_key": key or KEYS[name].format(mode=mode)}
    if name == "mollie":
        credentials["access_token"] = "access_vandijk_2026"
    return provider(name, credentials, url, mode)


@pytest.fixture(params=NAMES)
def case(request: pytest.FixtureRequest, world: Any) -> Case:  # noqa: F811
    return Case(request.param, world, connected(request.param, f"{world.psp_url}/{request.param}"))


def since(**ago: int) -> datetime:
    return datetime.now(UTC) - timedelta(**ago)


def test_a_new_payment_is_open_and_says_where_to_pay(case: Case) -> None:
    made = case.client.create(case.order())
    assert (made.provider, made.mode, made.state) == (case.name, "test", AttemptState.OPEN)
    assert (made.amount, made.reference) == (AMOUNT, case.order().reference)
    assert made.checkout_url.startswith(f"{case.world.psp_url}/checkout/")
    assert made.expires_at is not None and made.expires_at > since()
    assert case.client.fetch(made.id) == made


def test_a_retry_with_the_same_key_is_the_same_payment(case: Case) -> None:
    assert case.client.create(case.order()) == case.client.create(case.order())
    assert len(list(case.client.news(since(minutes=1)))) == 1


def test_the_same_key_for_something_else_is_refused(case: Case) -> None:
    case.client.create(case.order())
    with pytest.raises(Refused):
        case.client.create(case.order(amount=Money(1)))


def test_who_asks_for_an_end_gets_it_where_the_provider_can(case: Case) -> None:
    until = datetime.now(UTC).replace(microsecond=0) + timedelta(minutes=45)
    made = case.client.create(case.order(expires_at=until))
    assert made.expires_at is not None
    if case.name == "stripe":
        assert made.expires_at == until


def test_paid_is_paid_with_who_paid_and_how(case: Case) -> None:
    paid = case.paid()
    assert (paid.state, paid.amount, paid.method) == (AttemptState.PAID, AMOUNT, "ideal")
    assert paid.paid_at is not None and paid.paid_at > since(minutes=1)
    assert (paid.refunds, paid.chargebacks, paid.payer_name) == ((), (), "T. Tester")
    assert paid.payer_iban == ("NL91ABNA0417164300" if case.name == "mollie" else "")
    assert paid.reference == case.order().reference


@pytest.mark.parametrize("outcome", ["failed", "canceled", "expired"])
def test_what_is_not_paid_is_never_paid(case: Case, outcome: str) -> None:
    made = case.client.create(case.order())
    choose(case.world, made.id, outcome)
    state = case.client.fetch(made.id).state
    open_still = case.name == "stripe" and outcome != "expired"
    assert state is (AttemptState.OPEN if open_still else AttemptState(outcome))


def test_time_runs_out(case: Case) -> None:
    made = case.client.create(case.order())
    case.world.turn_clock(86_401)
    assert case.client.fetch(made.id).state is AttemptState.EXPIRED


def test_the_payer_may_choose_among_methods(case: Case) -> None:
    made = case.client.create(case.order(methods=("ideal", "wero")))
    body = urlencode({"outcome": "paid", "method": "wero"}).encode()
    send("POST", made.checkout_url, body, {"content-type": "application/x-www-form-urlencoded"})
    assert case.client.fetch(made.id).method == "wero"


def test_without_methods_the_provider_offers_its_own(case: Case) -> None:
    assert case.paid(methods=()).state is AttemptState.PAID


def test_canceling_closes_what_is_open_and_leaves_what_is_final(case: Case) -> None:
    made = case.client.create(case.order())
    case.client.cancel(made.id)
    assert case.client.fetch(made.id).state in (AttemptState.CANCELED, AttemptState.EXPIRED)
    paid = case.paid(2)
    case.client.cancel(paid.id)
    case.client.cancel("nonsense")
    assert case.client.fetch(paid.id).state is AttemptState.PAID


def test_a_part_goes_back_and_is_told_with_the_payment(case: Case) -> None:
    paid = case.paid()
    made = case.give_back(paid, 5000)
    assert (made.amount, made.state, made.reference) == (
        Money(5000), RefundState.PENDING, "rfd_1",
    )  # fmt: skip
    assert case.give_back(paid, 5000) == made, "the same key is the same refund"
    (seen,) = case.client.fetch(paid.id).refunds
    assert seen == made
    case.world.turn_clock(62)
    after = case.client.fetch(paid.id)
    assert after.state is AttemptState.PAID
    assert [one.state for one in after.refunds] == [RefundState.REFUNDED]


def test_a_queued_refund_is_pending_to_us(case: Case) -> None:
    turn(case.world, queued_refunds=True)
    paid = case.paid()
    assert case.give_back(paid, 100).state is RefundState.PENDING
    case.world.turn_clock(62)
    assert case.client.fetch(paid.id).refunds[0].state is RefundState.PENDING
    case.world.turn_clock(130)
    assert case.client.fetch(paid.id).refunds[0].state is RefundState.REFUNDED


def test_more_than_is_left_cannot_go_back(case: Case) -> None:
    paid = case.paid()
    case.give_back(paid, AMOUNT.minor - 100)
    with pytest.raises(Refused):
        case.give_back(paid, 101, "refund-2")
    case.give_back(paid, 100, "refund-3")
    assert len(case.client.fetch(paid.id).refunds) == 2


def test_nothing_goes_back_of_what_was_not_paid(case: Case) -> None:
    with pytest.raises(Refused):
        case.give_back(case.client.create(case.order()), 100)


def test_a_refund_made_elsewhere_is_seen_without_a_reference_of_ours(case: Case) -> None:
    paid = case.paid()
    case.act(paid, "refund", amount="10.00")
    (seen,) = case.client.fetch(paid.id).refunds
    assert (seen.amount, seen.reference) == (Money(1000), "")


def test_a_refund_that_bounces_has_failed_and_can_be_tried_again(case: Case) -> None:
    paid = case.paid()
    made = case.give_back(paid, AMOUNT.minor)
    case.act(paid, "bounce", of=made.id)
    assert [one.state for one in case.client.fetch(paid.id).refunds] == [RefundState.FAILED]
    assert case.give_back(paid, AMOUNT.minor, "refund-2").id != made.id


def test_a_chargeback_and_its_reversal_are_facts_of_the_payment(case: Case) -> None:
    paid = case.paid()
    case.act(paid, "chargeback")
    (taken,) = case.client.fetch(paid.id).chargebacks
    assert (taken.amount, taken.reversed_at) == (AMOUNT, None)
    case.act(paid, "reverse", of=taken.id)
    after = case.client.fetch(paid.id)
    assert after.state is AttemptState.PAID
    assert after.chargebacks[0].reversed_at is not None
    assert replace(after.chargebacks[0], reversed_at=None) == taken


def test_a_chargeback_can_be_of_a_part(case: Case) -> None:
    paid = case.paid()
    case.act(paid, "chargeback", amount="12.34")
    assert [one.amount for one in case.client.fetch(paid.id).chargebacks] == [Money(1234)]


def test_news_are_all_that_happened_since_over_all_pages(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"kasstroom_psp.{case.name}._PAGE", 2)
    paid = case.paid()
    others = [case.client.create(case.order(number)) for number in range(2, 7)]
    refund = case.give_back(paid, 5000)
    case.act(paid, "chargeback", amount="10.00")
    news = list(case.client.news(since(minutes=1)))
    payments = [one for one in news if one.kind is NewsKind.PAYMENT]
    assert [one.id for one in payments] == [p.id for p in (*reversed(others), paid)]
    assert [one.settled for one in payments] == [False] * 5 + [True]
    assert payments[-1].reference == paid.reference
    (back,) = [one for one in news if one.kind is NewsKind.REFUND]
    assert (back.id, back.payment_id, back.amount) == (refund.id, paid.id, Money(5000))
    assert (back.settled, back.came_back) == (True, False), "on its way, as the ledger books it"
    assert back.reference == paid.reference
    (taken,) = [one for one in news if one.kind is NewsKind.CHARGEBACK]
    assert (taken.payment_id, taken.amount, taken.settled) == (paid.id, Money(1000), True)
    assert len({one.id for one in news}) == len(news)


def test_what_came_back_is_news_also_weeks_later(case: Case) -> None:
    """Of which the webhooks got lost: only the provider's own lists still tell."""
    paid = case.paid()
    refund = case.give_back(paid, 5000)
    case.act(paid, "chargeback", amount="10.00")
    (taken,) = case.client.fetch(paid.id).chargebacks
    case.world.turn_clock(9 * 86_400)
    case.act(paid, "bounce", of=refund.id)
    case.act(paid, "reverse", of=taken.id)
    news = {one.id: one for one in case.client.news(datetime.now(UTC) + timedelta(days=6))}
    assert set(news) == {refund.id, taken.id}
    for one in news.values():
        assert (one.settled, one.came_back) == (False, True)
        assert (one.payment_id, one.reference) == (paid.id, paid.reference)


def test_what_carries_no_reference_of_ours_is_no_news(case: Case) -> None:
    case.paid(reference="")
    assert list(case.client.news(since(minutes=1))) == []


def test_a_bank_transfer_that_was_paid_late_is_news(world: Any) -> None:  # noqa: F811
    case = Case("mollie", world, connected("mollie", case_url(world)))
    made = [case.client.create(case.order(n, methods=("banktransfer",))) for n in (1, 2)]
    world.turn_clock(9 * 86_400)
    choose(world, made[0].id, "paid")
    (news,) = case.client.news(datetime.now(UTC) + timedelta(days=6))
    assert (news.id, news.settled, news.reference) == (made[0].id, True, made[0].reference)
    assert news.at > datetime.now(UTC) + timedelta(days=8)


def test_of_stripe_s_sessions_those_paid_late_are_news_and_strangers_are_not(
    world: Any,  # noqa: F811
) -> None:
    from kasstroom.settings import ClockSettings, SandboxSettings
    from kasstroom_aws.clock import clock_from
    from kasstroom_sandbox.psp.site import _stripe

    case = Case("stripe", world, connected("stripe", f"{world.psp_url}/stripe"))
    made = case.paid()
    house = _stripe(SandboxSettings.from_env(), clock_from(ClockSettings.from_env()))
    session = house.books.get(made.id)
    world.turn_clock(5 * 86_400)
    house.tell("checkout.session.async_payment_succeeded", session)
    strange = {"id": "cs_test_setup", "created": house.now(), "mode": "setup", "metadata": {}}
    strange |= {"amount_total": None, "currency": None, "client_reference_id": None}
    house.books.add(session["_account"], session | strange)
    (news,) = case.client.news(datetime.now(UTC) + timedelta(days=3))
    assert (news.id, news.settled, news.reference) == (made.id, True, made.reference)
    assert news.at > datetime.now(UTC) + timedelta(days=4)


def test_news_end_where_they_are_asked_from(case: Case) -> None:
    case.paid()
    case.world.turn_clock(3600)
    late = case.client.create(case.order(2))
    (news,) = case.client.news(datetime.now(UTC) + timedelta(minutes=30))
    assert news.id == late.id


def test_a_settlement_adds_up_to_what_the_bank_got(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"kasstroom_psp.{case.name}._PAGE", 2)
    paid = [case.paid(number) for number in (1, 2, 3)]
    case.give_back(paid[0], 4320)
    case.act(paid[1], "chargeback", amount="10.00")
    case.client.create(case.order(4))
    case.world.turn_clock(62)
    assert len(case.pay_out()) == 1
    (settlement,) = case.client.settlements(since(minutes=5))
    assert sum(line.net.minor for line in settlement.lines) == settlement.amount.minor
    assert all(line.gross - line.fee == line.net for line in settlement.lines)
    assert settlement.reference and settlement.paid_on is not None
    gross = {
        line.provider_id: line.gross.minor for line in settlement.lines if line.kind == "payment"
    }
    assert gross == {one.id: AMOUNT.minor for one in paid}
    kinds = sorted(line.kind for line in settlement.lines if line.kind not in ("payment", "fee"))
    assert kinds == ["chargeback", "refund"]
    fees = sum(line.fee.minor for line in settlement.lines)
    assert fees == {"mollie": 146, "stripe": 3 * 29 + 2000}[case.name]
    assert {line.reference for line in settlement.lines if line.kind == "payment"} == {
        one.reference for one in paid
    }
    assert case.pay_out() == [], "nothing is paid out twice"
    assert list(case.client.settlements(since(days=-1))) == []


@pytest.mark.parametrize("code", [429, 503])
def test_a_busy_provider_is_unavailable_and_nothing_is_sent_twice(case: Case, code: int) -> None:
    turn(case.world, fail_next=1, fail_with=code)
    with pytest.raises(Unavailable):
        case.client.create(case.order())
    assert case.client.create(case.order()).state is AttemptState.OPEN, "only one call was made"


def test_nobody_there_is_unavailable_at_once(case: Case) -> None:
    nowhere = connected(case.name, "http://127.0.0.1:9")
    calls = (
        lambda: nowhere.create(case.order()),
        lambda: nowhere.fetch("tr_0123456789" if case.name == "mollie" else "cs_test_0123456789"),
        lambda: list(nowhere.news(since(days=1))),
        lambda: list(nowhere.settlements(since(days=1))),
    )
    for call in calls:
        with pytest.raises(Unavailable):
            call()


def test_an_answer_that_is_no_answer_is_unavailable(case: Case) -> None:
    elsewhere = connected(case.name, case.world.shop_url)
    with pytest.raises(Unavailable):
        elsewhere.create(case.order())


def test_what_the_provider_will_not_take_is_refused(case: Case) -> None:
    with pytest.raises(Refused):
        case.client.create(case.order(amount=Money(5_000_001)))
    with pytest.raises(Refused):
        case.client.create(case.order(amount=Money(1000, "USD")))


def test_a_payment_of_nobody_or_of_somebody_else_is_not_found(case: Case) -> None:
    made = case.client.create(case.order())
    unknown = "tr_0000000000" if case.name == "mollie" else "cs_test_00000000000000000000"
    for id in (unknown, "", "x", "tr_../refunds", "cs_../../v1/charges", "tr_é", "pi_0000000000"):
        with pytest.raises(NotFound):
            case.client.fetch(id)
    other = KEYS[case.name].format(mode="test").replace("vandijk", "jansen")
    url = f"{case.world.psp_url}/{case.name}"
    with pytest.raises(NotFound):
        connected(case.name, url, key=other).fetch(made.id)
    with pytest.raises(NotFound):
        connected(case.name, url, mode="live").fetch(made.id)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("mode", ["test", "live"])
def test_a_key_of_the_other_mode_never_gets_a_client(name: str, mode: str) -> None:
    key = KEYS[name].format(mode="live" if mode == "test" else "test")
    with pytest.raises(Refused) as refused:
        connected(name, "http://127.0.0.1:9", mode=mode, key=key)
    assert refused.value.code == "wrong_mode"
    assert key not in refused.value.detail


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "key", ["", "geheim-van-vandijk", "live-secret-oops", "sk_test_é", "test_"]
)
def test_a_key_that_is_none_is_refused_and_not_repeated(name: str, key: str) -> None:
    with pytest.raises(Refused) as refused:
        provider(name, {"api_key": key}, "http://127.0.0.1:9", "test")
    assert refused.value.code == "provider_credentials"
    assert not key or key not in str(refused.value)


def test_a_revoked_key_waits_for_a_new_one_and_no_text_holds_it(case: Case) -> None:
    key = KEYS[case.name].format(mode="test") + "_revoked"
    revoked = connected(case.name, f"{case.world.psp_url}/{case.name}", key=key)
    with pytest.raises(Unavailable) as failed:
        revoked.create(case.order())
    assert failed.value.code == "provider_credentials"
    chain: BaseException | None = failed.value
    while chain is not None:
        shown = isinstance(chain, KasstroomError) or not failed.value.__suppress_context__
        assert not shown or key not in f"{chain} {chain!r}"
        chain = chain.__cause__


def test_stripe_s_payment_intent_leads_to_the_session_we_know(world: Any) -> None:  # noqa: F811
    case = Case("stripe", world, connected("stripe", f"{world.psp_url}/stripe"))
    paid = case.paid()
    intent = json.loads(send("GET", f"{world.psp_url}/psp/payments/{paid.id}?format=json")[2])
    assert case.client.fetch(intent["api"]["payment_intent"]) == paid


def test_stripe_tells_of_older_disputes_that_changed(world: Any) -> None:  # noqa: F811
    case = Case("stripe", world, connected("stripe", f"{world.psp_url}/stripe"))
    paid = case.paid()
    case.act(paid, "chargeback")
    (taken,) = case.client.fetch(paid.id).chargebacks
    world.turn_clock(40 * 86_400)
    case.act(paid, "reverse", of=taken.id)
    (news,) = case.client.news(datetime.now(UTC) + timedelta(days=39))
    assert (news.kind, news.id, news.settled) == (NewsKind.CHARGEBACK, taken.id, False)
    assert (news.payment_id, news.reference) == (paid.id, paid.reference)


def test_an_event_of_mollie_leads_to_its_payment(world: Any) -> None:  # noqa: F811
    case = Case("mollie", world, connected("mollie", f"{world.psp_url}/mollie"))
    wish = {"name": "Kasstroom", "url": f"{world.shop_url}/hooks", "testmode": True}
    wish |= {"eventTypes": ["chargeback.received", "refund.pending"]}
    headers = {"authorization": "Bearer access_vandijk_2026", "content-type": "application/json"}
    url = f"{world.psp_url}/mollie/v2/webhooks"
    status, _, text = send("POST", url, json.dumps(wish).encode(), headers)
    assert status == 201
    paid = case.paid()
    case.act(paid, "chargeback", amount="1.00")
    case.give_back(paid, 100)
    assert world.deliver() == []
    letters = [
        (body, head["x-mollie-signature"])
        for (path, _, body), head in zip(world.calls, world.heads, strict=True)
        if path == "/hooks"
    ]
    for body, header in letters:
        check_mollie(body, header, [json.loads(text)["webhookSecret"]])
        assert case.client.fetch(json.loads(body)["id"]).id == paid.id
    assert sorted(json.loads(body)["type"] for body, _ in letters) == [
        "chargeback.received", "refund.pending",
    ]  # fmt: skip
    without = provider("mollie", {"api_key": "test_vandijk_2026"}, case_url(world), "test")
    for call in (lambda: without.fetch("event_abcdef"), lambda: list(without.settlements(since()))):
        with pytest.raises(Unavailable) as failed:
            call()
        assert failed.value.code == "provider_credentials"


def case_url(world: Any) -> str:  # noqa: F811
    return f"{world.psp_url}/mollie"
