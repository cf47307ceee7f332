"""Ways to pay as data: what is guaranteed, for how much, and where providers differ."""

from __future__ import annotations

import pytest

from kasstroom.money import Money
from kasstroom.payments.methods import (
    LONGEST_CHARGEBACK_DAYS,
    method,
    our_name,
    own_names,
    usable,
)


def test_ideal_is_money_that_stays_up_to_fifty_thousand_euros() -> None:
    for provider in ("mollie", "stripe"):
        ideal = method(provider, "ideal")
        assert (ideal.guaranteed, ideal.chargeback_days) == (True, 0)
        assert ideal.takes(Money(5_000_000)) and not ideal.takes(Money(5_000_001))
        assert not ideal.takes(Money(100, "USD"))
        assert not ideal.takes(Money(0)) and not ideal.takes(Money(-1))


def test_providers_do_not_agree_on_wero() -> None:
    at_mollie, at_stripe = method("mollie", "wero"), method("stripe", "wero")
    assert (at_mollie.guaranteed, at_mollie.chargeback_days) == (False, 120)
    assert (at_stripe.guaranteed, at_stripe.chargeback_days) == (True, 0)


@pytest.mark.parametrize("name", ["directdebit", "creditcard", "paypal", "newpay"])
def test_what_can_be_taken_back_is_not_guaranteed(name: str) -> None:
    found = method("mollie", name)
    assert not found.guaranteed and found.chargeback_days > 0


def test_an_unknown_method_is_valid_and_trusted_the_least() -> None:
    new = method("stripe", "newpay_2027")
    assert new.name == "newpay_2027"
    assert new.takes(Money(10**9, "JPY"))
    assert new.chargeback_days == LONGEST_CHARGEBACK_DAYS
    assert (new.refund_days, new.session_minutes) == (None, None)


@pytest.mark.parametrize("name", ["creditcard", "directdebit", "banktransfer", "ideal", "newpay"])
def test_a_provider_s_own_name_leads_back_to_ours(name: str) -> None:
    for provider in ("mollie", "stripe"):
        (own,) = own_names(provider, [name])
        assert our_name(provider, own) == name
        assert method(provider, own) == method(provider, name)
    assert own_names("stripe", ("ideal", "creditcard")) == ("ideal", "card")


def test_only_methods_that_take_the_amount_are_offered_in_their_order() -> None:
    asked = ("ideal", "creditcard", "banktransfer")
    assert usable("mollie", asked, Money(10_000)) == asked
    assert usable("mollie", asked, Money(5_000_001)) == ("creditcard", "banktransfer")
    assert usable("mollie", asked, Money(100, "USD")) == ("creditcard",)
