"""A session of somebody with an account: how long it is believed, and what renewing keeps."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from kasstroom.access.id_tokens import Person
from kasstroom.changes import Changes
from kasstroom.errors import Forbidden, Refused
from kasstroom.ids import digest
from kasstroom.organisations.model import Language
from kasstroom.settle import settle
from kasstroom.work import sessions
from kasstroom.work.sessions import Session
from tests.memory_books import MemoryBooks
from tests.people import NOW, ORG, organisation

ANNA = Person(ORG, "anna", ("credit_manager",), "sub-anna")


@pytest.fixture
def books():
    made = MemoryBooks()
    organisation(made)
    return made


def sign_in(books, person=ANNA, before="", now=NOW, language=None) -> str:
    return settle(books, lambda: sessions.signed_in(books, person, before, now, language))


def enter(books, token, minutes=0, *, posted=False):
    now = NOW + timedelta(minutes=minutes)
    return settle(books, lambda: sessions.entered(books, token, "test", now, posted=posted))


def test_the_account_s_roles_are_the_visitor_s(books):
    visit = enter(books, sign_in(books))
    assert (visit.actor.name, visit.actor.roles) == ("anna", ("credit_manager",))


@pytest.mark.parametrize(("minutes", "reads", "writes"), [(14, 1, 1), (16, 0, 1), (31, 0, 0)])
def test_a_page_asks_again_before_a_form_is_refused(books, minutes, reads, writes):
    token = sign_in(books)
    for posted, inside in ((False, reads), (True, writes)):
        if inside:
            assert enter(books, token, minutes, posted=posted)
        else:
            with pytest.raises(Refused):
                enter(books, token, minutes, posted=posted)


def test_a_role_that_was_taken_away_is_gone_when_the_session_is_renewed(books):
    token = sign_in(books, replace(ANNA, roles=("credit_manager", "finance")))
    renewed = sign_in(books, ANNA, token, NOW + timedelta(minutes=16))
    assert enter(books, renewed, 17).actor.roles == ("credit_manager",)


def test_renewing_ends_the_old_session_and_keeps_its_forms_and_language(books):
    token = sign_in(books, language=Language.EN)
    form = enter(books, token).form_token
    renewed = sign_in(books, ANNA, token, NOW + timedelta(minutes=16))
    with pytest.raises(Refused):
        enter(books, token, 17, posted=True)
    visit = enter(books, renewed, 17)
    assert renewed != token and visit.session.language is Language.EN
    sessions.from_our_form(visit, form)
    sessions.from_our_form(visit, visit.form_token)
    with pytest.raises(Refused):
        sessions.from_our_form(visit, "")
    with pytest.raises(Refused):
        sessions.from_our_form(visit, "0" * 64)


@pytest.mark.parametrize(
    "other",
    [replace(ANNA, subject="sub-cato", name="cato"), replace(ANNA, org="other")],
)
def test_another_person_takes_over_nothing(books, other):
    creditor = books.get(type(organisation(MemoryBooks())), ORG)
    books.commit(Changes(create=(replace(creditor, org="other"),)))
    token = sign_in(books, language=Language.EN)
    form = enter(books, token).form_token
    visit = enter(books, sign_in(books, other, token))
    assert visit.session.earlier == "" and visit.session.language is None
    with pytest.raises(Refused):
        sessions.from_our_form(visit, form)
    assert enter(books, token).actor.name == "anna"


def test_who_signed_out_takes_nothing_along(books):
    token = sign_in(books)
    form = enter(books, token).form_token
    assert settle(books, lambda: sessions.ended(books, token, form, NOW)).subject == "sub-anna"
    assert not sessions.renewable(books, token, NOW)
    assert enter(books, sign_in(books, ANNA, token)).session.earlier == ""


def test_an_account_can_be_asked_again_until_the_day_is_over(books):
    token = sign_in(books)
    for minutes, expected in ((16, True), (90, True), (8 * 60 + 1, False)):
        assert sessions.renewable(books, token, NOW + timedelta(minutes=minutes)) is expected
    assert not sessions.renewable(books, "", NOW) and not sessions.renewable(books, "x", NOW)


def test_only_a_form_of_the_session_ends_it(books):
    token = sign_in(books)
    for form in ("", "0" * 64):
        assert settle(books, lambda f=form: sessions.ended(books, token, f, NOW)) is None
    assert enter(books, token)


def test_an_organisation_that_is_not_here_has_no_session(books):
    with pytest.raises(Forbidden) as refused:
        sign_in(books, replace(ANNA, org="elsewhere"))
    assert refused.value.code == "account_without_org"


def test_the_token_itself_is_not_in_the_books(books):
    token = sign_in(books)
    kept = books.get(Session, "", id=digest(token))
    assert token not in repr(kept) and kept.key_hash == ""
