"""E-mails as the embedded AWS kept them: decoded, with the environment's clock."""

from __future__ import annotations

import hashlib
import json
import logging
import urllib.request
from datetime import UTC, datetime, timedelta
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from typing import Any

from kasstroom_sandbox.phone.inbox import Document

_PATH = "/_ministack/ses/messages"


class Outbox:
    """The messages SES accepted, by the embedded AWS's own inspection address."""

    def __init__(self, embedded_aws_url: str) -> None:
        self._url = embedded_aws_url.rstrip("/") + _PATH

    def newest(self, clock_steps: list[Document]) -> list[Document] | None:
        """E-mails, or None when the outbox cannot be read."""
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(self._url, timeout=5) as answer:
                accounts = json.load(answer)["messages"]
            found = [record for records in accounts.values() for record in records]
            return [read_email(record, clock_steps) for record in found]
        except (OSError, ValueError, KeyError, AttributeError, TypeError):
            logging.getLogger(__name__).exception("the outbox of the embedded AWS gave no list")
            return None


def read_email(record: dict[str, Any], clock_steps: list[Document]) -> Document:
    arrived = float(record["Timestamp"])
    recipients = [*record.get("To", []), *record.get("CC", []), *record.get("BCC", [])]
    return {
        "id": "mail_" + hashlib.sha256(record["MessageId"].encode()).hexdigest()[:26],
        "channel": "email",
        "provider_id": record["MessageId"],
        "to": ", ".join(_decoded(one) for one in recipients),
        "from": _decoded(record.get("Source") or ""),
        "subject": _decoded(record.get("Subject") or ""),
        "text": record.get("BodyText") or "",
        "html": record.get("BodyHtml") or "",
        "buttons": [],
        "context": "",
        "at": _clock_at(arrived, clock_steps).isoformat(),
        "arrived": arrived,
    }


def _decoded(header: str) -> str:
    """`=?utf-8?q?Jansen_B=2EV=2E?= <x@y>` as people read it."""
    try:
        return str(make_header(decode_header(header)))
    except (HeaderParseError, LookupError, UnicodeDecodeError, ValueError):
        return header


def _clock_at(arrived: float, steps: list[Document]) -> datetime:
    """Machine time plus how far the environment's clock ran ahead then."""
    ahead = next((step["ahead_seconds"] for step in steps if step["since"] <= arrived), 0)
    return datetime.fromtimestamp(arrived, UTC) + timedelta(seconds=ahead)
