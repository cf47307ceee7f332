"""The lines of a timeline that tell what was said to a debtor and what was answered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from kasstroom.dunning.early_signals import EarlySignal
from kasstroom.dunning.pausing import Pause
from kasstroom.dunning.proposals import DunningProposal
from kasstroom.messages.calls import CallTask
from kasstroom.messages.model import LOST, Message, MessageState
from kasstroom.payments.model import PaymentLink
from kasstroom.resolution.model import Dispute
from kasstroom.resolution.reply_model import DebtorReply
from kasstroom.time import day_of

Line = tuple[datetime | None, str, str, str]
KINDS = (PaymentLink, Message, CallTask, Dispute, DebtorReply, Pause, DunningProposal)


def told(item: Any) -> Iterator[Line]:
    """In the order they happened; without an instant it did not happen."""
    match item:
        case Message():
            yield from _message(item)
        case CallTask():
            for step in item.tries:
                yield step.at, "call", item.id, f"called by {step.by}: {spaced(step.outcome)}"
        case PaymentLink():
            text = f"payment link over {', '.join(item.invoices)}: {item.state}"
            yield item.created_at, "payment_link", item.id, text
        case Dispute():
            text = f"{spaced(item.reason)}: {item.amount} of {item.invoice}"
            yield item.opened_at, "dispute", item.id, f"disputed by {item.opened_by}, {text}"
            told = f"dispute {item.state} by {item.decided_by}"
            yield item.decided_at, "dispute_decided", item.id, f"{told}: {item.note}"
        case DebtorReply():
            yield from _reply(item)
        case Pause():
            yield from _pause(item)
        case EarlySignal():
            for line in item.history:
                yield line.at, "early_signal", item.debtor, f"early signal: {line.did} by {line.by}"
        case DunningProposal():
            text = f"{spaced(item.step)} of {item.amount} proposed"
            yield item.proposed_at, "dunning_proposal", item.id, text
            text = f"{spaced(item.step)} {item.state} by {item.decided_by}: {item.note}"
            yield item.decided_at, "dunning_proposal_decided", item.id, text


def _message(message: Message) -> Iterator[Line]:
    """Every way it took and what became of it there; then where it is now."""
    name = spaced(message.template)
    ways = [one.channel for one in message.tries[1:]]
    ways += [] if message.state in LOST else [message.channel]
    for at, one in enumerate(message.tries):
        yield one.sent_at, "message", message.id, f"{name} by {one.channel}: sent"
        why = f" ({one.reason})" if one.reason else ""
        then = f", then by {ways[at]}" if at < len(ways) else ""
        yield one.at, "message", message.id, f"{name} by {one.channel}: {one.state}{why}{then}"
    if message.state in LOST and message.tries:
        return
    by = f"{name} by {message.channel}:"
    yield message.sent_at, "message", message.id, f"{by} sent"
    yield message.delivered_at, "message", message.id, f"{by} delivered"
    yield message.read_at, "message", message.id, f"{by} read"
    yield _moment(message), "message", message.id, f"{by} {_now(message)}"


def _moment(message: Message) -> datetime | None:
    """Of what no receipt gives the instant."""
    if message.state is MessageState.COMPLAINED:
        return message.read_at or message.delivered_at or message.sent_at
    return None if message.sent_at else message.created_at


def _now(message: Message) -> str:
    if message.state is MessageState.CLAIMED:
        return "waits to be sent"
    if message.state is MessageState.COMPLAINED:
        return "called spam"
    why = f" ({message.failed_reason})" if message.failed_reason else ""
    return f"{message.state}{why}"


def _reply(reply: DebtorReply) -> Iterator[Line]:
    facts = [f"says {spaced(reply.kind)}: {', '.join(reply.invoices)}"]
    facts += [f"on {reply.paid_on}"] * bool(reply.paid_on)
    facts += [f"from an account that ends with {reply.account_end}"] * bool(reply.account_end)
    facts += [f"“{reply.text}”"] * bool(reply.text)
    yield reply.said_at, "reply", reply.id, " ".join(facts)
    yield reply.done_at, "reply_done", reply.id, f"dealt with by {reply.done_by}: {reply.note}"


def _pause(pause: Pause) -> Iterator[Line]:
    until = f" until {day_of(pause.until)}" if pause.until else ""
    what = f"reminders of {pause.invoice}" if pause.invoice else "reminders"
    note = f": {pause.note}" if pause.note else ""
    text = f"{what} paused{until} by {pause.set_by}, {spaced(pause.reason)}{note}"
    yield pause.set_at, "pause", pause.id, text
    yield pause.lifted_at, "pause_lifted", pause.id, f"pause lifted by {pause.lifted_by}"


def spaced(code: str) -> str:
    return code.replace("_", " ")
