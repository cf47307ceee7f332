"""What SES tells of a mail (EventBridge, one event per recipient and kind).

A bounce comes once SES has given up: `Permanent` is an address that will never do, `Transient` one
that did not take it this time. A `Transient` bounce without a delivery report is somebody's
out-of-office answer to a mail that arrived; a delay is none of our business yet.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from kasstroom.debtors.model import Channel
from kasstroom.messages.model import MessageState, Receipt

_STATES = {
    "Send": MessageState.SENT,
    "Delivery": MessageState.DELIVERED,
    "Reject": MessageState.FAILED,
    "Rendering Failure": MessageState.FAILED,
}
_GIVEN_UP = frozenset(
    {"MailboxFull", "MessageTooLarge", "ContentRejected", "AttachmentRejected"}
    | {"CustomTimeoutExceeded"}
)
_ON_LIST = "OnAccountSuppressionList"
"""SES took the mail and did not send it: the account's own list has the address."""
_NO_SPAM = "not-spam"

What = tuple[MessageState, str, bool]
"""The state, the provider's code, and whether the address will never do."""


def email_receipts(detail: dict[str, Any]) -> Iterator[Receipt]:
    """Reports without our ids in them are about other mail of the account: they are passed over."""
    mail = detail.get("mail", {})
    tags = {name: values[0] for name, values in mail.get("tags", {}).items() if values}
    told = _what(detail)
    if told is None or not {"org", "debtor", "message_id"} <= tags.keys():
        return
    state, code, permanent = told
    yield Receipt(
        tags["org"], tags["debtor"], tags["message_id"], state, _at(detail),
        mail.get("messageId", ""), code, Channel.EMAIL, int(tags.get("attempt", "0")), permanent,
    )  # fmt: skip


def _at(detail: dict[str, Any]) -> datetime:
    own = detail.get(detail.get("eventType", "").lower()) or {}
    return datetime.fromisoformat(own.get("timestamp") or detail["mail"]["timestamp"])


def _what(detail: dict[str, Any]) -> What | None:
    kind = detail.get("eventType", "")
    if kind == "Bounce":
        return _bounce(detail.get("bounce", {}))
    if kind == "Complaint":
        return _complaint(detail.get("complaint", {}))
    state = _STATES.get(kind)
    reason = (detail.get("reject") or {}).get("reason") or kind
    return (state, reason if state is MessageState.FAILED else "", False) if state else None


def _bounce(bounce: dict[str, Any]) -> What | None:
    kind, part = bounce.get("bounceType", "Undetermined"), bounce.get("bounceSubType", "")
    code = f"{kind}/{part}"
    if kind != "Transient":
        return MessageState.BOUNCED, code, kind == "Permanent"
    actions = {one.get("action", "") for one in bounce.get("bouncedRecipients", ())}
    given_up = part in _GIVEN_UP or "failed" in actions
    return (MessageState.BOUNCED, code, False) if given_up else None


def _complaint(complaint: dict[str, Any]) -> What | None:
    kind = complaint.get("complaintFeedbackType") or "abuse"
    if complaint.get("complaintSubType") == _ON_LIST:
        return MessageState.BOUNCED, f"Complaint/{_ON_LIST}", True
    return None if kind == _NO_SPAM else (MessageState.COMPLAINED, kind, False)
