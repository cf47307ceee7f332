"""Whole answers to a payer: status, headers and page."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from kasstroom.errors import Refused
from kasstroom.money import Money
from kasstroom.organisations.model import READ_AS, Language, Organisation
from kasstroom.payments.links import bare, by_token, closed, invoices_of
from kasstroom.payments.loading import entry_id
from kasstroom.payments.model import AttemptState, LinkKind, MoneyIn, PaymentAttempt
from kasstroom.payments.payable import Standing
from kasstroom.ports import Books
from kasstroom.time import day_of
from kasstroom_pages.assets import ASSET_CACHE, asset
from kasstroom_pages.headers import security_headers
from kasstroom_pages.payer import nothing_to_pay_page, pay_page, return_page, trouble_page
from kasstroom_pages.problem import STATUS, Problem, problem_page
from kasstroom_pages.reply_pages import disputed_page
from kasstroom_pages.showing import pay_view, return_view
from kasstroom_pages.shown import Shown
from kasstroom_pages.typed_payment import unread
from kasstroom_pages.views import Notice


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: str
    headers: dict[str, str]


def gone(language: Language = Language.NL) -> Answer:
    """The same answer for an unknown, an expired, a revoked and a replaced link: nothing in it
    follows from the link, and the language only from the browser."""
    return _problem(Problem.GONE, language)


def busy(language: Language = Language.NL) -> Answer:
    """Too often in a short time; as `gone`, the same for every link."""
    answer = _problem(Problem.BUSY, language)
    return replace(answer, headers=answer.headers | {"Retry-After": "60"})


def _problem(problem: Problem, language: Language) -> Answer:
    return Answer(STATUS[problem], problem_page(problem, language), security_headers())


def spoken(accepted: str) -> Language:
    """The language of a page without a debtor: the first of ours in `Accept-Language`."""
    for wish in accepted.lower().split(",")[:20]:
        name = wish.strip()[:2]
        if name in set(Language):
            return Language(name)
    return Language.NL


def no_application(asked: str = "") -> Answer:
    """As `gone`, for a link to an application; `asked` is the language in the address."""
    language = Language(asked) if asked in set(Language) else Language.NL
    body = problem_page(Problem.NO_APPLICATION, READ_AS.get(language, language))
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


FAULTS = {
    "amount_missing": "free_amount_missing",
    "amount_unread": "free_amount_unread",
    "amount_too_low": "free_amount_too_low",
    "amount_too_high": "free_amount_too_high",
}
"""What is wrong with an amount, and the words for it."""
_TIMES = re.compile(r"[0-9]{1,3}\Z", re.ASCII)
_CHANGED = frozenset({"amount_changed", "nothing_open", "not_online", "unknown_method"})
"""Refusals that the page itself answers, as it is now."""


@dataclass(frozen=True, slots=True)
class Payer:
    """One visit: reads only. `organisation` finds the creditor of a link."""

    books: Books
    organisation: Callable[[str], Organisation]
    public_url: str
    now: datetime
    checkout_hosts: tuple[str, ...] = ()

    def shown(self, token: str) -> Shown:
        """NotFound for a link with nothing to pay that nobody paid: it stopped."""
        link = by_token(self.books, token, self.now)
        attempt = None
        if link.attempt_id:
            attempt = self.books.find(PaymentAttempt, link.org, link.debtor, link.attempt_id)
        shown = Shown(
            self.organisation(link.org), link, invoices_of(self.books, link), attempt,
            bare(token), self.public_url, day_of(self.now), self._received(attempt),
        )  # fmt: skip
        if shown.standing is Standing.STOPPED:
            raise closed()
        return shown

    def _received(self, attempt: PaymentAttempt | None) -> Money | None:
        """What came in can differ from what was asked."""
        if attempt is None or attempt.state is not AttemptState.PAID:
            return None
        id = entry_id(attempt.org, attempt.provider, attempt.provider_id)
        money = self.books.find(MoneyIn, attempt.org, attempt.debtor, id)
        return money.amount if money else None

    def _page(self, body: str, status: int = 200) -> Answer:
        return Answer(status, body, security_headers(self.checkout_hosts))

    def page(self, token: str) -> Answer:
        """What is owed now; or thanks, when nothing is left."""
        return self._asked(self.shown(token))

    def _asked(
        self, shown: Shown, notice: Notice | None = None, typed: str = "", fault: str = ""
    ) -> Answer:
        if shown.standing is Standing.PAYABLE:
            status = 422 if fault else 409 if notice else 200
            return self._page(pay_page(pay_view(shown, notice, typed, fault)), status)
        if shown.standing is Standing.DISPUTED:
            return self._page(disputed_page(shown))
        view = return_view(shown)
        # Of a part that was paid it is not true that nothing is left.
        part = shown.link.kind is LinkKind.PART
        return self._page(return_page(view) if part else nothing_to_pay_page(view))

    def refused(self, token: str, error: Refused, form: Mapping[str, str]) -> Answer:
        """The page again with what was typed and what is wrong with it; or, when nobody can pay
        like this, the other ways."""
        shown, typed = self.shown(token), form.get("amount", "")
        if fault := FAULTS.get(unread(error.code, typed)):
            return self._asked(shown, None, typed, fault)
        if error.code in _CHANGED:
            changed = error.code == "amount_changed"
            return self._asked(shown, Notice.AMOUNT_CHANGED if changed else None, typed)
        return self.trouble(token)

    def unsent(self, token: str) -> Answer:
        """What was sent was no form of ours."""
        return self._asked(self.shown(token), Notice.PRESS_AGAIN)

    def trouble(self, token: str) -> Answer:
        """No provider answers: try again, or transfer; unless an earlier payment may be paid."""
        shown = self.shown(token)
        notice = Notice.STILL_PENDING if shown.may_be_paying(self.now) else None
        return self._page(trouble_page(pay_view(shown, notice), f"/p/{shown.token}"), 503)

    def processing(self, token: str) -> Answer:
        """The previous payment turned out to be paid: thanks, and not another one."""
        return self._page(return_page(return_view(self.shown(token), processing=True)))

    def returned(self, token: str, asked: str = "0") -> Answer:
        """`asked`: how often the page has looked already, as its own address says. Who did not go
        to a bank does not come back from one."""
        shown = self.shown(token)
        if shown.attempt is None:
            return self._asked(shown)
        refreshes = int(asked) if _TIMES.match(asked) else 0
        return self._page(return_page(return_view(shown, refreshes)))

    def to_bank(self, checkout_url: str) -> Answer:
        headers = security_headers(self.checkout_hosts) | {"Location": checkout_url}
        return Answer(303, "", headers)
