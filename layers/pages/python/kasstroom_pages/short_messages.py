"""A step as an SMS of one part, or as a WhatsApp template."""

from __future__ import annotations

from kasstroom.dunning.strategy import StepKind
from kasstroom.messages.template_text import Blocks
from kasstroom.organisations.model import Language
from kasstroom_pages.contact import phone_link
from kasstroom_pages.formats import grouped, money, plain, short_name, without_legal_form
from kasstroom_pages.own_words import OwnWords
from kasstroom_pages.sms import ONE_PART, first_that_fits, gsm_text, septets
from kasstroom_pages.step_words import STEPS, facts, items, numbers
from kasstroom_pages.templates import Words, reference_text, say
from kasstroom_pages.views import ReminderView, Rendered

_PARAMETERS = ("name", "creditor", "items", "amount", "iban", "reference")


def sms(view: ReminderView, blocks: Blocks | None = None) -> Rendered:
    """The organisation's own words when they fit with these facts, else ours."""
    own = [gsm_text(text) for text in _own(view, blocks)]
    fitting = next((text for text in own if septets(text) <= ONE_PART), None)
    return Rendered(subject="", text=fitting or first_that_fits(_ours(view)))


def own_sms(view: ReminderView, blocks: Blocks) -> str:
    """The longest that its own words become, for saying that they do not fit."""
    return min((gsm_text(text) for text in _own(view, blocks)), key=septets, default="")


def _own(view: ReminderView, blocks: Blocks | None) -> list[str]:
    known = facts(view)
    name = plain(without_legal_form(view.organisation.name), 40)
    short = {"creditor": short_name(name), "items": _items(view, say(view.language))[1]}
    texts = [OwnWords(blocks, known | more).block("text", "") for more in ({}, short)]
    return [text for text in texts if text]


def _ours(view: ReminderView) -> list[str]:
    t = say(view.language)
    name = plain(without_legal_form(view.organisation.name), 40)
    short = short_name(name)
    phone = phone_link(view.organisation.phone)
    call = t("sms_call", phone=phone[0]) if phone else ""
    wishes = [(name, 0, call), (name, 0, ""), (name, 1, ""), (short, 0, ""), (short, 1, "")]
    items_said = _items(view, t)
    return [
        t(f"sms_{view.step}", creditor=creditor, items=items_said[at], call=extra, url=view.url)
        for creditor, at, extra in [*wishes, (short, 2, "")]
    ]


def _items(view: ReminderView, t: Words) -> list[str]:
    """From full to short: the numbers, the first one and how many more, the amount alone."""
    found = numbers(view.lines)
    amount = money(view.total, view.language)
    full = items(view.lines, t)
    if len(found) < 2:
        one = t("items_amount_one", items=full, amount=amount)
        return [one, one, amount]
    more = t("items_many", number=found[0], others=len(found) - 1)
    return [t("items_amount_many", items=item, amount=amount) for item in (full, more)] + [amount]


def whatsapp_template(step: StepKind, language: Language) -> str:
    """`reminder_nl`: the name under which Meta approved the template."""
    return f"{step.value}_{language.value}"


def _body(step: StepKind, t: Words, **values: str) -> str:
    return f"{t(f'whatsapp_{step.value}', **values)}\n\n{t('whatsapp_close', **values)}"


def whatsapp(view: ReminderView) -> Rendered:
    t = say(view.language)
    values = {
        "name": plain(view.debtor_name, 60) or "-",
        "creditor": plain(view.organisation.name, 60),
        "items": items(view.lines, t),
        "amount": money(view.total, view.language),
        "iban": grouped(view.iban or view.organisation.iban),
        "reference": reference_text(view.reference),
    }
    return Rendered(
        subject="",
        text=f"{_body(view.step, t, **values)}\n\n{t('whatsapp_button')}: {view.url}",
        template=whatsapp_template(view.step, view.language),
        parameters=tuple(values[name] for name in _PARAMETERS),
    )


def whatsapp_steps(public_url: str) -> list[dict]:
    """Utility templates whose button ends in the link's token."""
    return [_registration(step, language, public_url) for step in STEPS for language in Language]


def _registration(step: StepKind, language: Language, public_url: str) -> dict:
    t = say(language)
    places = {name: f"{{{{{at}}}}}" for at, name in enumerate(_PARAMETERS, 1)}
    button = {"type": "URL", "text": t("whatsapp_button"), "url": f"{public_url}/p/{{{{1}}}}"}
    return {
        "name": whatsapp_template(step, language),
        "language": language.value,
        "category": "UTILITY",
        "components": [
            {"type": "BODY", "text": _body(step, t, **places)},
            {"type": "BUTTONS", "buttons": [button]},
        ],
    }
