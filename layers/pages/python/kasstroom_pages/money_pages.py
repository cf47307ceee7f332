"""Small pages for money."""

from __future__ import annotations

from kasstroom_pages.desk_pages import Place
from kasstroom_pages.templates import fill


def money_gone_page(place: Place) -> str:
    return fill("desk_money_gone.html", place.language, place=place)
