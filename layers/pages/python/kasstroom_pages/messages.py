"""Reminders: three steps, two languages, three channels; calm, and without costs or threats."""

from __future__ import annotations

from collections.abc import Callable

from kasstroom.debtors.model import Channel
from kasstroom.dunning.model import StepKind
from kasstroom.organisations.model import Language
from kasstroom_pages.colours import KASSTROOM, brand_palettes
from kasstroom_pages.contact import phone_link
from kasstroom_pages.formats import grouped, long_date, money, plain, short_name, without_legal_form
from kasstroom_pages.payer import host_of
from kasstroom_pages.sms import first_that_fits
from kasstroom_pages.templates import Words, fill, reference_text, say
from kasstroom_pages.views import PayLine, ReminderView, Rendered

_SUBJECT_LENGTH = 150
_WHATSAPP_PARAMETERS = ("name", "creditor", "items", "amount", "iban", "reference")


def render(view: ReminderView, channel: Channel) -> Rendered:
    """The message of one step for one channel."""
    return _RENDERERS[channel](view)


def _numbers(lines: tuple[PayLine, ...]) -> list[str]:
    """Invoice numbers, oldest betaaldatum first; credit notes only lower the total."""
    invoices = [line for line in lines if line.open.minor > 0]
    return [plain(line.number, 40) for line in sorted(invoices, key=lambda line: line.due_on)]


def _items(lines: tuple[PayLine, ...], t: Words) -> str:
    """`factuur 2026-0042 en 2026-0057`."""
    numbers = _numbers(lines)
    if len(numbers) == 2:
        return t("items_two", number=numbers[0], other=numbers[1])
    if len(numbers) > 2:
        return t("items_many", number=numbers[0], others=len(numbers) - 1)
    return t("items_one", number=numbers[0] if numbers else "")


def _key(view: ReminderView) -> str:
    """The step's words; a reminder before every betaaldatum has words of its own."""
    early = all(line.due_on >= view.today for line in view.lines if line.open.minor > 0)
    is_early = early and view.step is StepKind.REMINDER
    return f"mail_{view.step.value}{'_early' if is_early else ''}"


def _intro(view: ReminderView, t: Words) -> str:
    due = [line.due_on for line in view.lines if line.open.minor > 0]
    until = view.pay_by and long_date(view.pay_by, view.language)
    return t(
        f"{_key(view)}_text",
        items=_items(view.lines, t),
        day=long_date(min(due, default=view.today), view.language),
        pay_by=t("mail_pay_by", day=until) if until else t("mail_pay_now"),
    )


def _email(view: ReminderView) -> Rendered:
    t = say(view.language)
    organisation = view.organisation
    phone = phone_link(organisation.phone)
    creditor = plain(organisation.name, 70)
    items = _items(view.lines, t)
    values = {
        "view": view,
        "organisation": organisation,
        "total_said": t("mail_total"),
        "total": view.total,
        "creditor": creditor,
        "name": plain(view.debtor_name, 70),
        "iban": grouped(view.iban or organisation.iban),
        "domain": host_of(view.url),
        "title": t(f"{_key(view)}_title"),
        "intro": _intro(view, t),
        "question": t("mail_question", or_call=t("mail_or_call", phone=phone[0]) if phone else ""),
        "final": view.step is StepKind.FINAL_DEMAND,
        "palette": (brand_palettes(organisation.brand_colour) or (KASSTROOM,))[0],
    }
    subject = t(f"mail_{view.step.value}_subject", items=items, creditor=creditor)
    return Rendered(
        subject=plain(subject, _SUBJECT_LENGTH),
        text=fill("reminder.txt", view.language, **values),
        html=fill("reminder.html", view.language, **values),
    )


def _sms(view: ReminderView) -> Rendered:
    t = say(view.language)
    key = f"sms_{view.step.value}"
    name = plain(without_legal_form(view.organisation.name), 40)
    short = short_name(name)
    phone = phone_link(view.organisation.phone)
    call = t("sms_call", phone=phone[0]) if phone else ""
    wishes = [(name, 0, call), (name, 0, ""), (name, 1, ""), (short, 0, ""), (short, 1, "")]
    items = _sms_items(view, t)
    texts = [
        t(key, creditor=creditor, items=items[at], call=extra, url=view.url)
        for creditor, at, extra in [*wishes, (short, 2, "")]
    ]
    return Rendered(subject="", text=first_that_fits(texts))


def _sms_items(view: ReminderView, t: Words) -> list[str]:
    """From full to short: the numbers, the first one and how many more, the amount alone."""
    numbers = _numbers(view.lines)
    amount = money(view.total, view.language)
    full = _items(view.lines, t)
    if len(numbers) < 2:
        one = t("items_amount_one", items=full, amount=amount)
        return [one, one, amount]
    more = t("items_many", number=numbers[0], others=len(numbers) - 1)
    return [t("items_amount_many", items=item, amount=amount) for item in (full, more)] + [amount]


def whatsapp_template(step: StepKind, language: Language) -> str:
    """`reminder_nl`: the name under which Meta approved the template."""
    return f"{step.value}_{language.value}"


def _whatsapp_body(step: StepKind, t: Words, **values: str) -> str:
    return f"{t(f'whatsapp_{step.value}', **values)}\n\n{t('whatsapp_close', **values)}"


def _whatsapp(view: ReminderView) -> Rendered:
    t = say(view.language)
    values = {
        "name": plain(view.debtor_name, 60) or "-",
        "creditor": plain(view.organisation.name, 60),
        "items": _items(view.lines, t),
        "amount": money(view.total, view.language),
        "iban": grouped(view.iban or view.organisation.iban),
        "reference": reference_text(view.reference),
    }
    body = _whatsapp_body(view.step, t, **values)
    return Rendered(
        subject="",
        text=f"{body}\n\n{t('whatsapp_button')}: {view.url}",
        template=whatsapp_template(view.step, view.language),
        parameters=tuple(values[name] for name in _WHATSAPP_PARAMETERS),
    )


def whatsapp_templates(public_url: str) -> list[dict]:
    """What to register with Meta once: utility templates whose button ends in the link's token."""
    return [_registration(step, language, public_url) for step in StepKind for language in Language]


def _registration(step: StepKind, language: Language, public_url: str) -> dict:
    t = say(language)
    places = {name: f"{{{{{at}}}}}" for at, name in enumerate(_WHATSAPP_PARAMETERS, 1)}
    button = {"type": "URL", "text": t("whatsapp_button"), "url": f"{public_url}/p/{{{{1}}}}"}
    return {
        "name": whatsapp_template(step, language),
        "language": language.value,
        "category": "UTILITY",
        "components": [
            {"type": "BODY", "text": _whatsapp_body(step, t, **places)},
            {"type": "BUTTONS", "buttons": [button]},
        ],
    }


_RENDERERS: dict[Channel, Callable[[ReminderView], Rendered]] = {
    Channel.EMAIL: _email,
    Channel.SMS: _sms,
    Channel.WHATSAPP: _whatsapp,
}
