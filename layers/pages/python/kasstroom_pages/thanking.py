"""From a payment in the books to the thanks for it, as the channel sends it."""

from __future__ import annotations

from kasstroom.dunning.thanking import Thanks
from kasstroom.messages.model import Outgoing
from kasstroom.messages.template_text import BLOCKS, TemplateKey, TemplateKind
from kasstroom_pages.senders import sender_of
from kasstroom_pages.showing import OwnWords
from kasstroom_pages.thanks import thank
from kasstroom_pages.views import ThankYouView


def written(thanks: Thanks, own_words: OwnWords | None = None) -> Outgoing:
    """The thanks in the debtor's language, the organisation's own words first."""
    message, organisation = thanks.message, thanks.organisation
    view = ThankYouView(
        organisation, thanks.debtor.name, message.language, thanks.paid.amount,
        thanks.paid.paid_on, thanks.paid.invoices, thanks.reference,
    )  # fmt: skip
    key = TemplateKey(TemplateKind.THANK_YOU, message.channel, message.language)
    known = own_words is not None and message.channel in BLOCKS
    blocks = own_words(organisation.org, key) if own_words and known else None
    said = thank(view, message.channel, blocks)
    return Outgoing(
        message.id, message.org, message.debtor, message.address,
        sender_of(organisation, message.channel), message.language, said.text, said.subject,
        said.html, said.template, said.parameters, reply_to=organisation.reply_to,
    )  # fmt: skip
