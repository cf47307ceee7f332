"""A step as an e-mail."""

from __future__ import annotations

from kasstroom.errors import Refused
from kasstroom.messages.template_text import Blocks
from kasstroom.organisations.brand import logo_url
from kasstroom.organisations.model import Organisation
from kasstroom_pages.colours import KASSTROOM, brand_palettes
from kasstroom_pages.contact import phone_link
from kasstroom_pages.formats import grouped, plain
from kasstroom_pages.payer import host_of
from kasstroom_pages.step_words import step_words
from kasstroom_pages.templates import fill, say
from kasstroom_pages.views import ReminderView, Rendered

SUBJECT_LENGTH = 150


def email(view: ReminderView, blocks: Blocks | None = None) -> Rendered:
    t, said = say(view.language), step_words(view, blocks)
    organisation = view.organisation
    phone = phone_link(organisation.phone)
    values = frame(organisation) | {
        "view": view,
        "total_said": t("mail_total"),
        "total": view.total,
        "name": plain(view.debtor_name, 70),
        "iban": grouped(view.iban or organisation.iban),
        "domain": host_of(view.url),
        "title": said.own.block("title", said.title),
        "intro": " ".join(filter(None, (said.returned, said.own.block("intro", said.intro)))),
        "closing": said.own.block("closing", t("mail_closing")),
        "charges": said.charges,
        "law": said.law,
        "next": said.next,
        "replies": replies(view),
        "question": t("mail_question", or_call=t("mail_or_call", phone=phone[0]) if phone else ""),
    }
    return Rendered(
        subject=plain(said.own.block("subject", said.subject), SUBJECT_LENGTH),
        text=fill("reminder.txt", view.language, **values),
        html=fill("reminder.html", view.language, **values),
    )


def frame(organisation: Organisation) -> dict[str, object]:
    """What stands around the words of every mail of a creditor."""
    return {
        "organisation": organisation,
        "creditor": plain(organisation.name, 70),
        "logo": logo_of(organisation),
        "palette": (brand_palettes(organisation.brand_colour) or (KASSTROOM,))[0],
    }


def logo_of(organisation: Organisation) -> str:
    """Empty when there is none that may be shown."""
    try:
        return logo_url(organisation.logo_url) if organisation.logo_url else ""
    except Refused:
        return ""


def replies(view: ReminderView) -> list[tuple[str, str]]:
    """Label and address of what can be said in one click."""
    t, links = say(view.language), view.links
    if links is None:
        return []
    return [
        (t("mail_link_paid"), links.paid),
        (t("mail_link_cannot_pay"), links.cannot_pay),
        (t("mail_link_disagree"), links.disagree),
    ]
