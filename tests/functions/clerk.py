"""Somebody at the pages for money: signed in, and filling in forms as a browser would."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

from kasstroom.access.model import ApiKey
from kasstroom.changes import Changes
from kasstroom.ids import digest
from kasstroom.payments.model import UnmatchedMoney
from tests.functions.conftest import CONTEXT, load
from tests.functions.desk import FORM, Browser
from tests.lambda_http import http_event
from tests.pages.markup import Markup
from tests.people import NOW, ORG

LINES, PAYMENTS, DIFFERENCES = (
    f"/desk/money/{kind}/" for kind in ("lines", "payments", "differences")
)


class Clerk:
    """`role` is what they are; one key for each name in an organisation."""

    def __init__(self, books: Any, name: str, *roles: str, org: str = ORG) -> None:
        key = f"ks_test_{org}_{name}"
        made = ApiKey(org, digest(key), name, "test", ("*",), NOW, roles=roles)
        books.commit(Changes(create=(made,)))
        browser = Browser()
        browser("POST", "/desk/login", {"key": key})
        self.cookie = browser.cookie
        self.handler = load("work/money_page").handler

    def __call__(
        self, method: str, path: str, typed: dict[str, str] | None = None, **headers: str
    ) -> SimpleNamespace:
        sent = {"cookie": f"ks_desk={self.cookie}"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        body = b""
        if typed is not None:
            sent, body = FORM | sent, urlencode(typed).encode()
        answer = self.handler(http_event(method, path, sent, body), CONTEXT)
        return SimpleNamespace(
            status=answer["statusCode"], body=answer["body"], headers=answer["headers"],
            to=answer["headers"].get("Location", ""),
        )  # fmt: skip

    def get(self, path: str) -> SimpleNamespace:
        return self("GET", path)

    def filled(self, path: str, button: str) -> dict[str, str]:
        """The hidden fields of the form that has this button, as the page gives them now."""
        return form_of(self.get(path).body, button)

    def press(self, path: str, button: str, **typed: str) -> SimpleNamespace:
        """The form of the page with what is typed, sent with its button."""
        return self("POST", path, self.filled(path, button) | {"do": button} | typed)


class _Forms(Markup):
    """The fields of every form, with the values of its buttons."""

    def __init__(self, html: str) -> None:
        self.forms: list[dict[str, str]] = []
        super().__init__(html)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        super().handle_starttag(tag, attrs)
        given = dict(attrs)
        if tag == "form":
            self.forms.append({})
        elif tag == "input" and self.forms and given.get("type") == "hidden":
            self.forms[-1][given["name"]] = given.get("value", "")
        elif tag == "button" and self.forms and given.get("name") == "do":
            self.forms[-1].setdefault("do", given["value"])


def form_of(body: str, button: str) -> dict[str, str]:
    return next(form for form in _Forms(body).forms if form.get("do") == button)


def text(answer: Any) -> str:
    """What a reader sees, on one line."""
    return " ".join(Markup(answer.body).text.replace("\xa0", " ").split())


def left_over(books: Any) -> UnmatchedMoney:
    """The one payment no invoice took."""
    (item,) = books.listing(UnmatchedMoney, ORG, after="", limit=9)
    return item
