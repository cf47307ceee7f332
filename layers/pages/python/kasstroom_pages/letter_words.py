"""A step as the words of a printed letter."""

from __future__ import annotations

from email.utils import parseaddr

from kasstroom.messages.template_text import Blocks
from kasstroom.organisations.model import Organisation
from kasstroom_pages.contact import phone_link
from kasstroom_pages.formats import money, plain
from kasstroom_pages.mails import SUBJECT_LENGTH, replies
from kasstroom_pages.step_words import step_words
from kasstroom_pages.templates import Words, say
from kasstroom_pages.views import LetterText, ReminderView, Rendered

HEADINGS = ("letter_number", "letter_issued", "letter_due", "letter_open")


def letter(view: ReminderView, blocks: Blocks | None = None) -> Rendered:
    """The term and the costs stand above the table, the rest of the law below it. `text` is the
    same letter in one piece, for the timeline and for reading it over."""
    t, said = say(view.language), step_words(view, blocks)
    name = plain(view.debtor_name, 70)
    words = LetterText(
        subject=plain(said.own.block("subject", said.subject), SUBJECT_LENGTH),
        salutation=t("mail_greeting", name=name) if name else t("mail_greeting_nameless"),
        paragraphs=(
            *filter(None, (said.returned,)),
            *said.own.paragraphs((said.intro,)),
            *_charged(view, said.charges),
            *said.law[:2],
        ),
        headings=tuple(t(key) for key in HEADINGS),  # type: ignore[arg-type]
        legal=(*said.law[2:], *said.next, *_help(view, t)),
        closing=said.own.block("closing", t("mail_closing")),
    )
    return Rendered(subject=words.subject, text=whole(view, words), letter=words)


def _charged(view: ReminderView, charges: tuple) -> tuple[str, ...]:
    """What is in the total beside the invoices of the table."""
    if not charges:
        return ()
    t = say(view.language)
    named = [f"{label}: {money(amount, view.language)}" for label, amount in charges]
    return (f"{'. '.join(named)}. {t('mail_total')}: {money(view.total, view.language)}.",)


def _help(view: ReminderView, t: Words) -> tuple[str, ...]:
    """Already paid, not right, cannot pay: how to reach us, also in one click."""
    asked = t("letter_question", ways=_ways(view.organisation, t))
    links = [t("letter_link", label=label, url=url) for label, url in replies(view)]
    return (t("mail_paid"), asked, *((t("letter_links"), *links) if links else ()))


def _ways(organisation: Organisation, t: Words) -> str:
    phone = phone_link(organisation.phone)
    email = organisation.reply_to or parseaddr(organisation.email_from)[1]
    if phone and email:
        return t("letter_ways_both", phone=phone[0], email=email)
    return t("letter_ways_phone", phone=phone[0]) if phone else t("letter_ways_mail", email=email)


def whole(view: ReminderView, words: LetterText) -> str:
    t = say(view.language)
    rows = [
        f"- {t('invoice', number=plain(line.number, 60))}: {money(line.open, view.language)}"
        for line in view.lines
    ]
    total = f"{t('mail_total')}: {money(view.total, view.language)}"
    parts = (
        words.subject, words.salutation, *words.paragraphs, "\n".join([*rows, total]),
        *words.legal, f"{words.closing}\n{plain(view.organisation.name, 70)}",
    )  # fmt: skip
    return "\n\n".join(parts)
