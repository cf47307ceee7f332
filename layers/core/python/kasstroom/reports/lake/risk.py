"""Tables of credit and its risk: accounts, limits, insurance covers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from kasstroom.insurance.model import Cover
from kasstroom.reports.contributing.credit import ABOVE_LIMIT, COVERED, UNCOVERED
from kasstroom.reports.lake.about import DEBTOR
from kasstroom.reports.lake.books import TREND_DAYS
from kasstroom.reports.lake.shape import Table, day, moment, money, number, text
from kasstroom.reports.measures import Cell, Measure


@dataclass(slots=True)
class Exposed:
    """What one account has open in one currency; minor units."""

    currency: str
    rating: str = ""
    covered: int = 0
    uncovered: int = 0
    above_limit: int = 0
    expected_loss: int = 0


_COLUMN = {COVERED: "covered", UNCOVERED: "uncovered", ABOVE_LIMIT: "above_limit"}


def exposed(cells: Mapping[Cell, int]) -> Iterator[Exposed]:
    """The rows of one account, from what it contributes to the figures."""
    rows: defaultdict[str, Exposed] = defaultdict(lambda: Exposed(""))
    for cell, minor in cells.items():
        row = rows[cell.currency]
        row.currency = cell.currency
        match cell.measure:
            case Measure.EXPOSURE:
                setattr(row, _COLUMN[cell.parts[0]], minor)
            case Measure.AT_RISK:
                row.rating = cell.parts[0]
            case Measure.EXPECTED_LOSS:
                row.expected_loss = minor
    return (row for row in rows.values() if row.covered or row.uncovered or row.above_limit)


CREDIT_ACCOUNTS = Table(
    "credit_accounts",
    (
        *DEBTOR,
        text("currency", "ISO 4217 code of the account", lambda r: r.one.currency),
        text("rating", "A (best) to E; empty: not known", lambda r: r.one.profile.rating),
        number("score", "0 (worst) to 100; none: not known", lambda r: r.one.profile.score),
        text("on_hold", "yes: no new credit", lambda r: "yes" if r.one.hold else "no"),
        number("terms_days", "agreed payment term; none: the usual", lambda r: r.one.terms_days),
        day("review_on", "next planned review", lambda r: r.one.review_on),
        number("open_minor", "open amount, minor units", lambda r: r.one.open_minor),
        number(
            "overdue_minor", "of that past due, minor units", lambda r: r.one.overdue_minor(r.as_of)
        ),
        number("insured_minor", "insured limit, minor units; none: no cover", lambda r: (
            r.one.cover.insured.minor if r.one.cover else None
        )),
        number("insured_percent", "covered share of a loss", lambda r: (
            r.one.cover.percentage if r.one.cover else None
        )),
    ),
    "Credit accounts: what a decision looks at",
)  # fmt: skip

CREDIT_LIMITS = Table(
    "credit_limits",
    (
        *DEBTOR,
        text("source", "own, insured, discretionary, bureau, automatic, temporary", lambda r: (
            str(r.more.source)
        )),
        moment("granted_at", "when it was granted", lambda r: r.more.granted_at),
        day("valid_from", "first day; none: from the beginning", lambda r: r.more.valid_from),
        day("valid_to", "last day; none: no end", lambda r: (
            None if r.more.valid_to == date.max else r.more.valid_to
        )),
        text("currency", "ISO 4217 code", lambda r: r.more.amount.currency),
        *money("limit", "what this source grants", lambda r: r.more.amount),
    ),
    "Credit limits: one row per source",
)  # fmt: skip

EXPOSURES = Table(
    "exposures",
    (
        *DEBTOR,
        text("currency", "ISO 4217 code; an account has a row per currency", lambda r: (
            r.one.currency
        )),
        text("rating", "insolvent, else A to E, else unknown", lambda r: r.one.rating),
        number("covered_minor", "within a credit insurance, minor units", lambda r: (
            r.one.covered
        )),
        number("uncovered_minor", "what we would lose ourselves, minor units", lambda r: (
            r.one.uncovered
        )),
        number("above_limit_minor", "above the highest limit, minor units", lambda r: (
            r.one.above_limit
        )),
        number("expected_loss_minor", "PD x LGD x uncovered, minor units", lambda r: (
            r.one.expected_loss
        )),
    ),
    "What is open on credit accounts, by who bears the loss",
)  # fmt: skip

COVERS = Table(
    "covers",
    (
        *DEBTOR,
        text("cover", "id of the cover", lambda r: r.one.id),
        text("policy", "id of the insurance policy", lambda r: r.one.policy),
        text("insurer", "name of the insurer", lambda r: r.one.insurer),
        text("kind", "named or discretionary", lambda r: str(r.one.kind)),
        text("state", "approved, reduced, refused, ...", lambda r: str(r.one.state)),
        number("percentage", "covered share of a loss", lambda r: r.one.percentage),
        number("extension_days", "maximum extension period, days", lambda r: (
            r.one.extension_days
        )),
        day("valid_to", "last day new deliveries are covered", lambda r: r.one.valid_to),
        day("review_on", "when the insurer looks again", lambda r: r.one.review_on),
        moment("decided_at", "when the insurer decided", lambda r: r.one.decided_at),
        text("reason", "the insurer's reason code", lambda r: (
            str(r.one.reason) if r.one.reason else None
        )),
        text("currency", "ISO 4217 code", lambda r: _currency(r.one)),
        *money("requested", "what was asked of the insurer", lambda r: r.one.requested),
        *money("granted", "what is insured", lambda r: r.one.granted),
    ),
    "Credit insurance per debtor",
    kept_days=TREND_DAYS,
)  # fmt: skip


def _currency(cover: Cover) -> str:
    known = cover.granted or cover.requested
    return known.currency if known else ""
