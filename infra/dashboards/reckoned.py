"""Figures that a chart works out from its own rows: shares, which cannot be added up.

`{...}` is a column of the subject, `${...}` a parameter. Nothing is divided by nothing: `nullIf`
leaves the figure out.
"""

from __future__ import annotations

from dataclasses import dataclass

from infra.dashboards import words
from infra.dashboards.parameters import ANY_DEBTOR, DEBTOR_PARAMETER
from infra.dashboards.sql import quoted
from infra.dashboards.subject import Subject
from infra.dashboards.subjects import AGES, CHECKS, ITEMS, REMINDERS


@dataclass(frozen=True)
class Reckoned:
    name: str
    subject: Subject
    expression: str


def _reached(stage: str) -> str:
    return f"sumIf({{reached}}, {{stage}} = {quoted(stage)} AND {{judged}} = 1)"


LATE_SHARE = Reckoned("late_share", AGES, "sum({late_amount}) / nullIf(sum({amount}), 0)")
PAID_SHARE = Reckoned(
    "paid_share", REMINDERS, f"{_reached(words.PAID)} / nullIf({_reached(words.SENT)}, 0)"
)
APPROVED_SHARE = Reckoned(
    "approved_share", CHECKS, "sum({approved}) / nullIf(count({decision}), 0)"
)
CHOSEN = Reckoned(
    "chosen",
    ITEMS,
    f"ifelse(${{{DEBTOR_PARAMETER}}} = {quoted(ANY_DEBTOR)}"
    f" OR {{debtor}} = ${{{DEBTOR_PARAMETER}}}, 1, 0)",
)
RECKONED = (LATE_SHARE, PAID_SHARE, APPROVED_SHARE, CHOSEN)
