"""Whose word is taken for who somebody is."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta

import pytest

from kasstroom.access.id_tokens import Pool, keys_of, kid_of, person_of
from kasstroom.errors import Forbidden, Refused
from tests.staff_pool import CLIENT, ISSUER, KID, claims_of, jwks, private_key, signed, text_of

OURS = Pool(ISSUER, CLIENT)
KEYS = keys_of(jwks())


def read(token: str, keys=KEYS, nonce="n", now=None):
    return person_of(token, keys, OURS, nonce, now or datetime.now(UTC))


def test_who_signed_in_is_known_by_name_organisation_and_roles():
    groups = ["auditor", "finance", "something-else"]
    person = read(signed(claims_of("vandijk.anna", cognito__groups=groups)))
    assert (person.org, person.name, person.subject) == ("vandijk", "anna", "sub-of-vandijk.anna")
    assert person.roles == ("finance", "auditor")


@pytest.mark.parametrize(
    "wrong",
    [
        {"iss": "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Another"},
        {"aud": "another-client"}, {"aud": [CLIENT, "another"]}, {"aud": None},
        {"token_use": "access"}, {"nonce": "of another try"}, {"nonce": None},
        {"exp": 1}, {"exp": None}, {"exp": "9999999999"}, {"iat": 9999999999}, {"iat": None},
        {"sub": None}, {"iss": None},
    ],
)  # fmt: skip
def test_a_token_of_somebody_else_or_of_another_moment_says_nothing(wrong):
    with pytest.raises(Refused, match="cannot be trusted") as refused:
        read(signed(claims_of(**wrong)))
    assert refused.value.code == "account_refused"


def test_a_minute_between_two_clocks_is_forgiven_and_no_more():
    token = signed(claims_of())
    now = datetime.now(UTC)
    assert read(token, now=now - timedelta(seconds=50))
    assert read(token, now=now + timedelta(seconds=350))
    for off in (-70, 370):
        with pytest.raises(Refused):
            read(token, now=now + timedelta(seconds=off))


def _other_payload(token: str) -> str:
    head, payload, signature = token.split(".")
    claims = json.loads(base64.urlsafe_b64decode(payload + "=="))
    claims["cognito:groups"] = ["auditor"]
    return f"{head}.{text_of(json.dumps(claims).encode())}.{signature}"


def _unsigned(_: str) -> str:
    head = text_of(json.dumps({"alg": "none", "kid": KID}).encode())
    return f"{head}.{text_of(json.dumps(claims_of()).encode())}."


def _hmac_with_public_key(_: str) -> str:
    import hashlib
    import hmac

    head = text_of(json.dumps({"alg": "HS256", "kid": KID}).encode())
    message = f"{head}.{text_of(json.dumps(claims_of()).encode())}"
    key = private_key().public_key().public_numbers().n.to_bytes(256)
    return f"{message}.{text_of(hmac.digest(key, message.encode(), hashlib.sha256))}"


FORGERIES = {
    "another payload": _other_payload,
    "no signature": _unsigned,
    "the public key as a secret": _hmac_with_public_key,
    "a key that is not the pool's": lambda _: signed(claims_of(), key="mallory"),
    "a stranger's key under our name": lambda _: signed(
        claims_of(), key="mallory", header={"kid": KID}
    ),
    "no key id": lambda _: signed(claims_of(), header={"kid": None}),
    "half a signature": lambda t: t[:-10],
    "zeros": lambda t: f"{t.rpartition('.')[0]}.{text_of(bytes(256))}",
    "no token": lambda _: "",
    "words": lambda _: "a.b.c",
    "a list": lambda _: signed([1, 2]),
    "too long": lambda _: signed(claims_of(more="x" * 20_000)),
    "deep": lambda _: f"{text_of(b'[' * 9000)}.e30.e30",
}


@pytest.mark.parametrize("how", FORGERIES)
def test_a_forged_token_says_nothing(how):
    with pytest.raises(Refused, match="cannot be trusted"):
        read(FORGERIES[how](signed(claims_of())))


def test_every_bit_of_a_signature_counts():
    token = signed(claims_of())
    head, _, signature = token.rpartition(".")
    raw = bytearray(base64.urlsafe_b64decode(signature + "=="))
    for place in range(0, 256, 17):
        raw[place] ^= 1
        with pytest.raises(Refused):
            read(f"{head}.{text_of(bytes(raw))}")
        raw[place] ^= 1
    assert read(token)


def test_a_signature_has_one_spelling():
    """Adding the modulus gives a number that opens to the same block."""
    token = signed(claims_of())
    head, _, signature = token.rpartition(".")
    number = int.from_bytes(base64.urlsafe_b64decode(signature + "=="))
    larger = number + private_key().public_key().public_numbers().n
    if larger < 2**2048:
        with pytest.raises(Refused):
            read(f"{head}.{text_of(larger.to_bytes(256))}")


@pytest.mark.parametrize(
    ("claims", "code"),
    [
        ({"cognito__groups": None}, "account_without_role"),
        ({"cognito__groups": []}, "account_without_role"),
        ({"cognito__groups": ["boss"]}, "account_without_role"),
        ({"cognito__groups": "finance"}, "account_without_role"),
        ({"custom__org": None}, "account_without_org"),
        ({"custom__org": "another"}, "account_without_org"),
        ({"custom__org": ""}, "account_without_org"),
        ({"custom__org": ["vandijk"]}, "account_without_org"),
        ({"cognito__username": "anna"}, "account_without_org"),
        ({"cognito__username": None}, "account_without_org"),
    ],
)
def test_an_account_without_a_role_or_organisation_is_told_so(claims, code):
    with pytest.raises(Forbidden) as refused:
        read(signed(claims_of(**claims)))
    assert refused.value.code == code


def test_the_name_of_an_organisation_that_begins_alike_is_another_one():
    with pytest.raises(Forbidden):
        read(signed(claims_of("vandijk-bouw.anna", custom__org="vandijk")))


@pytest.mark.parametrize("document", [None, [], {}, {"keys": 1}, {"keys": [{"kty": "EC"}, {}, 1]}])
def test_keys_that_are_none_are_left_out(document):
    assert keys_of(document) == {}


def test_a_short_key_proves_nothing():
    from kasstroom.access.id_tokens import SigningKey

    short = private_key("short", 1024)
    numbers = short.public_key().public_numbers()
    keys = {"short": SigningKey(numbers.n, numbers.e)}
    with pytest.raises(Refused):
        read(signed(claims_of(), key="short"), keys)


@pytest.mark.parametrize("token", ["", "x", "e30", "W10.e30.e30", "bnVsbA.a.b"])
def test_a_token_that_cannot_be_read_names_no_key(token):
    assert kid_of(token) == ""


def test_the_key_id_is_read_before_anything_is_believed():
    assert kid_of(signed(claims_of())) == KID
