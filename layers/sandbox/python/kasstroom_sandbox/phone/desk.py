"""The page that shows every message a debtor received, as on a phone."""

from __future__ import annotations

from datetime import datetime
from email.utils import parseaddr
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from kasstroom.time import day_of
from kasstroom_sandbox.pages import language_of, page
from kasstroom_sandbox.phone.inbox import Document, reachable
from kasstroom_sandbox.phone.links import linked, links_of
from kasstroom_sandbox.phone.reading import CHANNELS, Filter, Reading, summary
from kasstroom_sandbox.web import Request, Response, json_response, problem

SHOWN = 200
RECIPIENTS_SHOWN = 40
_MAIL_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data: http://127.0.0.1:*; "
    "sandbox allow-popups allow-popups-to-escape-sandbox; frame-ancestors 'self'"
)


def show(request: Request, reading: Reading, sandbox_url: str) -> Response:
    by = Filter(request.query.get("to", "")[:200], request.query.get("channel", ""))
    if by.channel and by.channel not in CHANNELS:
        raise problem(422, f"The channel is one of: {', '.join(CHANNELS)}.")
    messages = reading.filtered(by)
    if request.query.get("format") == "json":
        return json_response(200, [summary(message, sandbox_url) for message in messages])
    asked = request.query.get("open", "")
    return page(
        "messages.html",
        language_of(request),
        status_code=404 if asked and not reading.find(asked) else 200,
        complete=reading.complete,
        days=_by_day(messages[:SHOWN]),
        filter=by,
        channels=CHANNELS,
        recipients=reading.recipients()[:RECIPIENTS_SHOWN],
        asked=asked,
        searching="find" in request.query,
        opened=_opened(reading, messages, asked),
        as_text=request.query.get("view") == "text",
        address=_address(request, by),
        instant=datetime.fromisoformat,
        linked=linked,
    )


def show_email(reading: Reading, message_id: str) -> Response:
    """The HTML of an e-mail, in a room where nothing runs and only this machine is asked."""
    message = reading.find(message_id)
    if message is None or not message.get("html"):
        raise problem(404, "There is no such e-mail, or it has no HTML part.")
    # Links of a mail leave the frame; the mail program of a debtor does the same.
    html = '<base target="_blank">' + message["html"]
    if message["html"].lstrip()[:9].lower() == "<!doctype":
        head, end, rest = message["html"].partition(">")
        html = head + end + '<base target="_blank">' + rest
    headers = {
        "content-type": "text/html; charset=utf-8",
        "content-security-policy": _MAIL_POLICY,
        "cache-control": "no-store",
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
    }
    return Response(200, html, headers)


def _opened(reading: Reading, messages: list[Document], asked: str) -> dict[str, Any] | None:
    """The message to read: the one asked for, else the newest of the list."""
    message = reading.find(asked) if asked else next(iter(messages), None)
    if message is None:
        return None
    is_mail = message["channel"] == "email"
    name, address = parseaddr(message["from"]) if is_mail else (message["from"], "")
    return {
        "sender": name or address,
        "sender_address": address,
        "message": message,
        "links": links_of(message),
        "conversation": [message] if is_mail else reading.conversation(message),
        "delivered": None if is_mail else reachable(message["to"]),
    }


def _by_day(messages: list[Document]) -> list[tuple[datetime, list[Document]]]:
    def day(message: Document) -> Any:
        return day_of(datetime.fromisoformat(message["at"]))

    days = [list(group) for _, group in groupby(messages, key=day)]
    return [(datetime.fromisoformat(group[0]["at"]), group) for group in days]


def _address(request: Request, by: Filter) -> Any:
    """Makes addresses of this page that keep the filter and the language."""
    kept = {"to": by.to, "channel": by.channel, "lang": request.query.get("lang", "")}

    def address(**changes: str) -> str:
        query = {name: value for name, value in (kept | changes).items() if value}
        return "/messages" + (f"?{urlencode(query)}" if query else "")

    return address
