"""What people and machines did: reminders and what became of them, credit decisions, losses."""

from __future__ import annotations

from infra.dashboards import words
from infra.dashboards.sql import named, quoted, values
from infra.dashboards.subject import Field, Subject, of_today, plain, reckoned
from kasstroom.credit.decision import Outcome
from kasstroom.invoices.model import DocumentKind
from kasstroom.messages.model import WENT_OUT
from kasstroom.payments.model import Part
from kasstroom.reports.contributing.ledger import GIVEN_UP
from kasstroom.reports.contributing.messages import ASKS_FOR_MONEY, PAID_WITHIN_DAYS
from kasstroom.reports.lake import DECISIONS, LEDGER, MESSAGES, Type

PAID_ON = f"""LEFT JOIN (
  SELECT a.org, a.as_of, a.debtor, a.id,
    max(coalesce(i.settled_on, DATE '2999-12-31')) AS paid_on
  FROM {{lake}}.asked_invoices a
  JOIN {{lake}}.invoices i ON i.org = a.org AND i.as_of = a.as_of
    AND i.debtor = a.debtor AND i.number = a.invoice
  WHERE a.asked_by = 'message' AND i.kind = {quoted(DocumentKind.INVOICE)}
  GROUP BY a.org, a.as_of, a.debtor, a.id
) p ON p.org = t.org AND p.as_of = t.as_of AND p.debtor = t.debtor AND p.id = t.message"""
"""When the last invoice that a reminder asks for was paid."""
GRANTED_BY = """LEFT JOIN (
  SELECT w.org, w.as_of, w.entry, w.invoice, max_by(o.policy, o.decided_at) AS policy
  FROM {lake}.ledger w
  JOIN {lake}.invoices i ON i.org = w.org AND i.as_of = w.as_of
    AND i.debtor = w.debtor AND i.number = w.invoice AND i.order_token <> ''
  JOIN {lake}.decisions o ON o.org = w.org AND o.as_of = w.as_of
    AND o.debtor = w.debtor AND o.order_token = i.order_token AND o.decided_at <= w.booked_at
  GROUP BY w.org, w.as_of, w.entry, w.invoice
) g ON g.org = t.org AND g.as_of = t.as_of AND g.entry = t.entry AND g.invoice = t.invoice"""
"""The policy of the last decision about the order, before the booking: as the figure `lost`."""


def _any(codes) -> str:
    return ", ".join(sorted(quoted(code) for code in codes))


def _reached(days: str) -> str:
    """1 when a reminder came as far as the stage, else 0."""
    read = "{read_at} IS NOT NULL"
    came = {
        words.SENT: "1 = 1",
        words.DELIVERED: f"{{delivered_at}} IS NOT NULL OR {read}",
        words.READ: read,
        words.PAID: f"p.paid_on <= {{out_on}} + {days}",
    }
    cases = " ".join(f"WHEN s.stage = {quoted(s)} AND ({how}) THEN 1" for s, how in came.items())
    return f"CASE {cases} ELSE 0 END"


def _reminders() -> Subject:
    """A row per reminder and stage. A stage is part of the one before it, but for paid: whoever
    pays without opening the message has paid. `judged`: its days to pay are over."""
    days = f"INTERVAL '{PAID_WITHIN_DAYS}' DAY"
    stages = ((stage,) for stage in (words.SENT, words.DELIVERED, words.READ, words.PAID))
    judged = f"CASE WHEN {{out_on}} + {days} <= CAST(t.as_of AS date) THEN 1 ELSE 0 END"
    return of_today(
        "reminders",
        MESSAGES,
        (
            *plain(MESSAGES, "message", "channel", "language", "currency", "out_on"),
            reckoned(MESSAGES, "step", Type.STRING, named("{template}", words.STEPS)),
            Field("stage", Type.STRING, "s.stage"),
            reckoned(MESSAGES, "reached", Type.BIGINT, _reached(days)),
            reckoned(MESSAGES, "judged", Type.BIGINT, judged),
        ),
        f"{PAID_ON} {values('s', ('stage',), *stages)}",
        f"t.template IN ({_any(ASKS_FOR_MONEY)}) AND t.state IN ({_any(WENT_OUT)})"
        " AND t.out_on IS NOT NULL",
    )


REMINDERS = _reminders()
CHECKS = of_today(
    "decisions",
    DECISIONS,
    (
        *plain(DECISIONS, "decision", "debtor", "decided_on", "policy", "committed"),
        *plain(DECISIONS, "currency", "asked_amount", "granted_amount"),
        reckoned(DECISIONS, "result", Type.STRING, named("{outcome}", words.OUTCOMES)),
        reckoned(
            DECISIONS,
            "approved",
            Type.BIGINT,
            f"CASE WHEN {{outcome}} IN ({_any(o for o in Outcome if o.holds)}) THEN 1 ELSE 0 END",
        ),
    ),
)
LOSSES = of_today(
    "losses",
    LEDGER,
    (
        *plain(LEDGER, "debtor", "effective_on", "currency"),
        Field("policy", Type.STRING, "coalesce(g.policy, '')"),
        reckoned(LEDGER, "lost_amount", Type.AMOUNT, "- {booked_amount}"),
    ),
    GRANTED_BY,
    f"t.entry_kind IN ({_any(GIVEN_UP)}) AND t.part = {quoted(Part.PRINCIPAL)}",
)
