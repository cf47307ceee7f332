"""What is written to a debtor: every step and the thanks, per channel, in four languages; calm."""

from __future__ import annotations

from collections.abc import Callable

from kasstroom.debtors.model import Channel
from kasstroom.messages.template_text import Blocks
from kasstroom_pages.letter_words import letter
from kasstroom_pages.mails import email
from kasstroom_pages.phone_scripts import script
from kasstroom_pages.short_messages import sms, whatsapp, whatsapp_steps
from kasstroom_pages.step_words import STEPS
from kasstroom_pages.thanks import thank, whatsapp_thanks
from kasstroom_pages.views import ReminderView, Rendered

__all__ = ["STEPS", "render", "thank", "whatsapp_templates"]

_RENDERERS: dict[Channel, Callable[[ReminderView, Blocks | None], Rendered]] = {
    Channel.EMAIL: email,
    Channel.SMS: sms,
    Channel.WHATSAPP: lambda view, blocks: whatsapp(view),
    Channel.LETTER: letter,
    Channel.PHONE: script,
}


def render(view: ReminderView, channel: Channel, override: Blocks | None = None) -> Rendered:
    """The message of one step for one channel, in the organisation's own words where `override`
    has them. Refused for a step that writes to nobody, and for a fourteen-day letter without its
    demand: an SMS, a WhatsApp message and a phone call only point to it and never count as it."""
    return _RENDERERS[channel](view, override)


def whatsapp_templates(public_url: str) -> list[dict]:
    """What to register with Meta once."""
    return [*whatsapp_steps(public_url), *whatsapp_thanks()]
