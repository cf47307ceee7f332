"""A fourteen-day letter that the law would not accept is not sent: one wrong day or amount, and no
costs are owed (art. 6:96 lid 6 BW; HR 25-11-2016, ECLI:NL:HR:2016:2704)."""

from __future__ import annotations

from kasstroom.compliance.letter_wording import Finding, letter_findings, may_send
from kasstroom.debtors.model import Channel
from kasstroom.dunning.strategy import StepKind
from kasstroom.errors import Refused
from kasstroom.money import Money
from kasstroom_pages.templates import reference_text
from kasstroom_pages.views import ReminderView, Rendered

CARRIERS = frozenset({Channel.EMAIL, Channel.LETTER})
"""What the letter can be; an SMS, a WhatsApp message or a call only points to it."""


def findings_of(view: ReminderView, channel: Channel, said: Rendered) -> tuple[Finding, ...]:
    """Empty for everything that is no fourteen-day letter to a consumer."""
    demand = view.demand
    is_letter = view.step is StepKind.FOURTEEN_DAY_LETTER and channel in CARRIERS
    if not is_letter or demand is None or demand.dates is None:
        return ()
    netted = any(line.open.minor < 0 for line in view.lines)
    whole = sum(line.open.minor for line in view.lines) == demand.principal.minor
    # Invoices and credit notes that together are the claim stand in it each with its own amount.
    also = [Money(abs(line.open.minor), line.open.currency) for line in view.lines]
    also = also if netted and whole else []
    # A reference is spelled as an account is, and is none.
    text = f"{said.subject}\n\n{said.text}".replace(reference_text(view.reference), "")
    return letter_findings(text, demand, view.language, also=also)


def sound(view: ReminderView, channel: Channel, said: Rendered, pointer: str = "") -> Rendered:
    """Refused with what is wrong first, when the costs would be lost."""
    found = findings_of(view, channel, said)
    if not may_send(found):
        first = next(each for each in found if each.costs_lost)
        place = f" It is about: {first.excerpt}" if first.excerpt else ""
        raise Refused(f"letter_{first.code}", f"{first.sentence}{place}", pointer)
    return said
