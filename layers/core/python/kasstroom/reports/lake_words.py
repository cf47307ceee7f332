"""The sentences the questions to the lake are made of."""

from __future__ import annotations

from collections.abc import Iterable

from kasstroom.bank.lines import WAITING
from kasstroom.reports.contributing.messages import PAID_WITHIN_DAYS
from kasstroom.resolution.model import HOLDING

NO_DAY = "CAST(NULL AS date)"


def row(
    table: str,
    value: str,
    *parts: str,
    on: str = NO_DAY,
    where: str = "true",
    currency: str = "currency",
) -> str:
    """What each row of a table contributes."""
    named = "".join(f", {part} AS part{n}" for n, part in enumerate(parts, start=1))
    return (
        f"SELECT {currency} AS currency, {on} AS on_day{named}, {value} AS value\n"
        f"FROM {table} AS t WHERE {where}"
    )


def count(table: str, *parts: str, on: str = NO_DAY, where: str = "true", value: str = "1") -> str:
    return row(table, value, *parts, on=on, where=where, currency="''")


def together(*rows: str) -> str:
    return "\nUNION ALL\n".join(rows)


def text(day: str) -> str:
    """A day as `yyyy-mm-dd`, empty for none."""
    return f"coalesce(CAST({day} AS varchar), '')"


def one_of(values: Iterable[str]) -> str:
    return "(" + ", ".join(f"'{value}'" for value in sorted(values)) + ")"


PRINCIPAL = "part = 'principal'"
CHARGES = "part IN ('costs', 'interest')"
LOOSE = "part = 'unallocated'"
KIND_AND_DUE = ("coalesce(document_kind, 'invoice')", text("due_on"))
_HELD_BY_ONE = f"""(
  SELECT i.currency, d.reason, d.disputed_minor, i.disputed_minor AS held_minor,
    coalesce(sum(d.disputed_minor) OVER (
      PARTITION BY i.number ORDER BY d.dispute ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ), 0) AS before_minor
  FROM {{disputes}} AS d
  JOIN {{invoices}} AS i ON i.number = d.invoice AND i.debtor = d.debtor
  WHERE d.state IN {one_of(HOLDING)} AND i.disputed_minor <> 0
)"""
"""Disputes in their order, each with what those before it hold of the same invoice."""
HELD = together(
    row(_HELD_BY_ONE, "greatest(0, least(disputed_minor, held_minor - before_minor))", "reason"),
    f"""SELECT i.currency, {NO_DAY}, 'other',
  i.disputed_minor - least(i.disputed_minor, coalesce(s.held, 0))
FROM {{invoices}} AS i LEFT JOIN (
  SELECT debtor, invoice, sum(disputed_minor) AS held FROM {{disputes}}
  WHERE state IN {one_of(HOLDING)} GROUP BY debtor, invoice
) AS s ON s.invoice = i.number AND s.debtor = i.debtor""",
)
POLICIES = """(
  SELECT w.*, coalesce(p.policy, '') AS policy FROM {ledger} AS w LEFT JOIN (
    SELECT l.entry, l.invoice, d.policy, row_number() OVER (
      PARTITION BY l.entry, l.invoice ORDER BY d.decided_at DESC, d.decision DESC
    ) AS nth
    FROM {ledger} AS l
    JOIN {invoices} AS i ON i.number = l.invoice AND i.debtor = l.debtor AND i.order_token <> ''
    JOIN {decisions} AS d
      ON d.debtor = l.debtor AND d.order_token = i.order_token AND d.decided_at <= l.booked_at
  ) AS p ON p.entry = w.entry AND p.invoice = w.invoice AND p.nth = 1
)"""
"""The ledger with the last decision about the order, made when the entry was booked or before."""


def asking(table: str, id: str, by: str, last_day: str) -> str:
    """A table of who asks for money, with how many invoices it asks for and how many of these were
    settled on `last_day` or before."""
    return f"""(
  SELECT a.*, coalesce(s.asked, 0) AS asked, coalesce(s.paid, 0) AS paid
  FROM {{{table}}} AS a LEFT JOIN (
    SELECT q.id, count(*) AS asked,
      sum(CASE WHEN i.settled_on <= {last_day} THEN 1 ELSE 0 END) AS paid
    FROM {{asked_invoices}} AS q
    JOIN {{{table}}} AS m ON m.{id} = q.id
    JOIN {{invoices}} AS i ON i.number = q.invoice AND i.debtor = q.debtor AND i.kind = 'invoice'
    WHERE q.asked_by = '{by}' GROUP BY q.id
  ) AS s ON s.id = a.{id}
)"""


REMINDING = asking(
    "messages", "message", "message", f"m.out_on + INTERVAL '{PAID_WITHIN_DAYS}' DAY"
)
PROMISING = asking("call_tasks", "task", "call_task", "m.kept_by")
DONE = "asked > 0 AND asked = paid"
PROMISE = "outcome = 'reached_promise' AND follow_up_on IS NOT NULL"
HOW = (
    f"CASE WHEN state IN {one_of(WAITING)} THEN 'waiting' WHEN state = 'set_aside' THEN 'set_aside'"
    " WHEN state = 'matched' AND by_person = 'yes' THEN 'person' ELSE 'automatic' END"
)
