"""What we sign is recognised, and nothing else is."""

from __future__ import annotations

import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kasstroom.webhooks.secret import signing_secret
from kasstroom.webhooks.signature import TOLERANCE_S, header_of, signed, verify

AT = 1_788_249_600
SECRET, OTHER = "whsec_abc", "whsec_def"
BODY = '{"type":"invoice.paid","name":"Café"}'.encode()


def test_it_is_the_hmac_that_is_documented():
    expected = hmac.new(b"whsec_abc", f"{AT}.".encode() + BODY, hashlib.sha256).hexdigest()
    assert header_of([SECRET], BODY, AT) == f"t={AT},v1={expected}"


@given(st.binary(max_size=200), st.text(min_size=1, max_size=40), st.integers(0, 10**11))
def test_what_is_signed_is_recognised(body, secret, at):
    header = header_of([secret], body, at)
    assert verify(header, body, secret, at)
    assert not verify(header, body + b" ", secret, at)
    assert not verify(header, body, secret + "x", at)


def test_while_a_secret_is_renewed_both_are_recognised():
    header = header_of([OTHER, SECRET], BODY, AT)
    assert header.count("v1=") == 2
    assert verify(header, BODY, SECRET, AT) and verify(header, BODY, OTHER, AT)
    assert not verify(header, BODY, "whsec_third", AT)


@pytest.mark.parametrize("late", [-TOLERANCE_S, 0, TOLERANCE_S])
def test_a_clock_may_be_somewhat_wrong(late):
    assert verify(header_of([SECRET], BODY, AT), BODY, SECRET, AT + late)


@pytest.mark.parametrize("late", [-TOLERANCE_S - 1, TOLERANCE_S + 1, 86_400])
def test_an_old_message_is_not_taken_again(late):
    assert not verify(header_of([SECRET], BODY, AT), BODY, SECRET, AT + late)


GOOD = signed(SECRET, BODY, AT)
HOSTILE = [
    "", ",", "t=", "v1=", f"v1={GOOD}", f"t={AT}", f"t={AT},v1=", f"t={AT},v0={GOOD}",
    f"t={AT},v1={GOOD[:-1]}", f"t={AT},v1={GOOD}0", f"t={AT},v1={GOOD.upper()}X",
    f"t={AT},t={AT + 1},v1={GOOD}", f"t=-{AT},v1={GOOD}", f"t={AT}.0,v1={GOOD}",
    f"t=1e9,v1={GOOD}", f"t={'9' * 400},v1={GOOD}", f"t=١٧٨٨٢٤٩٦٠٠,v1={GOOD}",
    f"t={AT},v1={'é' * 64}", f"t={AT};v1={GOOD}", f"t={AT + 1},v1={GOOD}",
    f"t={AT},v1={GOOD}" + "," * 2000, "\x00" * 50, f"t={AT},v1={'0' * 64}", f"T={AT},V1={GOOD}",
]  # fmt: skip


@pytest.mark.parametrize("header", HOSTILE, ids=range(len(HOSTILE)))
def test_whatever_a_stranger_sends_is_no_signature(header):
    assert verify(header, BODY, SECRET, AT) is False


def test_no_header_at_all_is_no_signature():
    assert verify(None, BODY, SECRET, AT) is False


@given(st.text(max_size=300))
def test_verifying_never_raises(header):
    assert verify(header, BODY, SECRET, AT) is False


def test_parts_of_a_later_version_are_passed_over():
    assert verify(f"t={AT}, v1={GOOD}, v2=abc,v1={'0' * 64}", BODY, SECRET, AT)


def test_each_secret_is_its_own_and_follows_from_the_key_alone():
    facts = [
        (b"k", "a", "whs_1", 1), (b"k", "a", "whs_1", 2), (b"k", "a", "whs_2", 1),
        (b"k", "b", "whs_1", 1), (b"l", "a", "whs_1", 1), (b"k", "a\x1fwhs_1", "", 1),
    ]  # fmt: skip
    made = [signing_secret(*one) for one in facts]
    assert len(set(made)) == len(facts)
    assert made == [signing_secret(*one) for one in facts]
    assert all(one.startswith("whsec_") and len(one) == 49 for one in made)
