"""A debtor answers a message: whole answers to each visit. A GET changes nothing, since scanners of
mail open links; the button's POST does, and leads to the page that says what happens next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kasstroom.compliance.debt_help import DebtHelp, debt_help
from kasstroom.debtors.model import Debtor
from kasstroom.dunning.model import DunningCase
from kasstroom.errors import Refused
from kasstroom.money import Money
from kasstroom.payments.payable import Standing
from kasstroom.resolution.objecting import disagree, objections
from kasstroom.resolution.replies import asked_of, cannot_pay, replies_of, says_paid
from kasstroom.resolution.reply_model import DebtorReply, ReplyKind
from kasstroom.settle import settle
from kasstroom.time import day_of
from kasstroom_pages.answers import Answer, Payer
from kasstroom_pages.headers import OWN_SITES, security_headers
from kasstroom_pages.reply_pages import (
    FormView,
    ToldView,
    about,
    form_page,
    path_of,
    told_page,
)
from kasstroom_pages.reply_typed import Faults, objection_typed, paid_typed, text_typed
from kasstroom_pages.shown import Shown
from kasstroom_pages.views import PayLine

CHANGED = frozenset({"nothing_open", "nothing_to_dispute"})
"""Refusals that the page itself answers, as it is now."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit to one of the three pages of a link."""

    payer: Payer
    token: str
    kind: ReplyKind

    def page(self, *, more: bool = False) -> Answer:
        """The question; or, once it was answered, what happens next. `more`: another invoice."""
        shown = self.payer.shown(self.token)
        if shown.standing is not Standing.PAYABLE and self.kind is not ReplyKind.DISAGREE:
            return self.payer.page(self.token)
        lines, told = self._found(shown)
        if told and not (more and lines):
            return self._answer(told_page(told))
        if not lines:
            return self.payer.page(self.token)
        return self._answer(form_page(self._form(shown, lines)))

    def sent(self, typed: Mapping[str, str], site: str) -> Answer:
        """Does what was pressed and leads on; with faults the page again, as it was typed."""
        shown = self.payer.shown(self.token)
        lines, _ = self._found(shown)
        if not lines:
            return self._next(shown)
        if site not in OWN_SITES:
            return self.unsent()
        try:
            faults = self._done(shown, typed, lines)
        except Refused as error:
            if error.code in CHANGED:
                return self._next(shown)
            faults = {"amount": "free_amount_too_high"}
        if faults:
            return self._answer(form_page(self._form(shown, lines, typed, faults)), 422)
        return self._next(shown)

    def unsent(self) -> Answer:
        """What was sent was no form of ours: the page again, to press once more."""
        shown = self.payer.shown(self.token)
        lines, _ = self._found(shown)
        if not lines:
            return self.page()
        return self._answer(form_page(self._form(shown, lines, again=True)), 409)

    def _done(self, shown: Shown, typed: Mapping[str, str], lines: tuple[PayLine, ...]) -> Faults:
        books, now, link = self.payer.books, self.payer.now, shown.link
        if self.kind is ReplyKind.PAID:
            paid, faults = paid_typed(typed, lines, shown.today)
            if not faults:
                settle(books, lambda: says_paid(books, link, paid, now))
            return faults
        if self.kind is ReplyKind.CANNOT_PAY:
            text, faults = text_typed(typed)
            if not faults:
                settle(books, lambda: cannot_pay(books, link, text, now))
            return faults
        objection, faults = objection_typed(typed, lines)
        for one in objection.said:
            # Each dispute stands by itself: of three, the second may be known already.
            settle(books, lambda one=one: disagree(books, link, one, now))  # type: ignore[misc]
        return faults

    def _found(self, shown: Shown) -> tuple[tuple[PayLine, ...], ToldView | None]:
        """What can be answered about now, and what was answered already."""
        if self.kind is ReplyKind.PAID:
            return self._paid(shown)
        if self.kind is ReplyKind.CANNOT_PAY:
            return self._cannot_pay(shown)
        return self._disagree(shown)

    def _paid(self, shown: Shown) -> tuple[tuple[PayLine, ...], ToldView | None]:
        asked = self._asked(shown)
        earlier = replies_of(self.payer.books, shown.link, ReplyKind.PAID)
        told = {number for reply in earlier for number in reply.invoices}
        lines = tuple(line for line in asked if line.number not in told)
        about_now = [r for r in earlier if {*r.invoices} & {line.number for line in asked}]
        return lines, self._told(shown, about_now[-1], bool(lines)) if about_now else None

    def _cannot_pay(self, shown: Shown) -> tuple[tuple[PayLine, ...], ToldView | None]:
        mine = self.payer.books.all_of(DebtorReply, shown.link.org, shown.link.debtor)
        waits = [r for r in mine if r.kind is ReplyKind.CANNOT_PAY and not r.done_at]
        if waits:
            return (), self._told(shown, waits[-1], False)
        return self._asked(shown), None

    def _disagree(self, shown: Shown) -> tuple[tuple[PayLine, ...], ToldView | None]:
        found = objections(self.payer.books, shown.link)
        lines = tuple(
            PayLine(i.number, i.due_on, found.most[i.number])
            for i in shown.invoices if i.number in found.most
        )  # fmt: skip
        held = sum(dispute.amount.minor for dispute in found.waiting)
        told = ToldView(
            about(shown, self.kind), over=not found.waiting,
            invoices=tuple(dict.fromkeys(d.invoice for d in found.waiting)),
            held=Money(held, shown.total.currency), still=shown.total or None, more=bool(lines),
        )  # fmt: skip
        says_no = not lines and shown.standing is Standing.PAYABLE
        return lines, told if found.waiting or says_no else None

    def _asked(self, shown: Shown) -> tuple[PayLine, ...]:
        case = self.payer.books.get(DunningCase, shown.link.org, shown.link.debtor)
        numbers = asked_of(case, shown.link)
        mine = (i for i in shown.invoices if i.number in numbers)
        return tuple(PayLine(i.number, i.due_on, i.claimable) for i in mine)

    def _told(self, shown: Shown, reply: DebtorReply, more: bool) -> ToldView:
        numbers = {invoice.number for invoice in shown.invoices} & {*reply.invoices}
        return ToldView(
            about(shown, self.kind, self._help(shown)), day_of(reply.said_at), day_of(reply.until),
            over=self.payer.now >= reply.until, still=shown.total or None, more=more,
            invoices=tuple(n for n in shown.link.invoices if n in numbers),
        )  # fmt: skip

    def _form(
        self, shown: Shown, lines: tuple[PayLine, ...], typed: Mapping[str, str] | None = None,
        faults: Faults | None = None, *, again: bool = False,
    ) -> FormView:  # fmt: skip
        said = about(shown, self.kind, self._help(shown))
        return FormView(said, lines, shown.today, typed or {}, faults or {}, again)

    def _help(self, shown: Shown) -> DebtHelp | None:
        """For a person who cannot pay; companies have other roads."""
        if self.kind is not ReplyKind.CANNOT_PAY:
            return None
        debtor = self.payer.books.find(Debtor, shown.link.org, shown.link.debtor)
        if debtor is None or not debtor.is_natural_person:
            return None
        return debt_help(shown.link.language, debtor.address.country)

    def _answer(self, body: str, status: int = 200) -> Answer:
        return Answer(status, body, security_headers())

    def _next(self, shown: Shown) -> Answer:
        """A reload of what follows sends nothing again."""
        location = path_of(f"/p/{shown.token}", self.kind)
        return Answer(303, "", security_headers() | {"Location": location})
