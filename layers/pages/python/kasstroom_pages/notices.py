"""What a debtor is told of a direct debit: the notice says how much, when, under which mandate, and
for what."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kasstroom.debtors.model import Channel
from kasstroom.mandates.calling_off import CalledOff
from kasstroom.mandates.model import Scheme
from kasstroom.mandates.notices import Notice
from kasstroom.messages.model import Outgoing
from kasstroom.money import Money
from kasstroom_pages import called_off
from kasstroom_pages.contact import phone_link
from kasstroom_pages.formats import long_date, money, plain, without_legal_form
from kasstroom_pages.mails import SUBJECT_LENGTH, frame
from kasstroom_pages.senders import sender_of
from kasstroom_pages.sms import gsm_text
from kasstroom_pages.templates import Words, fill, say

MOST_NAMED = 3
"""Invoices an SMS names; of more it says how many."""


def written(draft: Notice | CalledOff) -> Outgoing:
    """The message for its channel, in the debtor's language."""
    message, organisation = draft.message, draft.organisation
    by_mail, by_sms = _WRITERS[type(draft)]
    is_mail = message.channel is Channel.EMAIL
    subject, text, html = by_mail(draft) if is_mail else ("", by_sms(draft), "")
    return Outgoing(
        message.id, message.org, message.debtor, message.address,
        sender_of(organisation, message.channel), message.language, text, subject, html,
        reply_to=organisation.reply_to,
    )  # fmt: skip


def _email(notice: Notice) -> tuple[str, str, str]:
    language, t = notice.message.language, say(notice.message.language)
    organisation = notice.organisation
    phone = phone_link(organisation.phone)
    said = _said(notice)
    or_call = t("mail_or_call", phone=phone[0]) if phone else ""
    values: dict[str, Any] = {
        **frame(organisation),
        "closing": t("mail_closing"),
        "name": plain(notice.debtor.name, 70),
        "title": t("notice_title"),
        "intro": t("notice_text", **said),
        "rows": _rows(notice, t),
        "total_said": t("notice_total"),
        "total": notice.message.amount,
        "facts": _facts(notice, t, said),
        "refundable": notice.mandate.scheme is Scheme.CORE,
        "question": t("notice_question", or_call=or_call, day=said["day"]),
    }
    subject = plain(t("notice_subject", creditor=values["creditor"], **said), SUBJECT_LENGTH)
    return subject, fill("notice.txt", language, **values), fill("notice.html", language, **values)


def _said(notice: Notice) -> dict[str, str]:
    language = notice.message.language
    return {
        "amount": money(notice.message.amount, language),
        "day": long_date(notice.collect_on, language),
        "account": notice.mandate.iban[-4:],
    }


def _facts(notice: Notice, t: Words, said: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return (
        (t("notice_day"), said["day"]),
        (t("notice_mandate"), plain(notice.mandate.reference, 40)),
        (t("notice_creditor_id"), notice.organisation.direct_debit.creditor_id),
        (t("notice_account"), t("notice_account_end", account=said["account"])),
    )


def _rows(notice: Notice, t: Words) -> list[tuple[str, Money]]:
    """What is collected at a time, with the invoices it is for; netted credit notes among them."""
    return [
        (t("invoice", number=", ".join(plain(n, 40) for n in line.invoices)), line.amount)
        for line in notice.lines
    ]


def _sms(notice: Notice) -> str:
    """All of it, in as many parts as that takes: a notice that leaves something out is none."""
    t = say(notice.message.language)
    numbers = [plain(number, 40) for number in notice.message.invoices]
    items = t("items_one", number=", ".join(numbers))
    if len(numbers) > MOST_NAMED:
        items = t("items_many", number=numbers[0], others=len(numbers) - 1)
    phone = phone_link(notice.organisation.phone)
    text = t(
        "notice_sms",
        creditor=plain(without_legal_form(notice.organisation.name), 40), items=items,
        mandate=plain(notice.mandate.reference, 40),
        creditor_id=notice.organisation.direct_debit.creditor_id,
        call=t("sms_call", phone=phone[0]) if phone else "", **_said(notice),
    )  # fmt: skip
    return gsm_text(text).strip()


_WRITERS: dict[type, tuple[Callable[[Any], tuple[str, str, str]], Callable[[Any], str]]] = {
    Notice: (_email, _sms),
    CalledOff: (called_off.email, called_off.sms),
}
"""How each is written as an e-mail (subject, text, HTML) and as an SMS."""
