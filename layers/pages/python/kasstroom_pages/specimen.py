"""Made-up facts to try a text on: for the preview, for the gallery, and before a text is kept."""

from __future__ import annotations

from datetime import date

from kasstroom.compliance.collection_costs import DebtorType
from kasstroom.compliance.demand import Demand, fourteen_day_demand
from kasstroom.compliance.letter14 import LetterChannel
from kasstroom.debtors.model import DebtorKind
from kasstroom.dunning.strategy import StepKind, Tone
from kasstroom.money import Money
from kasstroom.organisations.model import Language, Organisation
from kasstroom_pages.views import PayLine, ReminderView, ReplyLinks, ThankYouView

TODAY = date(2026, 11, 21)
LINES = (
    PayLine("2026-0042", date(2026, 10, 12), Money(98685)),
    PayLine("2026-0057", date(2026, 10, 30), Money(20000)),
)
AHEAD = (PayLine("2026-0042", date(2026, 11, 30), Money(98685)),)
TOTAL = Money(118685)
REFERENCE = "RF18539007547034"
TOKEN = "ABCDEFGHIJKLMNOPQRSTUV"
"""As long as a real one, and of no link."""
VAN_DIJK = Organisation(
    org="vandijk",
    name="Van Dijk Bouwmaterialen B.V.",
    kvk="12345678",
    city="Utrecht",
    iban="NL91ABNA0417164300",
    email_from="administratie@vandijk.example",
    phone="030 123 45 67",
    mode="live",
)
PUBLIC_URL = "https://betalen.vandijk.example"
PAY_BY = date(2026, 12, 1)
_BY_A_DAY = frozenset({StepKind.NOTICE, StepKind.FINAL_DEMAND})
NAME = "Daniël de Vries"
COMPANY = "Bakkerij De Vries B.V."


def specimen(
    step: StepKind,
    language: Language,
    organisation: Organisation = VAN_DIJK,
    *,
    public_url: str = PUBLIC_URL,
    tone: Tone | None = None,
    business: bool = False,
    costs: bool = False,
) -> ReminderView:
    """`costs`: a final demand after the term of a fourteen-day letter."""
    lines = AHEAD if step is StepKind.PRE_REMINDER else LINES
    total = Money(sum(line.open.minor for line in lines))
    kind = DebtorType.BUSINESS if business else DebtorType.CONSUMER
    demand = demand_over(lines, kind) if costs or step is StepKind.FOURTEEN_DAY_LETTER else None
    if costs and demand:
        total = demand.total
    pay_url = f"{public_url}/p/{TOKEN}"
    return ReminderView(
        organisation, COMPANY if business else NAME, language, step, lines, total, pay_url,
        REFERENCE, TODAY, tone=tone, demand=demand, links=ReplyLinks.of(pay_url),
        pay_by=PAY_BY if step in _BY_A_DAY or demand and business else None,
        kind=DebtorKind.COMPANY if business else DebtorKind.CONSUMER,
    )  # fmt: skip


def demand_over(lines: tuple[PayLine, ...], kind: DebtorType) -> Demand:
    claims = [(line.number, line.open) for line in lines if line.open.minor > 0]
    return fourteen_day_demand(claims, kind, True, TODAY, LetterChannel.EMAIL)


def thanks_specimen(language: Language, organisation: Organisation = VAN_DIJK) -> ThankYouView:
    numbers = tuple(line.number for line in LINES)
    return ThankYouView(organisation, NAME, language, TOTAL, TODAY, numbers, REFERENCE)
