"""One creditor, one debtor, two invoices: what the page tests write about."""

from __future__ import annotations

from datetime import date

from kasstroom.compliance.collection_costs import DebtorType
from kasstroom.compliance.demand import Demand, fourteen_day_demand
from kasstroom.compliance.letter14 import LetterChannel
from kasstroom.dunning.strategy import StepKind
from kasstroom.money import Money
from kasstroom.organisations.model import Language, Organisation
from kasstroom_pages.views import PayLine, PayView, ReminderView, ReturnState, ReturnView

TODAY = date(2026, 11, 21)
URL = "https://betalen.vandijk.example/p/ABCDEFGHIJKLMNOPQRSTUV"
REFERENCE = "RF18539007547034"
HOSTILE = '<script>alert(1)</script>"\u202egnp.exe\r\nBcc: x@y.example' + "Zeer lang " * 40

VAN_DIJK = Organisation(
    org="vandijk",
    name="Van Dijk Bouwmaterialen B.V.",
    kvk="12345678",
    city="Utrecht",
    iban="NL91ABNA0417164300",
    email_from="Van Dijk <administratie@vandijk.example>",
    phone="030 123 45 67",
    mode="live",
)
LINES = (
    PayLine("2026-0042", date(2026, 11, 12), Money(98685)),
    PayLine("2026-0057", date(2026, 11, 30), Money(20000)),
)


def pay_view(**changes) -> PayView:
    given = {
        "organisation": VAN_DIJK,
        "language": Language.NL,
        "lines": LINES,
        "total": Money(118685),
        "today": TODAY,
        "reference": REFERENCE,
        "pay_action": "/p/token/pay",
        "expires_on": date(2026, 12, 21),
        "domain": "https://betalen.vandijk.example",
        "nonce": "once",
    }
    return PayView(**(given | changes))


def return_view(state: ReturnState, **changes) -> ReturnView:
    given = {
        "organisation": VAN_DIJK,
        "language": Language.NL,
        "state": state,
        "reference": REFERENCE,
        "domain": "betalen.vandijk.example",
        "pay_url": "/p/token",
        "amount": Money(98685),
        "paid_on": TODAY,
        "invoices": ("2026-0042",),
        "remaining": Money(20000) if state is ReturnState.PART_PAID else None,
        "status_url": "/p/token/return",
    }
    return ReturnView(**(given | changes))


def demand(*lines: PayLine, vat: bool = False) -> Demand:
    """What a letter sent today announces over these invoices."""
    claims = [(line.number, line.open) for line in lines if line.open.minor > 0]
    return fourteen_day_demand(
        claims, DebtorType.CONSUMER, not vat, TODAY, LetterChannel.POST, collected_by_service=vat
    )


def reminder_view(**changes) -> ReminderView:
    """A fourteen-day letter has the demand over its own lines."""
    lines = changes.get("lines", LINES[:1])
    if changes.get("step") is StepKind.FOURTEEN_DAY_LETTER and "demand" not in changes:
        changes["demand"] = demand(*lines)
    given = {
        "organisation": VAN_DIJK,
        "debtor_name": "Daniël de Vries",
        "language": Language.NL,
        "step": StepKind.REMINDER,
        "lines": LINES[:1],
        "total": Money(98685),
        "url": URL,
        "reference": REFERENCE,
        "today": TODAY,
    }
    return ReminderView(**(given | changes))
