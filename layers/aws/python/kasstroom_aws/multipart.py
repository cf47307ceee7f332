"""A file sent to us: as the body itself, or as the one file of a multipart form."""

from __future__ import annotations

from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any

from kasstroom.errors import Refused
from kasstroom_aws.forms import body_bytes


def file_in(event: Any, filename: str) -> tuple[str, bytes | None]:
    """Name and content; None without a body: the caller asks where to upload."""
    body = body_bytes(event)
    content_type = (event.headers or {}).get("content-type", "")
    if not content_type.lower().startswith("multipart/form-data"):
        return filename, body or None
    head = f"Content-Type: {content_type}\r\nMIME-Version: 1.0\r\n\r\n".encode("latin-1", "replace")
    form = BytesParser(EmailMessage, policy=HTTP).parsebytes(head + body)
    files = [part for part in form.iter_parts() if part.get_filename()]
    if len(files) != 1:
        raise Refused("one_file", "Send one file in the form.", "/body/file")
    name = files[0].get_filename() or filename
    return name, files[0].get_payload(decode=True) or b""
