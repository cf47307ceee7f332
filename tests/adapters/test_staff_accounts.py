"""The accounts' own endpoints, as they answer and as they fail."""

from __future__ import annotations

import pytest

from kasstroom.access.attempts import begun
from kasstroom.access.id_tokens import keys_of
from kasstroom.errors import Refused, Unavailable
from kasstroom.settings import StaffSettings
from kasstroom_aws.staff import CognitoAccounts
from tests.staff_pool import CLIENT, ISSUER, KID, Pool, jwks, serving

BACK = "https://desk.example/desk/signed-in"


@pytest.fixture
def pool():
    with serving(Pool()) as served:
        yield served


def accounts(pool: Pool) -> CognitoAccounts:
    return CognitoAccounts(StaffSettings(pool.url, ISSUER, f"{pool.url}/keys", CLIENT))


def test_a_code_becomes_a_token_for_who_began_and_once(pool):
    ours, attempt = accounts(pool), begun("", None)
    code = pool.code_for(ours.sign_in_url(attempt, BACK))
    assert ours.id_token(code, attempt, BACK).count(".") == 2
    with pytest.raises(Refused) as refused:
        ours.id_token(code, attempt, BACK)
    assert refused.value.code == "account_refused" and code not in refused.value.detail


@pytest.mark.parametrize("wrong", ["attempt", "address"])
def test_a_code_needs_its_own_attempt_and_address(pool, wrong):
    ours, attempt = accounts(pool), begun("", None)
    code = pool.code_for(ours.sign_in_url(attempt, BACK))
    other = begun("", None) if wrong == "attempt" else attempt
    with pytest.raises(Refused):
        ours.id_token(code, other, f"{BACK}/" if wrong == "address" else BACK)


@pytest.mark.parametrize("status", [302, 401, 429, 500, 503])
def test_any_other_answer_is_none(pool, status):
    pool.status = status
    ours = accounts(pool)
    with pytest.raises(Unavailable, match=str(status)):
        ours.id_token("code", begun("", None), BACK)
    with pytest.raises(Unavailable):
        ours.keys(KID)
    assert len(pool.asked) == 2


@pytest.mark.parametrize("answer", [[], "words", {"id_token": 1}, {}])
def test_an_answer_that_holds_no_token_is_none(pool, answer):
    pool.token = lambda form: (200, answer)
    with pytest.raises(Unavailable):
        accounts(pool).id_token("code", begun("", None), BACK)


def test_keys_are_asked_for_once_and_again_only_after_a_while(pool):
    ours = accounts(pool)
    assert ours.keys(KID) == keys_of(jwks())
    for kid in (KID, "made-up", KID, "another"):
        assert KID in ours.keys(kid)
    assert pool.asked == ["GET /keys"]
    ours._asked_at -= 61
    pool.keys = jwks(KID, "next")
    assert set(ours.keys("next")) == {KID, "next"}


def test_nobody_there_is_told_without_the_address():
    ours = CognitoAccounts(StaffSettings("http://127.0.0.1:9", ISSUER, "http://127.0.0.1:9/k", "c"))
    with pytest.raises(Unavailable) as refused:
        ours.id_token("secret-code", begun("", None), BACK)
    assert "127.0.0.1" not in refused.value.detail and "secret-code" not in refused.value.detail
