"""How a debtor reaches the creditor: links that open a mail or a call."""

from __future__ import annotations

import re
from email.utils import parseaddr
from urllib.parse import quote

from kasstroom.organisations.model import Language, Organisation
from kasstroom_pages.formats import plain
from kasstroom_pages.templates import reference_text, say

_HELP = ("paid", "parts", "wrong", "question")
_ADDRESS = re.compile(r"[^@\s<>\"]+@[^@\s<>\"]+\Z")
_PHONE = re.compile(r"[+\d][\d ()-]{5,24}\Z")


def help_links(organisation: Organisation, reference: str, language: Language) -> list[tuple]:
    """Label and mail link for: already paid, in parts, not right, a question."""
    address = organisation.reply_to or parseaddr(organisation.email_from)[1]
    if not _ADDRESS.match(address):
        return []
    t = say(language)
    told = reference_text(reference)
    return [
        (t(f"help_{topic}"), _mail(address, t(f"help_subject_{topic}", reference=told)))
        for topic in _HELP
    ]


def _mail(address: str, subject: str) -> str:
    return f"mailto:{quote(address, safe='@')}?subject={quote(subject)}"


def phone_link(phone: str) -> tuple[str, str] | None:
    """The number as written and its `tel:` link; None when it is not a phone number."""
    shown = plain(phone)
    if not _PHONE.match(shown):
        return None
    return shown, "tel:" + re.sub(r"[^+\d]", "", shown)
