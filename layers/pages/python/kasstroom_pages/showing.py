"""From the books to what a debtor sees: views built from the core's own entities."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from kasstroom.dunning.claiming import Draft
from kasstroom.dunning.model import StepKind
from kasstroom.invoices.model import Invoice
from kasstroom.messages.model import Outgoing
from kasstroom.money import Money
from kasstroom.organisations.model import Organisation
from kasstroom.payments.model import (
    AttemptState,
    LinkKind,
    LinkState,
    PaymentAttempt,
    PaymentLink,
)
from kasstroom.payments.payable import Standing, open_total, payable, smallest, standing, ways
from kasstroom.time import day_of
from kasstroom_pages.messages import render
from kasstroom_pages.senders import sender_of
from kasstroom_pages.views import (
    FreeAmount,
    Notice,
    PayLine,
    PayView,
    ReminderView,
    ReturnState,
    ReturnView,
)

PAY_BY_DAYS = 7
_RETURNS = {
    AttemptState.PAID: ReturnState.PAID,
    AttemptState.FAILED: ReturnState.FAILED,
    AttemptState.CANCELED: ReturnState.CANCELED,
    AttemptState.EXPIRED: ReturnState.EXPIRED,
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A link with all that its pages need."""

    organisation: Organisation
    link: PaymentLink
    invoices: tuple[Invoice, ...]
    attempt: PaymentAttempt | None
    token: str
    public_url: str
    today: date

    @property
    def address(self) -> str:
        return f"{self.public_url}/p/{self.token}"

    @property
    def total(self) -> Money:
        return payable(self.link, self.invoices)

    @property
    def standing(self) -> Standing:
        return standing(self.link, self.invoices)


def pay_view(
    shown: Shown, notice: Notice | None = None, typed: str = "", fault: str = ""
) -> PayView:
    link, total, whole = shown.link, shown.total, open_total(shown.invoices)
    free = link.kind is LinkKind.FREE
    offered = ways(shown.organisation.payment_methods, smallest(link, total))
    return PayView(
        shown.organisation, link.language,
        tuple(PayLine(i.number, i.due_on, i.claimable) for i in shown.invoices if i.claimable),
        total, shown.today, link.reference, f"/p/{shown.token}/pay", day_of(link.expires_at),
        shown.public_url, notice=notice, online=bool(offered), ways=offered,
        free=FreeAmount(smallest(link, total), typed, fault) if free else None,
        part_of=whole if total < whole else None, instalment=link.instalment,
    )  # fmt: skip


def return_view(shown: Shown, refreshes: int = 0, *, processing: bool = False) -> ReturnView:
    """What is true now, from the books, whatever the address of the return page claims."""
    attempt, left = shown.attempt, shown.total
    state = _RETURNS.get(attempt.state, ReturnState.PENDING) if attempt else ReturnState.PENDING
    if state is ReturnState.PAID and left:
        state = ReturnState.PART_PAID
    if shown.link.state is LinkState.PAID and not left:
        state = ReturnState.PAID
    if processing and state not in (ReturnState.PAID, ReturnState.PART_PAID):
        state = ReturnState.PROCESSING
    return ReturnView(
        shown.organisation, shown.link.language, state, shown.link.reference, shown.public_url,
        f"/p/{shown.token}", amount=attempt.amount if attempt else None,
        paid_on=attempt.paid_on if attempt else None,
        remaining=left if state is ReturnState.PART_PAID else None,
        invoices=shown.link.invoices, status_url=f"/p/{shown.token}/return", refreshes=refreshes,
    )  # fmt: skip


def written(draft: Draft, public_url: str) -> Outgoing:
    """A reminder in the words of its step, channel and language."""
    message, organisation = draft.message, draft.organisation
    view = ReminderView(
        organisation, draft.debtor.name, message.language, draft.step,
        tuple(PayLine(item.number, item.due_on, item.claimable) for item in draft.items),
        message.amount, f"{public_url}/p/{draft.token}", draft.reference, day_of(draft.now),
        pay_by=_pay_by(draft),
    )  # fmt: skip
    rendered = render(view, message.channel)
    return Outgoing(
        message.id, message.org, message.debtor, message.address,
        sender_of(organisation, message.channel), message.language, rendered.text,
        rendered.subject, rendered.html, rendered.template, rendered.parameters, draft.token,
    )  # fmt: skip


def _pay_by(draft: Draft) -> date | None:
    if draft.step is not StepKind.FINAL_DEMAND:
        return None
    return day_of(draft.now) + timedelta(days=PAY_BY_DAYS)
