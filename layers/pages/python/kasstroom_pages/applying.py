"""A buyer at the application form: whole answers to each visit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from secrets import compare_digest

from kasstroom.applications.deciding import Grounds
from kasstroom.applications.finding import by_token
from kasstroom.applications.model import (
    BUYER,
    Applicant,
    ApplicationState,
    CreditApplication,
    state_at,
)
from kasstroom.applications.opening import draft_filled_in
from kasstroom.applications.sending import Sender, submit
from kasstroom.applications.terms import terms_of
from kasstroom.applications.typed import read, typed_of
from kasstroom.applications.usecases import withdraw
from kasstroom.applications.validation import Fault, Incomplete
from kasstroom.applications.views import BuyerView, buyer_view
from kasstroom.changes import Changes
from kasstroom.debtors.identities import Identities
from kasstroom.errors import KasstroomError, Refused, TooLarge
from kasstroom.ids import digest
from kasstroom.organisations.model import READ_AS, Language, Organisation
from kasstroom.ports import Books
from kasstroom.settle import settle
from kasstroom.text import has_unseen, one_line
from kasstroom_pages.answers import Answer
from kasstroom_pages.apply_fields import amount_text, asked_of, in_order, unreadable
from kasstroom_pages.apply_pages import FormView, StateView, form_page, state_page
from kasstroom_pages.headers import OWN_SITES, security_headers

LONGEST_FORM = 32_768
Plan = Callable[[], tuple[Changes, CreditApplication]]


@dataclass(frozen=True, slots=True)
class Visitor:
    """What a visit works with; `organisation` finds the creditor."""

    books: Books
    organisation: Callable[[str], Organisation]
    grounds: Grounds
    identities: Identities
    public_url: str
    now: datetime


@dataclass(frozen=True, slots=True)
class Visit:
    """`asked` is the language in the address, empty for the application's own."""

    visitor: Visitor
    token: str
    asked: str = ""

    def page(self, *, saved: bool = False) -> Answer:
        """The form while it is a draft, else what became of it. Changes nothing."""
        application = self._application()
        if state_at(application, self.visitor.now) is not ApplicationState.DRAFT:
            return self._state(application)
        typed = self._stored(application)
        return self._form(application, typed, notice="saved" if saved else "")

    def sent(self, typed: Mapping[str, str], site: str) -> Answer:
        """Sends it in, or keeps it for later; with faults the form again, as it was typed. Another
        language only writes the same form anew."""
        application = self._application()
        if state_at(application, self.visitor.now) is not ApplicationState.DRAFT:
            return self._state(application)
        mine = {name: one_line(typed.get(name, "")) for name in asked_of(application.kind)}
        if not self._genuine(application, typed, site):
            return self._form(application, mine, notice="again", status=409)
        if "switch" in typed:
            return self._form(application, mine)
        data, unread = read(mine)
        unseen = tuple(name for name in mine if has_unseen(mine[name]))
        faults = unreadable(mine, unseen, unread)
        keep = typed.get("action") == "save"
        if unseen or (keep and faults):
            return self._form(application, mine, faults=faults, status=422)
        try:
            settle(self.visitor.books, self._keeping(data) if keep else self._sending(data))
        except Incomplete as error:
            others = tuple(f for f in error.faults if f.field not in unread)
            ordered = in_order((*faults, *others), asked_of(application.kind))
            return self._form(application, mine, faults=ordered, status=422)
        except Refused:
            return self.page()
        return self._back_to_page("saved=1" if keep else "")

    def unread(self, error: KasstroomError) -> Answer:
        """The page as we have it, when what was sent was too large or no form at all."""
        application = self._application()
        large = isinstance(error, TooLarge)
        status = 413 if large else 400
        if state_at(application, self.visitor.now) is not ApplicationState.DRAFT:
            return replace(self._state(application), status=status)
        typed = self._stored(application)
        notice = "too_large" if large else "unread"
        return self._form(application, typed, notice=notice, status=status)

    def withdrawn(self, typed: Mapping[str, str], site: str) -> Answer:
        application = self._application()
        if not self._genuine(application, typed, site):
            return self.page()
        visitor = self.visitor

        def plan() -> tuple[Changes, CreditApplication]:
            return withdraw(visitor.books, self._application(), BUYER, "", visitor.now)

        try:
            settle(visitor.books, plan)
        except Refused:
            return self.page()
        return self._back_to_page()

    def _keeping(self, data: Applicant) -> Plan:
        visitor = self.visitor
        return lambda: draft_filled_in(visitor.books, self._application(), data, visitor.now)

    def _sending(self, data: Applicant) -> Plan:
        v = self.visitor
        language = self._language(self._application())
        sender = Sender(BUYER, language)
        return lambda: submit(
            v.books, v.identities, v.grounds, self._application(), sender, v.now, data
        )

    def _application(self) -> CreditApplication:
        return by_token(self.visitor.books, self.token, self.visitor.now)

    def _language(self, application: CreditApplication) -> Language:
        known = self.asked in tuple(Language)
        chosen = Language(self.asked) if known else application.language
        return READ_AS.get(chosen, chosen)

    def _nonce(self, application: CreditApplication) -> str:
        """Only a page of this link, and of its last state, carries it."""
        return digest(f"apply\x1f{self.token}\x1f{application.version}")[:32]

    def _genuine(self, application: CreditApplication, typed: Mapping[str, str], site: str) -> bool:
        given = typed.get("nonce", "").encode()
        expected = self._nonce(application).encode()
        return site in OWN_SITES and compare_digest(given, expected)

    def _stored(self, application: CreditApplication) -> dict[str, str]:
        amount = amount_text(application.data.requested, self._language(application))
        return typed_of(application.data, amount)

    def _view(self, application: CreditApplication) -> BuyerView:
        shown = buyer_view(application, self.visitor.now)
        return replace(shown, language=self._language(application))

    def _form(
        self,
        application: CreditApplication,
        typed: Mapping[str, str],
        *,
        faults: tuple[Fault, ...] = (),
        notice: str = "",
        status: int = 200,
    ) -> Answer:
        view = FormView(
            self.visitor.organisation(application.org), self._view(application), typed, faults,
            self._nonce(application), f"/apply/{self.token}", self.visitor.public_url, notice,
            terms_of(self.visitor.books, application.org).privacy_url,
        )  # fmt: skip
        return Answer(status, form_page(view), security_headers())

    def _state(self, application: CreditApplication) -> Answer:
        view = StateView(
            self.visitor.organisation(application.org), self._view(application),
            self._nonce(application), f"/apply/{self.token}", self.visitor.public_url,
        )  # fmt: skip
        return Answer(200, state_page(view), security_headers())

    def _back_to_page(self, more: str = "") -> Answer:
        """A reload of what follows sends nothing again."""
        chosen = f"lang={self.asked}" if self.asked in tuple(Language) else ""
        query = "&".join(filter(None, (chosen, more)))
        location = f"/apply/{self.token}" + (f"?{query}" if query else "")
        return Answer(303, "", security_headers() | {"Location": location})
