"""Events in the lake, minutes after they happened: what of each is taken, and nothing else.

Only fields named here leave the books, and of texts only what has the shape of a code: a new field
of an event stays where it is until somebody decides about it (art. 25 GDPR).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from kasstroom.money import Money
from kasstroom.reports.lake.books import TREND_DAYS
from kasstroom.reports.lake.names import Names
from kasstroom.reports.lake.shape import PARTITIONS, Column, Row, Table, codes, moment, money, text
from kasstroom.time import day_of

AMOUNTS = (
    "amount", "allocated", "paid", "credited", "granted", "limit", "debt", "requested", "overdue",
)  # fmt: skip
"""What an event is about; it has one of these at most that counts: the first."""
CODES = (
    "kind", "outcome", "verdict", "channel", "step", "provider", "method", "policy", "insurer",
    "source", "response", "next_step", "state",
)  # fmt: skip
NUMBERS = ("invoice", "invoices", "credit_note")
WITHHELD = frozenset(
    """account account_end account_end_before agreed_days answered attention balance batch because
    booked_on by case
    cause checked_on code collect_on collection creditor_id day description detail due_at due_on
    duplicates entries expected expires_at fields file follow_up_on gap given_days idle_since
    issued_on known_until language letters lines link lists mandate manifest_sha256 members message
    message_id missing name note number open order_reference owner pages payment posted_on previous
    previous_primary previous_score primary proposals provider_id rating reasons reference
    report_by request resolve_by scheme scope score segment_set segments signed_on statement
    stop_on strategy terms_days to tries until used valid_to version why""".split()
)
"""Fields that stay in the books: people's names and words, ids of others, and what finance never
asked for."""
WITHHELD_TYPES = frozenset({"debtor.restricted_segment_changed", "sanctions.possible_hit"})
"""That such a thing happened to somebody is itself for people alone."""
REASONS_ARE_CODES = frozenset(
    """address.suppressed collection.returned cover.decided cover.reduced cover.withdrawn
    dispute.opened payment.charged_back payment.unmatched""".split()
)
"""Elsewhere a person wrote the reason, or it tells of a person's troubles."""
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}\Z")


@dataclass(frozen=True, slots=True)
class Happened:
    """An event as it goes over the bus, with its debtor's token."""

    envelope: Mapping[str, Any]
    token: str

    @property
    def data(self) -> Mapping[str, Any]:
        data: Mapping[str, Any] = self.envelope["data"]
        return data

    @property
    def type(self) -> str:
        return str(self.envelope["type"])

    @property
    def at(self) -> datetime:
        return datetime.fromisoformat(self.envelope["time"])

    @property
    def subject(self) -> str:
        """The id of what it is about; a debtor's own number is its token."""
        subject = str(self.envelope["subject"])
        if subject == self.envelope["debtor"]:
            return self.token
        return subject if self.type.startswith("invoice.") or _CODE.match(subject) else ""

    @property
    def amount(self) -> Money | None:
        named = (self.data[name] for name in AMOUNTS if isinstance(self.data.get(name), Mapping))
        return next((Money.parse(one["value"], one["currency"]) for one in named), None)

    def code(self, name: str) -> str | None:
        value = self.data.get(name)
        return value if isinstance(value, str) and _CODE.match(value) else None

    @property
    def reason(self) -> str | None:
        return self.code("reason") if self.type in REASONS_ARE_CODES else None

    @property
    def invoices(self) -> str:
        named = self.data.get("invoices", ())
        single = (self.data.get("invoice"), self.data.get("credit_note"))
        return codes([*named, *(one for one in single if one)])


def _code(name: str, means: str) -> Column:
    return text(name, means, lambda r: r.code(name))


EVENTS = Table(
    "events",
    (
        text("id", "the event's id; the same event may be here twice", lambda r: r.envelope["id"]),
        text("type", "what happened: payment.received, ...", lambda r: r.type),
        moment("at", "when it became true", lambda r: r.at),
        text("subject", "id of what it is about", lambda r: r.subject),
        text("token", "the debtor's token, as in `debtors`; empty: none", lambda r: r.token),
        text("currency", "ISO 4217 code", lambda r: r.amount.currency if r.amount else None),
        *money("amount", "what it is about", lambda r: r.amount),
        text("invoices", "documents it names, with spaces between", lambda r: r.invoices),
        text("reason", "reason code, where it is one", lambda r: r.reason),
        *(_code(name, f"`{name}` of the event, where it has one") for name in CODES),
    ),
    "Events within minutes; ask SELECT DISTINCT, because one may be delivered twice",
    kept_days=TREND_DAYS,
    partitions=(
        PARTITIONS[0],
        Column("on_day", means="the Amsterdam day the event is about, `yyyy-mm-dd`"),
    ),
)

ONCE = "SELECT DISTINCT * FROM events"
"""Every event once, however often it was delivered: all its columns come from the event itself."""


def event_row(envelope: Mapping[str, Any], names: Names) -> tuple[str, date, Row] | None:
    """The organisation, the day it is about and the row; None for what is not told."""
    if envelope["type"] in WITHHELD_TYPES:
        return None
    org, debtor = str(envelope["organisation"]), str(envelope["debtor"])
    token = names.token(org, debtor) if debtor else ""
    happened = Happened(envelope, token)
    return org, day_of(happened.at), EVENTS.row(happened)
