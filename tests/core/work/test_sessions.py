"""A session at the desk: who gets one, how long it lasts, and what ends it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from kasstroom.access.model import ApiKey
from kasstroom.errors import Refused
from kasstroom.ids import digest
from kasstroom.organisations.model import Language
from kasstroom.work import sessions
from kasstroom.work.sessions import Session

NOW = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
KEY = "ks_test_anna"


class Shelf:
    """Books of one person: her key, and the sessions she was given."""

    def __init__(self, *keys: ApiKey) -> None:
        self.items = {(ApiKey, key.key_hash): key for key in keys}

    def find(self, kind, org, debtor="", id=""):
        return self.items.get((kind, id))

    def keep(self, planned):
        changes, result = planned
        for entity in (*changes.create, *changes.update):
            hashed = getattr(entity, "token_hash", None) or entity.key_hash
            self.items[type(entity), hashed] = entity
        return result


def key(**changed) -> ApiKey:
    anna = ApiKey("vandijk", digest(KEY), "anna", "test", ("*",), NOW, roles=("credit_manager",))
    return replace(anna, **changed)


@pytest.fixture
def shelf():
    return Shelf(key())


def code_of(act) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.code


def test_the_token_is_kept_as_its_digest_only(shelf):
    token = shelf.keep(sessions.sign_in(shelf, KEY, "test", NOW))
    kept = shelf.items[Session, digest(token)]
    assert token not in repr(kept) and len(token) >= 40
    assert (kept.org, kept.name, kept.gone_at) == ("vandijk", "anna", NOW + timedelta(hours=8))


@pytest.mark.parametrize(
    ("made", "typed", "code"),
    [
        (key(), "ks_test_other", "key_unknown"),
        (key(), "", "key_unknown"),
        (key(revoked_at=NOW), KEY, "key_unknown"),
        (key(mode="live"), KEY, "key_unknown"),
        (key(roles=()), KEY, "key_without_roles"),
    ],
)
def test_who_cannot_sign_in(made, typed, code):
    assert code_of(lambda: sessions.sign_in(Shelf(made), typed, "test", NOW)) == code


@pytest.mark.parametrize(
    ("visits_minutes", "inside"),
    [
        ([59], True),
        ([60], False),
        ([50, 100, 150], True),
        ([50, 111], False),
        ([50 * n for n in range(1, 10)] + [479], True),
        ([50 * n for n in range(1, 10)] + [480], False),
    ],
)
def test_an_hour_idle_or_eight_hours_end_it(shelf, visits_minutes, inside):
    token = shelf.keep(sessions.sign_in(shelf, KEY, "test", NOW))
    *before, last = [NOW + timedelta(minutes=minutes) for minutes in visits_minutes]
    for at in before:
        shelf.keep(sessions.entered(shelf, token, "test", at))
    if inside:
        assert sessions.entered(shelf, token, "test", last)[1].actor.name == "anna"
    else:
        assert code_of(lambda: sessions.entered(shelf, token, "test", last)) == "signed_out"


def test_reading_on_writes_at_most_once_a_minute(shelf):
    token = shelf.keep(sessions.sign_in(shelf, KEY, "test", NOW))
    soon, later = NOW + timedelta(seconds=59), NOW + timedelta(seconds=60)
    assert not sessions.entered(shelf, token, "test", soon)[0]
    assert sessions.entered(shelf, token, "test", later)[0].update[0].used_at == later


@pytest.mark.parametrize("change", [{"revoked_at": NOW}, {"roles": ()}, {"mode": "live"}])
def test_a_key_taken_away_ends_the_session_at_once(shelf, change):
    token = shelf.keep(sessions.sign_in(shelf, KEY, "test", NOW))
    shelf.items[ApiKey, digest(KEY)] = key(**change)
    assert code_of(lambda: sessions.entered(shelf, token, "test", NOW)) == "signed_out"


def test_a_role_taken_away_counts_at_once(shelf):
    token = shelf.keep(sessions.sign_in(shelf, KEY, "test", NOW))
    shelf.items[ApiKey, digest(KEY)] = key(roles=("sales",))
    assert sessions.entered(shelf, token, "test", NOW)[1].actor.roles == ("sales",)


def test_signing_out_twice_is_signing_out(shelf):
    token = shelf.keep(sessions.sign_in(shelf, KEY, "test", NOW))
    visit = sessions.entered(shelf, token, "test", NOW)[1]
    assert not sessions.ended(shelf, token, "of another page", NOW)[0]
    shelf.keep(sessions.ended(shelf, token, visit.form_token, NOW))
    assert code_of(lambda: sessions.entered(shelf, token, "test", NOW)) == "signed_out"
    assert not sessions.ended(shelf, token, visit.form_token, NOW)[0]
    assert not sessions.ended(shelf, "never", visit.form_token, NOW)[0]


def test_the_language_somebody_chooses_is_kept(shelf):
    token = shelf.keep(sessions.sign_in(shelf, KEY, "test", NOW))
    shelf.keep(sessions.entered(shelf, token, "test", NOW, Language.EN))
    assert sessions.entered(shelf, token, "test", NOW)[1].session.language is Language.EN


def test_a_form_belongs_to_one_session(shelf):
    tokens = [shelf.keep(sessions.sign_in(shelf, KEY, "test", NOW)) for _ in range(2)]
    mine, other = (sessions.entered(shelf, token, "test", NOW)[1] for token in tokens)
    sessions.from_our_form(mine, mine.form_token)
    for given in ("", other.form_token, mine.token, "é"):
        assert code_of(lambda given=given: sessions.from_our_form(mine, given)) == "form_outdated"
    assert not sessions.is_of("", mine, sessions.form_token("", "vandijk", "anna"))


@pytest.mark.parametrize("other", [{"org": "anders"}, {"name": "bram"}, {}])
def test_a_form_is_known_again_by_its_person_only(shelf, other):
    old, new = (shelf.keep(sessions.sign_in(shelf, KEY, "test", NOW)) for _ in range(2))
    form = sessions.entered(shelf, old, "test", NOW)[1].form_token
    shelf.items[ApiKey, digest("else")] = replace(key(), key_hash=digest("else"), **other)
    if other:
        new = shelf.keep(sessions.sign_in(shelf, "else", "test", NOW))
    visit = sessions.entered(shelf, new, "test", NOW)[1]
    assert sessions.is_of(old, visit, form) is (not other)
    assert not sessions.is_of(new, visit, form)
