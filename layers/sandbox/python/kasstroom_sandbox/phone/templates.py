"""WhatsApp templates: registered once, filled in for each message, as Meta does."""

from __future__ import annotations

import re
from typing import Any

from kasstroom_sandbox.store import Store

_PK = "TEMPLATES"
_SLOT = re.compile(r"\{\{(\d{1,2})\}\}")


class Templates:
    def __init__(self, store: Store) -> None:
        self._store = store

    def register(self, definition: dict[str, Any]) -> bool:
        """Keeps a template under its name and language; False when it has none or no body."""
        name, language = definition.get("name"), definition.get("language")
        body, buttons = _parts(definition.get("components"))
        if not all(isinstance(one, str) and one and len(one) <= 512 for one in (name, language)):
            return False
        if not body:
            return False
        self._store.put(_PK, f"{name}#{language}", {"body": body, "buttons": buttons})
        return True

    def fill(self, template: dict[str, Any]) -> dict[str, Any]:
        """`text` and `buttons` as the phone shows them, and whether the template is `known`."""
        found = self._store.get(_PK, f"{template['name']}#{template['language']['code']}")
        values, suffixes = _given(template.get("components", []))
        if found is None:
            return {"text": "\n".join(values), "buttons": _links(suffixes), "known": False}
        buttons = [
            {"text": button["text"], "url": _filled(button["url"], suffixes.get(at, []))}
            for at, button in enumerate(found["buttons"])
        ]
        return {"text": _filled(found["body"], values), "buttons": buttons, "known": True}


def _parts(components: Any) -> tuple[str, list[dict[str, str]]]:
    body, buttons = "", []
    for part in components if isinstance(components, list) else []:
        kind = str(part.get("type")).upper() if isinstance(part, dict) else ""
        if kind == "BODY" and isinstance(part.get("text"), str):
            body = part["text"]
        if kind == "BUTTONS" and isinstance(part.get("buttons"), list):
            buttons = [_button(one) for one in part["buttons"] if isinstance(one, dict)]
    return body, buttons


def _button(button: dict[str, Any]) -> dict[str, str]:
    return {"text": str(button.get("text", "")), "url": str(button.get("url", ""))}


def _given(components: list[dict[str, Any]]) -> tuple[list[str], dict[int, list[str]]]:
    """Texts for the body, and for each button by its index."""
    values: list[str] = []
    suffixes: dict[int, list[str]] = {}
    for component in components:
        texts = [parameter["text"] for parameter in component.get("parameters", [])]
        if component["type"] == "button":
            suffixes[int(component["index"])] = texts
        else:
            values += texts
    return values, suffixes


def _filled(text: str, values: list[str]) -> str:
    def value(slot: re.Match[str]) -> str:
        at = int(slot[1]) - 1
        return values[at] if 0 <= at < len(values) else slot[0]

    return _SLOT.sub(value, text)


def _links(suffixes: dict[int, list[str]]) -> list[dict[str, str]]:
    """Without a template only a whole address can become a button."""
    found = [text for texts in suffixes.values() for text in texts]
    return [{"text": text, "url": text if text.startswith("http") else ""} for text in found]
