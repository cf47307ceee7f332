"""A step as what a colleague says on the phone."""

from __future__ import annotations

from kasstroom.dunning.strategy import StepKind
from kasstroom.messages.template_text import Blocks
from kasstroom_pages.formats import plain, without_legal_form
from kasstroom_pages.own_words import OwnWords
from kasstroom_pages.step_words import facts, returned_of
from kasstroom_pages.templates import say
from kasstroom_pages.views import ReminderView, Rendered


def script(view: ReminderView, blocks: Blocks | None = None) -> Rendered:
    """Who is there, what it is about, what may come back, how to end: a paragraph each."""
    t, known = say(view.language), facts(view)
    name = plain(view.debtor_name, 70)
    opening = "phone_open" if name else "phone_open_nameless"
    about = t(
        f"phone_{view.step}", items=known["items"], amount=known["amount"], day=known["due_on"]
    )
    parts = [
        t(opening, creditor=without_legal_form(view.organisation.name), name=name),
        t("phone_mind"),
        *filter(None, (returned_of(view),)),
        OwnWords(blocks, known).block("text", about),
    ]
    if view.step is StepKind.FOURTEEN_DAY_LETTER:
        parts.append(t("phone_fourteen_day_letter_mind"))
    parts += [t("phone_paid"), t("phone_cannot_pay"), t("phone_disagree")]
    if view.person:
        parts.append(t("phone_debt_help"))
    return Rendered(subject="", text="\n\n".join([*parts, t("phone_close")]))
