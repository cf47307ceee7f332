"""Tables of what people and machines did: decisions, messages, disputes, calls, bank lines."""

from __future__ import annotations

from dataclasses import dataclass

from kasstroom.bank.model import BY_PERSON
from kasstroom.credit.human import HumanDecision
from kasstroom.credit.restricted import public_reasons
from kasstroom.reports.contributing.messages import kept_by
from kasstroom.reports.lake.about import DEBTOR
from kasstroom.reports.lake.books import TREND_DAYS
from kasstroom.reports.lake.shape import Table, codes, day, moment, money, number, text
from kasstroom.time import day_of


@dataclass(frozen=True, slots=True)
class OfDecision:
    """The token of its order, and what a person said about it."""

    order: str
    said: HumanDecision | None


DECISIONS = Table(
    "decisions",
    (
        *DEBTOR,
        text("decision", "id of the decision", lambda r: r.one.id),
        moment("decided_at", "when", lambda r: r.one.decided_at),
        day("decided_on", "the Amsterdam day of that", lambda r: day_of(r.one.decided_at)),
        text(
            "outcome", "approved, approved_partial, approved_with_conditions, refer, declined",
            lambda r: str(r.one.outcome),
        ),
        text("policy", "policy and version that decided", lambda r: r.one.policy),
        text(
            "reasons", "codes of the reasons, with spaces between; none that are for people alone",
            lambda r: codes(said.code for said in public_reasons(r.one.reasons)),
        ),
        number("term_days", "payment term that was asked, days", lambda r: r.one.term_days),
        text("committed", "yes: an order stood behind it; no: a question", lambda r: (
            "yes" if r.one.committed else "no"
        )),
        text("order_token", "token of the order, as in `invoices`; empty: none", lambda r: (
            r.more.order
        )),
        text("verdict", "what a person decided on it later", lambda r: (
            str(r.more.said.verdict) if r.more.said else None
        )),
        text("currency", "ISO 4217 code of the order", lambda r: r.one.requested.currency),
        *money("asked", "what was asked", lambda r: r.one.requested),
        *money("granted", "what may be paid later, zero when refused or referred", lambda r: (
            r.one.approved
        )),
    ),
    "Credit decisions at the checkout",
    kept_days=TREND_DAYS,
)  # fmt: skip

MESSAGES = Table(
    "messages",
    (
        *DEBTOR,
        text("message", "id of the message", lambda r: r.one.id),
        text("template", "which reminder or notice", lambda r: r.one.template),
        text("channel", "email, sms, whatsapp, letter, phone", lambda r: str(r.one.channel)),
        text("language", "the language it was written in", lambda r: str(r.one.language)),
        text("state", "claimed, sent, delivered, read, bounced, ...", lambda r: str(r.one.state)),
        day("created_on", "the day it was made", lambda r: day_of(r.one.created_at)),
        moment("created_at", "when it was made", lambda r: r.one.created_at),
        moment("sent_at", "when the provider took it", lambda r: r.one.sent_at),
        day("out_on", "the day it went out: posted, or taken by the provider", lambda r: (
            r.one.posted_on or _on(r.one.sent_at)
        )),
        moment("delivered_at", "when it arrived, as the provider says", lambda r: (
            r.one.delivered_at
        )),
        moment("read_at", "when it was opened, as the provider says", lambda r: r.one.read_at),
        number("attempts", "how often it was tried, over all ways", lambda r: r.one.attempt),
        text("currency", "ISO 4217 code", lambda r: r.one.amount.currency),
        *money("asked", "what it asks for", lambda r: r.one.amount),
    ),
    "Messages to debtors; no address, no text",
    kept_days=TREND_DAYS,
)  # fmt: skip

ASKED_INVOICES = Table(
    "asked_invoices",
    (
        *DEBTOR,
        text("asked_by", "message or call_task", lambda r: r.more),
        text("id", "id of that message or task", lambda r: r.one[0]),
        text("invoice", "a document it asks for", lambda r: r.one[1]),
    ),
    "Which documents a message or a call asks for: one row each",
    kept_days=TREND_DAYS,
)

DISPUTES = Table(
    "disputes",
    (
        *DEBTOR,
        text("dispute", "id of the dispute", lambda r: r.one.id),
        text("invoice", "the document", lambda r: r.one.invoice),
        text("reason", "not_delivered, wrong_amount, ...", lambda r: str(r.one.reason)),
        text("state", "open, accepted, rejected, withdrawn", lambda r: str(r.one.state)),
        day("opened_on", "the day it was opened", lambda r: day_of(r.one.opened_at)),
        moment("opened_at", "when it was opened", lambda r: r.one.opened_at),
        day("decided_on", "the day it ended", lambda r: _on(r.one.decided_at)),
        moment("decided_at", "when it ended", lambda r: r.one.decided_at),
        text("currency", "ISO 4217 code", lambda r: r.one.amount.currency),
        *money("disputed", "the part that is disputed", lambda r: r.one.amount),
    ),
    "What debtors do not agree with",
    kept_days=TREND_DAYS,
)

CALL_TASKS = Table(
    "call_tasks",
    (
        *DEBTOR,
        text("task", "id of the task", lambda r: r.one.id),
        text("message", "the reminder it stands for", lambda r: r.one.message),
        text("state", "open, done, unreached", lambda r: str(r.one.state)),
        moment("created_at", "when it was planned", lambda r: r.one.created_at),
        moment("due_at", "when to call", lambda r: r.one.due_at),
        number("tries", "calls made", lambda r: len(r.one.tries)),
        text("outcome", "outcome of the last call", lambda r: (
            str(r.one.tries[-1].outcome) if r.one.tries else None
        )),
        day("follow_up_on", "the day that was agreed, such as a promise", lambda r: (
            r.one.follow_up_on
        )),
        day("kept_by", "last day on which a promise for that day is kept", lambda r: (
            kept_by(r.one.follow_up_on) if r.one.follow_up_on else None
        )),
        text("currency", "ISO 4217 code", lambda r: r.one.amount.currency),
        *money("asked", "what the call is about", lambda r: r.one.amount),
    ),
    "Calls to make; no name, no number, no notes",
    kept_days=TREND_DAYS,
)  # fmt: skip

CALLS = Table(
    "calls",
    (
        *DEBTOR,
        text("task", "id of the task", lambda r: r.one.id),
        number("nth", "counts the calls of a task from one", lambda r: r.more[0]),
        text("outcome", "reached_promise, no_answer, ...", lambda r: str(r.more[1].outcome)),
        moment("called_at", "when", lambda r: r.more[1].at),
        day("called_on", "the Amsterdam day of that", lambda r: day_of(r.more[1].at)),
    ),
    "Calls that were made: one row each",
    kept_days=TREND_DAYS,
)

BANK_LINES = Table(
    "bank_lines",
    (
        text("line", "id of the line", lambda r: r.one.id),
        text("kind", "receipt, return, reversal, payout, costs, payment", lambda r: (
            str(r.one.kind)
        )),
        text("state", "open, proposed, matched, cleared, set_aside", lambda r: str(r.one.state)),
        text("by_person", "yes: a person matched it", lambda r: (
            "yes" if r.one.note.startswith(BY_PERSON) else "no"
        )),
        day("booked_on", "the bank's booking day", lambda r: r.one.booked_on),
        day("value_on", "the bank's value day", lambda r: r.one.value_on),
        moment("imported_at", "when we read it", lambda r: r.one.imported_at),
        number("entries", "ledger entries it became", lambda r: len(r.one.entries)),
        day("resolve_by", "until when a person has to look", lambda r: r.one.resolve_by),
        text("currency", "ISO 4217 code", lambda r: r.one.amount.currency),
        *money("amount", "signed: what came in is positive", lambda r: r.one.amount),
    ),
    "Lines of bank statements and what became of them; no payer, no account, no text",
)  # fmt: skip

UNMATCHED_MONEY = Table(
    "unmatched_money",
    (
        text("token", "the debtor's token", lambda r: r.more),
        text("id", "id of the item", lambda r: r.one.id),
        text("entry", "the payment it is left of", lambda r: r.one.entry_id),
        text("state", "open or resolved", lambda r: str(r.one.state)),
        moment("received_at", "when the money came", lambda r: r.one.received_at),
        day("resolve_by", "until when a person has to look", lambda r: r.one.resolve_by),
        text("currency", "ISO 4217 code", lambda r: r.one.amount.currency),
        *money("amount", "what is left of it", lambda r: r.one.amount),
    ),
    "Money received that no document takes",
)


def _on(moment_: object) -> object:
    return day_of(moment_) if moment_ else None  # type: ignore[arg-type]
