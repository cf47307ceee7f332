"""Answers to our numbers. They name two telephone numbers and nothing else, so that whoever was
written to is kept under the pair of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from kasstroom.changes import Changes, Versioned
from kasstroom.debtors.model import Channel
from kasstroom.events.messages import AddressSuppressed
from kasstroom.ids import digest
from kasstroom.messages.model import Outgoing, Reply
from kasstroom.messages.suppression import SuppressionReason, found, lifted, suppressed
from kasstroom.ports import Books

SESSION_HOURS = 24
"""After an answer on WhatsApp a business may write freely for so long; templates may always go."""
KEPT_DAYS = 400
ANSWERABLE = frozenset({Channel.SMS, Channel.WHATSAPP})
STOP_WORDS = frozenset(
    {"STOP", "STOPALL", "STOPPEN", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REMOVE", "OPTOUT"}
    | {"ARRET", "AFMELDEN", "UITSCHRIJVEN", "STOPP", "ABMELDEN", "OPHALDE"}
)
"""AWS's own opt-out keywords, and those people here write; alone in the message."""
START_WORDS = frozenset({"START", "UNSTOP", "AANMELDEN"})
_LETTERS = re.compile(r"[^A-Z]")
_ID_ONLY = re.compile(r"\A.*phone-number-id[-/]")


@dataclass(frozen=True, slots=True)
class Conversation(Versioned):
    """Whom we wrote to last between two numbers. `session_until`: an answer on WhatsApp opened the
    service window until then."""

    id: str
    org: str
    debtor: str
    channel: Channel
    message: str
    written_at: datetime
    session_until: datetime | None = None
    gone_at: datetime | None = None


def pair(channel: Channel, ours: str, theirs: str) -> str:
    """The key of two numbers, in whichever way a provider writes them."""
    return digest(f"{channel}\x1f{_bare(ours)}\x1f{_bare(theirs)}")[:40]


def _bare(number: str) -> str:
    return _ID_ONLY.sub("", number).removeprefix("+")


def spoken(books: Books, outgoing: Outgoing, channel: Channel, now: datetime) -> Changes:
    """Keeps whom we wrote to, where an answer can come."""
    if channel not in ANSWERABLE:
        return Changes()
    id = pair(channel, outgoing.sender, outgoing.to)
    known = books.find(Conversation, "", id=id)
    made = Conversation(
        id, outgoing.org, outgoing.debtor, channel, outgoing.message_id, now,
        gone_at=now + timedelta(days=KEPT_DAYS),
    )  # fmt: skip
    if known is None:
        # Not `create`: who is second (two debtors, one telephone) looks again instead of failing.
        return Changes(update=(made,))
    return Changes(
        update=(replace(made, version=known.version, session_until=known.session_until),)
    )


def answered(books: Books, reply: Reply) -> tuple[Changes, Conversation | None]:
    """STOP ends this way to the debtor, START opens it again; None: nobody we wrote to."""
    known = books.find(Conversation, "", id=pair(reply.channel, reply.to, reply.sender))
    if known is None:
        return Changes(), None
    word = _LETTERS.sub("", reply.text.upper()) if len(reply.text) < 40 else ""
    changes = Changes()
    if word in STOP_WORDS:
        changes = _stopped(books, known, reply)
    elif word in START_WORDS:
        changes = _started(books, known, reply)
    until = reply.at + timedelta(hours=SESSION_HOURS)
    is_news = reply.channel is Channel.WHATSAPP and (known.session_until or reply.at) < until
    if not is_news:
        return changes, known
    after = replace(known, session_until=until)
    return changes + Changes(update=(after,)), after


def _address(reply: Reply) -> str:
    """Meta writes numbers without a plus."""
    return f"+{reply.sender.removeprefix('+')}"


def _stopped(books: Books, known: Conversation, reply: Reply) -> Changes:
    stopped = suppressed(
        books, known.org, reply.channel, _address(reply), SuppressionReason.OPTED_OUT, reply.at,
        debtor=known.debtor, detail=reply.text.strip()[:40],
    )  # fmt: skip
    event = AddressSuppressed(
        org=known.org, debtor=known.debtor, subject=known.message, at=reply.at,
        channel=reply.channel, reason=SuppressionReason.OPTED_OUT,
    )  # fmt: skip
    return stopped + Changes(events=(event,)) if stopped else stopped


def _started(books: Books, known: Conversation, reply: Reply) -> Changes:
    """Only who stopped it can start it again; an address that bounced is not theirs to lift."""
    stopped = found(books, known.org, reply.channel, _address(reply))
    if stopped is None or stopped.reason is not SuppressionReason.OPTED_OUT:
        return Changes()
    return lifted(books, stopped, "debtor", reply.at)[0]
