"""The addresses a debtor can press in a message."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

_URL = re.compile(r"https?://[^\s<>\"']+")
_CLOSERS = ".,;:!?)"


def links_of(message: dict[str, Any]) -> list[str]:
    """Every http(s) address in the text, the HTML and the buttons, each once, in order."""
    found = links_in_text(message["text"])
    if message.get("html"):
        reader = _Anchors()
        reader.feed(message["html"])
        found += reader.found
    found += [button["url"] for button in message["buttons"]]
    return list(dict.fromkeys(url for url in found if url.startswith(("http://", "https://"))))


def links_in_text(text: str) -> list[str]:
    return [match[0].rstrip(_CLOSERS) for match in _URL.finditer(text)]


def linked(text: str) -> Any:
    """The text as HTML, escaped, with its addresses as links and its line ends kept."""
    from markupsafe import Markup, escape

    html, at = Markup(""), 0
    for match in _URL.finditer(text):
        url = match[0].rstrip(_CLOSERS)
        anchor = Markup('<a href="{0}" target="_blank" rel="noopener">{0}</a>').format(url)
        html += escape(text[at : match.start()]) + anchor
        at = match.start() + len(url)
    return html + escape(text[at:])


class _Anchors(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.found += [value for name, value in attrs if name == "href" and value]
