"""The registry of message channels: one file each, one line each."""

from __future__ import annotations

from kasstroom.debtors.model import Channel
from kasstroom.messages.sending import MessageChannel
from kasstroom.settings import EmailSettings, SmsSettings
from kasstroom_aws.channels.email import EmailChannel
from kasstroom_aws.channels.sms import SmsChannel
from kasstroom_aws.channels.whatsapp import WhatsAppChannel


def channels(email: EmailSettings, sms: SmsSettings) -> dict[Channel, MessageChannel]:
    return {
        Channel.EMAIL: EmailChannel(email),
        Channel.SMS: SmsChannel(sms),
        Channel.WHATSAPP: WhatsAppChannel(),
    }
