"""A direct debit does not take place: how much, of which day, and what follows. Nothing to click on
or to pay."""

from __future__ import annotations

from typing import Any

from kasstroom.mandates.calling_off import CalledOff
from kasstroom_pages.contact import phone_link
from kasstroom_pages.formats import long_date, money, plain, without_legal_form
from kasstroom_pages.mails import SUBJECT_LENGTH, frame
from kasstroom_pages.sms import gsm_text
from kasstroom_pages.step_words import items_named
from kasstroom_pages.templates import fill, say


def email(off: CalledOff) -> tuple[str, str, str]:
    """Subject, text and HTML."""
    language, t = off.message.language, say(off.message.language)
    phone = phone_link(off.organisation.phone)
    said = _said(off)
    or_call = t("mail_or_call", phone=phone[0]) if phone else ""
    values: dict[str, Any] = {
        **frame(off.organisation),
        "closing": t("mail_closing"),
        "name": plain(off.debtor.name, 70),
        "title": t("called_off_title"),
        "intro": t("called_off_text", **said),
        "rows": [t("invoice", number=plain(number, 40)) for number in off.message.invoices],
        "total_said": t("called_off_total"),
        "total": off.message.amount,
        "question": t("called_off_question", or_call=or_call),
    }
    subject = t("called_off_subject", creditor=values["creditor"], **said)
    text, html = (fill(f"called_off.{kind}", language, **values) for kind in ("txt", "html"))
    return plain(subject, SUBJECT_LENGTH), text, html


def sms(off: CalledOff) -> str:
    t, phone = say(off.message.language), phone_link(off.organisation.phone)
    text = t(
        "called_off_sms",
        creditor=plain(without_legal_form(off.organisation.name), 40),
        items=items_named([plain(number, 40) for number in off.message.invoices], t),
        call=t("sms_call", phone=phone[0]) if phone else "", **_said(off),
    )  # fmt: skip
    return gsm_text(text).strip()


def _said(off: CalledOff) -> dict[str, str]:
    language = off.message.language
    return {
        "amount": money(off.message.amount, language),
        "day": long_date(off.collect_on, language),
    }
