"""The figures in SQL: for every measure the question to the lake that gives its cells.

The same rules as `kasstroom.reports.contributing`, in another language over another copy of the
books, so that each proves the other. In the words that Athena (Trino) and DuckDB both know. A
question answers `currency`, `on_day`, `part1` ... in the order of the measure's parts, `value`
(minor units, or a count); what comes to zero has no row.
"""

from __future__ import annotations

from datetime import date

from kasstroom.bank.lines import WAITING
from kasstroom.messages.model import WENT_OUT
from kasstroom.reports.contributing.ledger import GIVEN_UP
from kasstroom.reports.contributing.messages import ASKS_FOR_MONEY
from kasstroom.reports.lake_words import (
    CHARGES,
    DONE,
    HELD,
    HOW,
    KIND_AND_DUE,
    LOOSE,
    POLICIES,
    PRINCIPAL,
    PROMISE,
    PROMISING,
    REMINDING,
    count,
    one_of,
    row,
    text,
    together,
)  # fmt: skip
from kasstroom.reports.measures import SHAPES, Measure

MOST_PARTS = max(len(shape.parts) for shape in SHAPES.values())


def cells_sql(measure: Measure, org: str, as_of: date) -> str:
    """The cells of one organisation, from the photograph of `as_of`."""
    shape = SHAPES[measure]
    names = ["currency", "on_day", *(f"part{n}" for n, _ in enumerate(shape.parts, start=1))]
    heads = ", ".join(names)
    places = ", ".join(str(n) for n, _ in enumerate(names, start=1))
    return (
        f"SELECT {heads}, CAST(sum(value) AS bigint) AS value\n"
        f"FROM (\n{of_photograph(_ROWS[measure], org, as_of)}\n) AS contributed\n"
        f"GROUP BY {places}\nHAVING sum(value) <> 0"
    )


def disagreeing_sql(org: str, as_of: date) -> str:
    """Every cell that the photograph and the figures kept change by change (the table `figures`)
    do not agree on: `asked` of the photograph, `kept` by the figures. No rows: they agree."""
    heads = ["measure", "currency", "on_day", *(f"part{n + 1}" for n in range(MOST_PARTS))]
    kept = ", ".join(heads[:3] + [f"coalesce({part}, '')" for part in heads[3:]])
    rows = [_as_cells(measure, org, as_of) for measure in Measure]
    rows.append(of_photograph(f"SELECT {kept}, 0, value FROM {{figures}} AS f", org, as_of))
    places = ", ".join(str(n) for n, _ in enumerate(heads, start=1))
    return (
        f"SELECT {', '.join(heads)}, CAST(sum(asked) AS bigint) AS asked,"
        f" CAST(sum(kept) AS bigint) AS kept\nFROM (\n{together(*rows)}\n) AS cells\n"
        f"GROUP BY {places}\nHAVING sum(asked) <> sum(kept)"
    )


def _as_cells(measure: Measure, org: str, as_of: date) -> str:
    parts = len(SHAPES[measure].parts)
    named = [f"part{n + 1}" if n < parts else "''" for n in range(MOST_PARTS)]
    parts_as = ", ".join(f"{value} AS part{n}" for n, value in enumerate(named, start=1))
    return (
        f"SELECT '{measure}' AS measure, currency, on_day, {parts_as}, value AS asked, 0 AS kept\n"
        f"FROM (\n{cells_sql(measure, org, as_of)}\n) AS {measure}_cells"
    )


def of_photograph(sql: str, org: str, as_of: date) -> str:
    """`sql` with each `{table}` as it was photographed that day."""
    where = f"org = '{org.replace(chr(39), chr(39) * 2)}' AND as_of = '{as_of.isoformat()}'"
    return sql.format_map(_Photographed(where))


class _Photographed(dict[str, str]):
    def __init__(self, where: str) -> None:
        super().__init__()
        self._where = where

    def __missing__(self, table: str) -> str:
        return f"(SELECT * FROM {table} WHERE {self._where})"


_ROWS: dict[Measure, str] = {
    Measure.OPEN: row("{ledger}", "booked_minor", *KIND_AND_DUE, where=PRINCIPAL),
    Measure.OPEN_MOVED: row(
        "{ledger}", "booked_minor", *KIND_AND_DUE, on="effective_on", where=PRINCIPAL
    ),
    Measure.OPEN_ITEMS: count("{invoices}", "kind", text("due_on"), where="open_minor <> 0"),
    Measure.OPEN_BY_ISSUE: row("{invoices}", "open_minor", "kind", text("issued_on")),
    Measure.UNALLOCATED: row("{ledger}", "booked_minor", where=LOOSE),
    Measure.UNALLOCATED_MOVED: row("{ledger}", "booked_minor", on="effective_on", where=LOOSE),
    Measure.CHARGES: row("{ledger}", "booked_minor", "part", where=CHARGES),
    Measure.CHARGES_MOVED: row(
        "{ledger}", "booked_minor", "part", on="effective_on", where=CHARGES
    ),
    Measure.SOLD: row("{invoices}", "invoiced_minor", "kind", on="issued_on"),
    Measure.SOLD_ITEMS: count("{invoices}", "kind", on="issued_on"),
    Measure.BOOKED: row("{ledger}", "booked_minor", "entry_kind", on="effective_on"),
    Measure.BOOKED_ITEMS: count(
        "(SELECT DISTINCT debtor, entry, entry_kind, effective_on FROM {ledger})",
        "entry_kind", on="effective_on",
    ),
    Measure.SETTLED: row(
        "{invoices}", "invoiced_minor", "CAST(date_diff('day', due_on, settled_on) AS varchar)",
        on="settled_on", where="settled_on IS NOT NULL AND kind = 'invoice'",
    ),
    Measure.LOST: row(
        POLICIES, "-booked_minor", "policy", on="effective_on",
        where=f"{PRINCIPAL} AND entry_kind IN {one_of(GIVEN_UP)}",
    ),
    Measure.DISPUTED: HELD,
    Measure.OPEN_DISPUTED: row(
        "{invoices}", "least(disputed_minor, greatest(0, open_minor))", text("due_on")
    ),
    Measure.DISPUTES_OPENED: count("{disputes}", "reason", on="opened_on"),
    Measure.DISPUTES_DECIDED: count(
        "{disputes}", "state", on="decided_on", where="decided_on IS NOT NULL"
    ),
    Measure.DISPUTE_DAYS: count(
        "{disputes}", on="decided_on", where="decided_on IS NOT NULL",
        value="date_diff('day', opened_on, decided_on)",
    ),
    Measure.MESSAGES: count("{messages}", "template", "channel", "state", on="created_on"),
    Measure.REMINDED: count(
        REMINDING, "template", "channel", f"CASE WHEN {DONE} THEN 'paid' ELSE 'not' END",
        on="out_on", where=f"out_on IS NOT NULL AND template IN {one_of(ASKS_FOR_MONEY)}"
        f" AND state IN {one_of(WENT_OUT)}",
    ),
    Measure.CALLS: count("{calls}", "outcome", on="called_on"),
    Measure.PROMISES: count(
        PROMISING, f"CASE WHEN {DONE} THEN 'kept' ELSE 'not' END", on="follow_up_on",
        where=PROMISE,
    ),
    Measure.PROMISED: row(
        PROMISING, "asked_minor", f"CASE WHEN {DONE} THEN 'kept' ELSE 'not' END",
        on="follow_up_on", where=PROMISE,
    ),
    Measure.BANK_LINES: count("{bank_lines}", "kind", HOW, on="booked_on"),
    Measure.UNMATCHED: together(
        row(
            "{bank_lines}", "amount_minor", "'bank'",
            where=f"kind = 'receipt' AND state IN {one_of(WAITING)}",
        ),
        row("{unmatched_money}", "amount_minor", "'debtor'", where="state = 'open'"),
    ),
    Measure.DECISIONS: count("{decisions}", "policy", "outcome", on="decided_on"),
    Measure.ASKED: row("{decisions}", "asked_minor", "policy", "outcome", on="decided_on"),
    Measure.GRANTED: row("{decisions}", "granted_minor", "policy", "outcome", on="decided_on"),
    Measure.LIMIT: row("{credit_limits}", "limit_minor", "source", text("valid_to")),
    Measure.EXPOSURE: together(
        *(row("{exposures}", f"{cover}_minor", f"'{cover}'")
          for cover in ("covered", "uncovered", "above_limit"))
    ),
    Measure.AT_RISK: row("{exposures}", "uncovered_minor", "rating"),
    Measure.EXPECTED_LOSS: row("{exposures}", "expected_loss_minor"),
}  # fmt: skip
