"""Where somebody who signed in is: the language they read, whose desk it is, who they are."""

from __future__ import annotations

from kasstroom.organisations.model import READ_AS, Organisation
from kasstroom.work.sessions import Visit
from kasstroom_pages.desk_pages import Place
from kasstroom_pages.formats import plain


def place_of(visit: Visit, organisation: Organisation, path: str, switch: str = "") -> Place:
    """`path` and `switch` as `Place` has them."""
    language = visit.session.language or organisation.language
    return Place(
        READ_AS.get(language, language),
        path,
        plain(organisation.name, 70),
        plain(visit.actor.name, 40),
        visit.form_token,
        switch,
        visit.actor.roles,
    )
