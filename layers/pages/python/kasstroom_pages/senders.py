"""Whom a message comes from, in the form its channel wants."""

from __future__ import annotations

from email.utils import formataddr

from kasstroom.debtors.model import Channel
from kasstroom.organisations.model import Organisation


def sender_of(organisation: Organisation, channel: Channel) -> str:
    if channel is Channel.EMAIL:
        # Names beyond ASCII travel as encoded words (RFC 2047): mail services refuse them bare.
        return formataddr((" ".join(organisation.name.split()), organisation.email_from))
    return {
        Channel.SMS: organisation.sms_sender,
        Channel.WHATSAPP: organisation.whatsapp_sender,
        Channel.LETTER: organisation.name,
        Channel.PHONE: organisation.phone,
    }[channel]
