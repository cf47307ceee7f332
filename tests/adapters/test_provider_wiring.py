"""Which providers an organisation has, in which order, and with which key."""

from __future__ import annotations

from typing import Any

import pytest

from kasstroom.errors import Refused
from kasstroom.settings import ProviderSettings
from kasstroom_psp.wiring import providers

SETTINGS = ProviderSettings("secret", "http://127.0.0.1:9", "h", "http://127.0.0.1:9")
MOLLIE, STRIPE = {"api_key": "test_vandijk"}, {"api_key": "sk_test_vandijk"}


class Held:
    def __init__(self, **held: Any) -> None:
        self.held = held

    def organisation(self, org: str) -> dict[str, Any]:
        return self.held if org == "vandijk" else {}


@pytest.mark.parametrize(
    ("held", "choices"),
    [
        ({}, ()),
        ({"mollie": MOLLIE}, ("mollie",)),
        ({"stripe": STRIPE, "mollie": MOLLIE}, ("mollie", "stripe")),
        ({"stripe": STRIPE, "mollie": MOLLIE, "order": ["stripe", "mollie"]}, ("stripe", "mollie")),
        ({"stripe": STRIPE, "mollie": MOLLIE, "order": ["stripe"]}, ("stripe",)),
        ({"stripe": STRIPE, "order": ["mollie", "stripe", "stripe", "adyen"]}, ("stripe",)),
        ({"kvk": {"api_key": "k"}, "stripe": STRIPE}, ("stripe",)),
    ],
)
def test_an_organisation_offers_its_providers_in_its_order(held: Any, choices: Any) -> None:
    of = providers(Held(**held), SETTINGS, "test")
    assert of.choices("vandijk") == choices
    if choices:
        assert of("vandijk").name == choices[0]
    assert all(of("vandijk", name).name == name for name in choices)


def test_a_provider_that_is_not_offered_can_still_be_asked_by_name() -> None:
    """Payments that were begun there are still to be looked at."""
    of = providers(Held(mollie=MOLLIE, stripe=STRIPE, order=["stripe"]), SETTINGS, "test")
    assert of.of("vandijk", "mollie").name == "mollie"
    assert (of.held("vandijk"), of.held("niemand")) == (("mollie", "stripe"), ())


@pytest.mark.parametrize("name", ["", "mollie", "stripe", "adyen", "order", "kvk"])
def test_without_credentials_there_is_no_provider(name: str) -> None:
    of = providers(Held(order=[], kvk={"api_key": "k"}), SETTINGS, "test")
    for org in ("vandijk", "niemand"):
        with pytest.raises(Refused) as refused:
            of(org, name)
        assert refused.value.code == "no_provider"


def test_a_client_is_kept_until_its_key_changes() -> None:
    held = Held(mollie=MOLLIE)
    of = providers(held, SETTINGS, "test")
    first = of("vandijk")
    assert of("vandijk") is first
    held.held = {"mollie": {"api_key": "test_nieuw"}}
    assert of("vandijk") is not first


def test_a_live_key_is_of_no_use_in_a_test_environment() -> None:
    of = providers(Held(mollie={"api_key": "live_vandijk"}), SETTINGS, "test")
    with pytest.raises(Refused) as refused:
        of("vandijk")
    assert refused.value.code == "wrong_mode"
