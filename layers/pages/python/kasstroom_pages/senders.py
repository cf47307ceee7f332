"""Whom a message comes from, in the form its channel wants."""

from __future__ import annotations

from email.utils import formataddr

from kasstroom.debtors.model import Channel
from kasstroom.organisations.model import Organisation


def sender_of(organisation: Organisation, channel: Channel) -> str:
    if channel is Channel.EMAIL:
        # Names beyond ASCII travel as encoded words (RFC 2047): mail services refuse them bare.
        return formataddr((" ".join(organisation.name.split()), organisation.email_from))
    is_sms = channel is Channel.SMS
    return organisation.sms_sender if is_sms else organisation.whatsapp_sender
