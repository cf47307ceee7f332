"""A desk with something on it: people with keys, a browser without JavaScript, and reviews."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

from kasstroom.access.model import ApiKey
from kasstroom.changes import Changes
from kasstroom.credit.model import CreditAccount
from kasstroom.credit.reviews import QueuedReview, Review, ReviewKind, review_opened
from kasstroom.ids import digest
from kasstroom.work.desk import queue
from tests.functions.conftest import CONTEXT, load
from tests.lambda_http import http_event
from tests.pages.markup import Markup
from tests.people import NOW, ORG, eur

PEOPLE = {"anna": ("credit_manager",), "cato": ("credit_manager",), "bram": ("sales",)}
FORM = {"content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin"}


def give_keys(books: Any, org: str = ORG) -> None:
    made = [
        ApiKey(org, digest(key_of(name, org)), name, "test", ("*",), NOW, roles=roles)
        for name, roles in PEOPLE.items()
    ]
    books.commit(Changes(create=tuple(made)))


def key_of(name: str, org: str = ORG) -> str:
    return f"ks_test_{org}_{name}"


def wait_for(books: Any, kind: ReviewKind, subject: str, **given: Any) -> str:
    """Puts a review of D1 in the queue; its id."""
    asked = {"days": 1, "amount": eur("600.00"), "reasons": ("in_arrears",)} | given
    at = asked.pop("at", NOW)
    opened = review_opened(ORG, "D1", kind, subject, at, **asked)
    books.commit(opened)
    return next(entity.id for entity in opened.create if isinstance(entity, QueuedReview))


def review_of(books: Any, id: str) -> Review:
    return books.get(Review, ORG, "D1", id)


def refer(api: Any, books: Any) -> str:
    """The shop asks and the rules leave it to a person; the id of the review."""
    asked = {"debtor": "D1", "amount": {"value": "600.00", "currency": "EUR"}}
    asked |= {"order_reference": "WEB-1001"}
    assert api("credit/api", "POST", "/v1/credit-checks", asked).body["outcome"] == "refer"
    (line,) = queue(books, ORG, NOW).items
    return line.id


def held(books: Any) -> int:
    """What D1's reservations hold, in cents."""
    return sum(one.minor for one in books.get(CreditAccount, ORG, "D1").held)


def text(answer: Any) -> str:
    """What a reader sees, on one line."""
    return " ".join(Markup(answer.body).text.replace("\xa0", " ").split())


class Browser:
    """Keeps a cookie, follows nothing, and sends forms as a page would."""

    def __init__(self) -> None:
        self.cookie = ""
        self.said = ""

    def __call__(
        self, method: str, path: str, typed: dict[str, str] | None = None, **headers: str
    ) -> SimpleNamespace:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.cookie:
            sent["cookie"] = f"other=1; ks_desk={self.cookie}"
        body = b""
        if typed is not None:
            sent, body = FORM | sent, urlencode(typed).encode()
        answer = load("work/desk_page").handler(http_event(method, path, sent, body), CONTEXT)
        for cookie in answer.get("cookies", []):
            self.said = cookie
            self.cookie = cookie.split(";")[0].partition("=")[2]
        return SimpleNamespace(
            status=answer["statusCode"], body=answer["body"], headers=answer["headers"],
            to=answer["headers"].get("Location", ""),
        )  # fmt: skip

    def get(self, path: str) -> SimpleNamespace:
        return self("GET", path)

    def sign_in(self, name: str, org: str = ORG) -> Browser:
        answer = self("POST", "/desk/login", {"key": key_of(name, org)})
        assert (answer.status, answer.to) == (303, "/desk"), answer.body
        return self

    def form(self, path: str) -> str:
        return token_in(self.get(path).body)

    def decide(self, id: str, **typed: str) -> SimpleNamespace:
        """The form of the page, filled in; `typed` adds to it or takes its place."""
        path = f"/desk/reviews/{id}"
        filled = {"form": self.form(path), "verdict": "approved", "note": "Betaalt goed"} | typed
        return self("POST", path, filled)


def token_in(page: str) -> str:
    return re.findall(r'name="form" value="([0-9a-f]{64})"', page)[0]
