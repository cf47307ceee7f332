"""Whole answers to a payer: status, headers and page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from kasstroom.organisations.model import Language, Organisation
from kasstroom.payments.attempts import invoices_of, open_total
from kasstroom.payments.links import by_token
from kasstroom.payments.model import PaymentAttempt
from kasstroom.ports import Books
from kasstroom.time import day_of
from kasstroom_pages.assets import ASSET_CACHE, asset
from kasstroom_pages.headers import security_headers
from kasstroom_pages.payer import nothing_to_pay_page, pay_page, return_page, trouble_page
from kasstroom_pages.problem import STATUS, Problem, problem_page
from kasstroom_pages.showing import Shown, pay_view, return_view
from kasstroom_pages.views import Notice


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: str
    headers: dict[str, str]


def gone() -> Answer:
    """The same answer for an unknown, an expired and a revoked link."""
    return Answer(STATUS[Problem.GONE], problem_page(Problem.GONE), security_headers())


def no_application(asked: str = "") -> Answer:
    """As `gone`, for a link to an application; `asked` is the language in the address."""
    language = Language(asked) if asked in set(Language) else Language.NL
    body = problem_page(Problem.NO_APPLICATION, language)
    return Answer(STATUS[Problem.NO_APPLICATION], body, security_headers())


def broken() -> Answer:
    return Answer(STATUS[Problem.ERROR], problem_page(Problem.ERROR), security_headers())


def file(name: str) -> Answer:
    found = asset(name)
    if found is None:
        return gone()
    content, content_type = found
    headers = {"Content-Type": content_type, "Cache-Control": ASSET_CACHE}
    return Answer(200, content.decode(), headers | {"X-Content-Type-Options": "nosniff"})


@dataclass(frozen=True, slots=True)
class Payer:
    """One visit: reads only. `organisation` finds the creditor of a link."""

    books: Books
    organisation: Callable[[str], Organisation]
    public_url: str
    now: datetime
    checkout_hosts: tuple[str, ...] = ()

    def _shown(self, token: str) -> Shown:
        link = by_token(self.books, token, self.now)
        attempt = None
        if link.attempt_id:
            attempt = self.books.find(PaymentAttempt, link.org, link.debtor, link.attempt_id)
        return Shown(
            self.organisation(link.org), link, invoices_of(self.books, link), attempt, token,
            self.public_url, day_of(self.now),
        )  # fmt: skip

    def _page(self, body: str, status: int = 200) -> Answer:
        return Answer(status, body, security_headers(self.checkout_hosts))

    def page(self, token: str, notice: Notice | None = None) -> Answer:
        """What is owed now; or thanks, when nothing is left."""
        shown = self._shown(token)
        if not open_total(shown.invoices):
            return self._page(nothing_to_pay_page(return_view(shown)))
        return self._page(pay_page(pay_view(shown, notice)))

    def back(self, token: str) -> Answer:
        """The page again, because the button could not be followed."""
        return self.page(token, Notice.AMOUNT_CHANGED)

    def trouble(self, token: str) -> Answer:
        """The provider does not answer: try again, or transfer."""
        shown = self._shown(token)
        return self._page(trouble_page(pay_view(shown), f"/p/{token}"), 503)

    def returned(self, token: str, refreshes: int) -> Answer:
        return self._page(return_page(return_view(self._shown(token), refreshes)))

    def to_bank(self, checkout_url: str) -> Answer:
        headers = security_headers(self.checkout_hosts) | {"Location": checkout_url}
        return Answer(303, "", headers)
