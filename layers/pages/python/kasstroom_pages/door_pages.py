"""The pages at the desk's door: signing in and out, and a page that is for others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kasstroom_pages.desk_pages import Place
from kasstroom_pages.templates import fill, say


def login_page(
    place: Place,
    said: str = "",
    *,
    chosen: str = "",
    to: str = "",
    kept: Mapping[str, str] | None = None,
    account: str,
) -> str:
    """`said` is a code; the key that was typed is never shown again. `kept` are fields of the
    review `to` that wait until their writer is back. `account` is where the other way in begins."""
    return fill(
        "desk_login.html",
        place.language,
        place=place,
        said=said,
        chosen=chosen,
        to=to,
        kept=kept or {},
        account=account,
    )


def barred_page(place: Place, roles: Sequence[str]) -> str:
    """A page that is for others, and for whom."""
    t = say(place.language)
    return fill(
        "desk_barred.html", place.language, place=place, who=[t(f"door_role_{r}") for r in roles]
    )


def passing_page(place: Place, code: str, to: str) -> str:
    """Says what happened while the browser goes on to `to` by itself."""
    return fill("desk_passing.html", place.language, place=place, code=code, to=to)
