"""From the books to what a debtor sees: views built from the core's own entities."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from kasstroom.compliance.demand import Demand
from kasstroom.debtors.model import Channel, DebtorKind
from kasstroom.dunning.claiming import Draft
from kasstroom.dunning.model import OpenItem
from kasstroom.dunning.strategy import StepKind
from kasstroom.messages.letters import PrintedLetter
from kasstroom.messages.model import Outgoing
from kasstroom.messages.template_text import BLOCKS, Blocks, TemplateKey, TemplateKind
from kasstroom.money import Money
from kasstroom.payments.model import AttemptState, LinkKind, LinkState
from kasstroom.payments.payable import open_total, smallest, ways
from kasstroom.time import day_of
from kasstroom_pages.letter_check import sound
from kasstroom_pages.messages import render
from kasstroom_pages.printed_letters import Draw, on_paper
from kasstroom_pages.senders import sender_of
from kasstroom_pages.shown import Shown
from kasstroom_pages.typed_payment import nonce_of
from kasstroom_pages.views import (
    FreeAmount,
    Notice,
    PayLine,
    PayView,
    ReminderView,
    Rendered,
    ReplyLinks,
    ReturnState,
    ReturnView,
)

PAY_BY_DAYS = {
    StepKind.NOTICE: 14,
    StepKind.FOURTEEN_DAY_LETTER: 7,
    StepKind.FINAL_DEMAND: 7,
}
"""Days after sending; that of a notice is the reasonable term of art. 6:82 BW."""
_RETURNS = {
    AttemptState.PAID: ReturnState.PAID,
    AttemptState.FAILED: ReturnState.FAILED,
    AttemptState.CANCELED: ReturnState.CANCELED,
    AttemptState.EXPIRED: ReturnState.EXPIRED,
}


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
        nonce=nonce_of(shown.token), held=shown.held or None,
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
        f"/p/{shown.token}", amount=shown.received or (attempt.amount if attempt else None),
        paid_on=attempt.paid_on if attempt else None,
        remaining=left if state is ReturnState.PART_PAID else None,
        invoices=shown.link.invoices, status_url=f"/p/{shown.token}/return", refreshes=refreshes,
    )  # fmt: skip


OwnWords = Callable[[str, TemplateKey], Blocks | None]
"""What an organisation says itself: `kasstroom.messages.templates.own_words` on the books."""


def written(
    draft: Draft,
    public_url: str,
    own_words: OwnWords | None = None,
    *,
    replies: bool = False,
    draw: Draw | None = None,
) -> Outgoing:
    """A reminder in the words of its step, channel and language, the organisation's own first.
    `replies`: there are pages behind `already paid`, `cannot pay` and `disagree`. `draw` makes the
    paper of a letter."""
    message, organisation = draft.message, draft.organisation
    view = reminder_view(draft, public_url, replies=replies)
    said = render(view, message.channel, _own(draft, own_words))
    rendered = sound(view, message.channel, said)
    return Outgoing(
        message.id, message.org, message.debtor, message.address,
        sender_of(organisation, message.channel), message.language, rendered.text,
        rendered.subject, rendered.html, rendered.template, rendered.parameters, draft.token,
        reply_to=organisation.reply_to, letter=_paper(draft, view, rendered, draw),
    )  # fmt: skip


def _paper(
    draft: Draft, view: ReminderView, rendered: Rendered, draw: Draw | None
) -> PrintedLetter | None:
    if draw is None or draft.message.channel is not Channel.LETTER:
        return None
    issued = {item.number: item.issued_on for item in draft.items if item.issued_on}
    return on_paper(
        view, rendered.letter, draft.debtor, draft.now, draw, our_reference=draft.message.id,
        issued=issued,
    )  # fmt: skip


def reminder_view(draft: Draft, public_url: str, *, replies: bool = False) -> ReminderView:
    message, pay_url = draft.message, f"{public_url}/p/{draft.token}"
    apart = draft.step is StepKind.FINAL_DEMAND
    return ReminderView(
        draft.organisation, draft.debtor.name, message.language, draft.step,
        tuple(_line(item, apart) for item in draft.items),
        message.amount, pay_url, draft.reference, day_of(draft.now), pay_by=_pay_by(draft),
        kind=draft.debtor.kind, tone=draft.tone,
        demand=_charged(draft.items) if apart else draft.demand,
        interest=_interest(draft.items) if apart else None,
        links=ReplyLinks.of(pay_url) if replies else None,
        returned=tuple(item.number for item in draft.items if item.returned_on),
    )  # fmt: skip


def _line(item: OpenItem, apart: bool) -> PayLine:
    """With its charges, or ("apart") without those: then they stand on lines of their own."""
    charges = item.charges_minor if apart else 0
    return PayLine(
        item.number, item.due_on, Money(item.claimable.minor - charges, item.open.currency)
    )


def _charged(items: tuple[OpenItem, ...]) -> Demand | None:
    """The costs that are booked on these invoices, as the words of a final demand name them."""
    costs = Money(sum(item.costs_minor for item in items))
    claims = tuple((item.number, item.claimable) for item in items if item.costs_minor)
    total = Money(sum(amount.minor for _, amount in claims))
    return Demand(total, costs, Money(0), costs, claims, None) if costs else None


def _interest(items: tuple[OpenItem, ...]) -> Money | None:
    interest = Money(sum(item.interest_minor for item in items))
    return interest or None


def _own(draft: Draft, own_words: OwnWords | None) -> Blocks | None:
    """What was approved elsewhere (WhatsApp) is sent as it was approved."""
    channel = draft.message.channel
    if own_words is None or channel not in BLOCKS:
        return None
    key = TemplateKey(TemplateKind(draft.step), channel, draft.message.language)
    return own_words(draft.organisation.org, key)


def _pay_by(draft: Draft) -> date | None:
    """A fourteen-day letter to a consumer has the term of the law and no other."""
    lettered = draft.step is StepKind.FOURTEEN_DAY_LETTER
    if draft.step not in PAY_BY_DAYS or lettered and draft.debtor.kind is DebtorKind.CONSUMER:
        return None
    return day_of(draft.now) + timedelta(days=PAY_BY_DAYS[draft.step])
