"""The thanks for a payment: what came in, for what, and whether anything is left."""

from __future__ import annotations

from collections.abc import Callable

from kasstroom.debtors.model import Channel
from kasstroom.messages.template_text import Blocks
from kasstroom.organisations.model import Language
from kasstroom_pages.contact import phone_link
from kasstroom_pages.formats import long_date, money, plain, short_name, without_legal_form
from kasstroom_pages.mails import SUBJECT_LENGTH, frame
from kasstroom_pages.own_words import OwnWords
from kasstroom_pages.sms import ONE_PART, first_that_fits, gsm_text, septets
from kasstroom_pages.step_words import items_named
from kasstroom_pages.templates import Words, fill, reference_text, say
from kasstroom_pages.views import Rendered, ThankYouView

THANK_YOU = "thank_you"
_PARAMETERS = ("name", "creditor", "amount", "items")


def thank(view: ThankYouView, channel: Channel, blocks: Blocks | None = None) -> Rendered:
    """KeyError for a channel that nobody is thanked over."""
    return _RENDERERS[channel](view, blocks)


def _facts(view: ThankYouView) -> dict[str, str]:
    phone = phone_link(view.organisation.phone)
    return {
        "name": plain(view.debtor_name, 60),
        "creditor": plain(view.organisation.name, 70),
        "items": items_named([plain(n, 40) for n in view.invoices], say(view.language)),
        "amount": money(view.amount, view.language),
        "reference": reference_text(view.reference),
        "phone": phone[0] if phone else "",
    }


def _rest(view: ThankYouView, t: Words, done: str) -> str:
    if view.remaining:
        return t("thanks_rest", amount=money(view.remaining, view.language))
    return t(done)


def _email(view: ThankYouView, blocks: Blocks | None) -> Rendered:
    t, known = say(view.language), _facts(view)
    own = OwnWords(blocks, known)
    or_call = t("mail_or_call", phone=known["phone"]) if known["phone"] else ""
    values = frame(view.organisation) | {
        "title": own.block("title", t("thanks_title")),
        "name": known["name"],
        "intro": own.block("intro", t("thanks_text", **known)),
        "rest": _rest(view, t, "thanks_done"),
        "rows": _rows(view, t, known),
        "total_said": t("proof_amount"),
        "total": view.amount,
        "question": t("thanks_question", or_call=or_call),
        "closing": own.block("closing", t("mail_closing")),
    }
    subject = own.block("subject", t("thanks_subject", **known))
    return Rendered(
        subject=plain(subject, SUBJECT_LENGTH),
        text=fill("thanks.txt", view.language, **values),
        html=fill("thanks.html", view.language, **values),
    )


def _rows(view: ThankYouView, t: Words, known: dict[str, str]) -> list[tuple[str, str]]:
    """The proof: date, invoices, reference."""
    many = "proof_invoice" if len(view.invoices) == 1 else "proof_invoices"
    rows = [(t("proof_date"), long_date(view.paid_on, view.language))]
    if view.invoices:
        rows.append((t(many), ", ".join(plain(number, 40) for number in view.invoices)))
    return [*rows, (t("reference"), known["reference"])] if known["reference"] else rows


def _sms(view: ThankYouView, blocks: Blocks | None) -> Rendered:
    t, known = say(view.language), _facts(view)
    own = own_thanks(view, blocks)
    if own and septets(own) <= ONE_PART:
        return Rendered(subject="", text=own)
    name = plain(without_legal_form(view.organisation.name), 40)
    texts = [
        t("thanks_sms", creditor=creditor, amount=known["amount"], items=said, rest=rest).strip()
        for creditor, said in ((name, known["items"]), (short_name(name), known["items"]))
        for rest in (_rest(view, t, "thanks_sms_done"), "")
    ]
    return Rendered(subject="", text=first_that_fits(texts))


def own_thanks(view: ThankYouView, blocks: Blocks | None) -> str:
    """The organisation's own SMS; empty without one."""
    return gsm_text(OwnWords(blocks, _facts(view)).block("text", ""))


def _whatsapp(view: ThankYouView, blocks: Blocks | None) -> Rendered:
    t, known = say(view.language), _facts(view)
    values = {name: known[name] or "-" for name in _PARAMETERS}
    return Rendered(
        subject="",
        text=t("thanks_whatsapp", **values),
        template=f"{THANK_YOU}_{view.language}",
        parameters=tuple(values.values()),
    )


def whatsapp_thanks() -> list[dict]:
    """What to register with Meta for it, per language."""
    places = {name: f"{{{{{at}}}}}" for at, name in enumerate(_PARAMETERS, 1)}
    return [
        {
            "name": f"{THANK_YOU}_{language}",
            "language": language.value,
            "category": "UTILITY",
            "components": [{"type": "BODY", "text": say(language)("thanks_whatsapp", **places)}],
        }
        for language in Language
    ]


_RENDERERS: dict[Channel, Callable[[ThankYouView, Blocks | None], Rendered]] = {
    Channel.EMAIL: _email,
    Channel.SMS: _sms,
    Channel.WHATSAPP: _whatsapp,
}
