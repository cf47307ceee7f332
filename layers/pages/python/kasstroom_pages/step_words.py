"""What a step says, whatever it is written on: items, intro, what the law asks, what comes next."""

from __future__ import annotations

from dataclasses import dataclass

from kasstroom.compliance.wording_forms import TERM_TEXT
from kasstroom.dunning.strategy import NAMES_HELP, StepKind, Tone
from kasstroom.errors import Refused
from kasstroom.messages.template_text import Blocks
from kasstroom.money import Money
from kasstroom_pages.contact import phone_link
from kasstroom_pages.formats import grouped, long_date, money, plain
from kasstroom_pages.own_words import OwnWords
from kasstroom_pages.templates import Words, reference_text, say
from kasstroom_pages.views import PayLine, ReminderView
from kasstroom_pages.words import words_of

STEPS = tuple(step for step in StepKind if step is not StepKind.HAND_OVER)
"""The steps that write to a debtor."""
_TONES = {StepKind.PRE_REMINDER: Tone.FRIENDLY, StepKind.REMINDER: Tone.FRIENDLY}
"""How a kind of step sounds when its strategy does not say; neutral unless it stands here. `firm`
is short and plain, never a threat. An SMS, a WhatsApp template and a phone script have one tone."""
_MILD = frozenset({StepKind.REMINDER, StepKind.SECOND_REMINDER})


@dataclass(frozen=True, slots=True)
class StepWords:
    """`law` is what the law asks to be said, in this order; `next` what happens then; `charges`
    stand below the invoices and with them make the total. `returned` stands before the intro,
    whoever wrote that: which payment was taken back, "" for none."""

    subject: str
    title: str
    returned: str
    intro: str
    law: tuple[str, ...]
    next: tuple[str, ...]
    charges: tuple[tuple[str, Money], ...]
    own: OwnWords


def step_words(view: ReminderView, blocks: Blocks | None = None) -> StepWords:
    t = _spoken(view)
    key = f"mail_{_step(view).value}"
    named = {"items": items(view.lines, t), "creditor": plain(view.organisation.name, 70)}
    tone = view.tone or _TONES.get(_step(view), Tone.NEUTRAL)
    intro = t(f"{key}_{tone}", day=_first_day(view), pay_by=_pay_by(view, t), **named)
    charges = charges_of(view)
    if view.step in _MILD and view.returned and _returned(view) == numbers(view.lines):
        intro = t("mail_returned_ask")  # Nobody is told that we have seen no payment.
    return StepWords(
        t(f"{key}_subject", **named), t(f"{key}_title"), returned_of(view),
        intro[:1].upper() + intro[1:],
        law_of(view, charges), _next(view, charges), charges, OwnWords(blocks, facts(view)),
    )  # fmt: skip


def returned_of(view: ReminderView) -> str:
    """Which payment was taken back, so that nobody reads that they never paid."""
    t, found = say(view.language), _returned(view)
    return t("mail_returned", items=items_named(found, t)) if found else ""


def _returned(view: ReminderView) -> list[str]:
    named = {plain(number, 40) for number in view.returned}
    return [number for number in numbers(view.lines) if number in named]


def numbers(lines: tuple[PayLine, ...]) -> list[str]:
    """Invoice numbers, oldest betaaldatum first; credit notes only lower the total."""
    invoices = [line for line in lines if line.open.minor > 0]
    return [plain(line.number, 40) for line in sorted(invoices, key=lambda line: line.due_on)]


def items(lines: tuple[PayLine, ...], t: Words) -> str:
    return items_named(numbers(lines), t)


def items_named(found: list[str], t: Words) -> str:
    """`factuur 2026-0042 en 2026-0057`."""
    if len(found) == 2:
        return t("items_two", number=found[0], other=found[1])
    if len(found) > 2:
        return t("items_many", number=found[0], others=len(found) - 1)
    return t("items_one", number=found[0] if found else "")


def facts(view: ReminderView) -> dict[str, str]:
    """What an organisation's own words may name; empty when it is not known."""
    phone = phone_link(view.organisation.phone)
    charges = charges_of(view)
    costs = view.demand.total_costs if view.demand and charges else None
    return {
        "name": plain(view.debtor_name, 70),
        "creditor": plain(view.organisation.name, 70),
        "items": items(view.lines, say(view.language)),
        "amount": money(view.total, view.language),
        "due_on": _first_day(view),
        "pay_by": long_date(view.pay_by, view.language) if view.pay_by else "",
        "iban": grouped(view.iban or view.organisation.iban),
        "reference": reference_text(view.reference),
        "url": view.url,
        "costs": money(costs, view.language) if costs else "",
        "phone": phone[0] if phone else "",
    }


def charges_of(view: ReminderView) -> tuple[tuple[str, Money], ...]:
    """Costs and interest with the word for them: those that with the invoices make the total, so
    that a table always adds up."""
    t = say(view.language)
    demand = view.demand if view.step is StepKind.FINAL_DEMAND else None
    label = t("mail_costs_vat" if demand and demand.vat else "mail_costs")
    costs = ((label, demand.total_costs),) if demand and demand.total_costs else ()
    interest = ((t("mail_interest"), view.interest),) if view.interest else ()
    missing = view.total.minor - sum(line.open.minor for line in view.lines)
    for charges in (costs + interest, costs, interest):
        if charges and sum(amount.minor for _, amount in charges) == missing:
            return charges
    return ()


def law_of(view: ReminderView, charges: tuple[tuple[str, Money], ...] = ()) -> tuple[str, ...]:
    """Refused when a fourteen-day letter does not know its costs."""
    t = _spoken(view)
    if view.step is StepKind.NOTICE and view.pay_by:
        return (t("mail_notice_next", day=long_date(view.pay_by, view.language)),)
    if view.step is StepKind.FINAL_DEMAND and charges and view.demand:
        return (t("mail_final_demand_costs"),)
    return _letter(view, t) if view.step is StepKind.FOURTEEN_DAY_LETTER else ()


def _letter(view: ReminderView, t: Words) -> tuple[str, ...]:
    """Art. 6:96 lid 6 BW: the term, the exact costs, what is owed after it. No other term."""
    demand = view.demand
    if demand is None:
        detail = "A fourteen-day letter names its exact costs; give the demand it makes."
        raise Refused("demand_missing", detail)
    amounts = {
        name: money(getattr(demand, name), view.language)
        for name in ("principal", "costs", "vat", "total_costs", "total")
    }
    if view.business:
        pay_by = _pay_by(view, t)
        return (t("law14_company"), t("law14_company_costs", pay_by=pay_by, **amounts))
    term = TERM_TEXT[view.language.value]
    vat = (t("law14_vat", **amounts),) if demand.vat else ()
    return (
        t("law14_term", term=term, **amounts), t("law14_costs", **amounts), *vat,
        t("law14_part"), t("law14_source"),
    )  # fmt: skip


def _next(view: ReminderView, charges: tuple[tuple[str, Money], ...]) -> tuple[str, ...]:
    """What happens when nothing is heard, and who helps with debts. Once costs are asked, the
    letter that is promised otherwise has been sent."""
    t = _spoken(view)
    found = []
    if view.step is StepKind.FINAL_DEMAND:
        sent = "_sent" if charges and not view.business else ""
        found.append(t(f"mail_final_demand_next{sent}"))
    if view.step in NAMES_HELP and view.person:
        found.append(t("mail_debt_help"))
    return tuple(found)


def _step(view: ReminderView) -> StepKind:
    """A reminder before every betaaldatum is said as a pre-reminder. Refused for a step that
    writes to nobody."""
    if view.step not in STEPS:
        raise Refused("writes_to_nobody", f"The step {view.step} writes to nobody.")
    early = all(line.due_on >= view.today for line in view.lines if line.open.minor > 0)
    return StepKind.PRE_REMINDER if early and view.step is StepKind.REMINDER else view.step


def _spoken(view: ReminderView) -> Words:
    """The words for this reader: those of a company where there are."""
    t, known = say(view.language), words_of(view.language)

    def text(key: str, **values: object) -> str:
        own = f"{key}_company"
        return t(own if view.business and own in known else key, **values)

    return text


def _first_day(view: ReminderView) -> str:
    due = [line.due_on for line in view.lines if line.open.minor > 0]
    return long_date(min(due, default=view.today), view.language)


def _pay_by(view: ReminderView, t: Words) -> str:
    if not view.pay_by:
        return t("mail_pay_now")
    return t("mail_pay_by", day=long_date(view.pay_by, view.language))
