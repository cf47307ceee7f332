"""The registry of message channels: one file each, one line each."""

from __future__ import annotations

from kasstroom.debtors.model import Channel
from kasstroom.messages.sending import MessageChannel
from kasstroom.ports import Books
from kasstroom.settings import EmailSettings, LetterSettings, SmsSettings
from kasstroom.time import Clock
from kasstroom_aws.channels.email import EmailChannel
from kasstroom_aws.channels.letter import LetterChannel
from kasstroom_aws.channels.phone import Colleagues, PhoneChannel
from kasstroom_aws.channels.sms import SmsChannel
from kasstroom_aws.channels.whatsapp import WhatsAppChannel
from kasstroom_aws.letter_files import LetterBucket


def channels(email: EmailSettings, sms: SmsSettings) -> dict[Channel, MessageChannel]:
    """Those that a provider delivers at once."""
    return {
        Channel.EMAIL: EmailChannel(email),
        Channel.SMS: SmsChannel(sms),
        Channel.WHATSAPP: WhatsAppChannel(),
    }


def by_people(books: Books, letters: LetterSettings, clock: Clock) -> dict[Channel, MessageChannel]:
    """Those that people carry out: they print, post and call."""
    return {
        Channel.LETTER: LetterChannel(books, LetterBucket(letters)),
        Channel.PHONE: PhoneChannel(books, Colleagues(), clock),
    }
