"""Stripe's way of writing objects and lists in a form: `line_items[0][price_data][currency]`."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qsl

from kasstroom_sandbox.stripe.errors import stripe_error, wrong

_NAME = re.compile(r"([^\[\]]+)((?:\[[^\[\]]*\])*)")
_PART = re.compile(r"\[([^\[\]]*)\]")
_DEEPEST, _MOST = 8, 500


def nested(text: str) -> dict[str, Any]:
    """The fields as objects; what has numbers for names is a list, in their order."""
    try:
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=_MOST)
    except ValueError:
        raise stripe_error(400, "The body has too many fields.") from None
    found: dict[str, Any] = {}
    for name, value in pairs:
        matched = _NAME.fullmatch(name)
        if matched is None or name.count("[") > _DEEPEST:
            raise stripe_error(400, f"Invalid parameter name: {name[:60]}", param=name[:60])
        _put(found, [matched[1], *_PART.findall(matched[2])], value)
    return _lists(found)


def _put(into: dict[str, Any], path: list[str], value: str) -> None:
    for part in path[:-1]:
        into = into.setdefault(part, {})
        if not isinstance(into, dict):
            raise stripe_error(400, f"Invalid parameter: {path[0][:60]}", param=path[0][:60])
    into[path[-1] or str(len(into))] = value


def _lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if value and all(name.isascii() and name.isdigit() for name in value):
        return [_lists(value[name]) for name in sorted(value, key=int)]
    return {name: _lists(one) for name, one in value.items()}


def whole(value: Any, name: str) -> int:
    """A whole number of a form; 0 when it is not there."""
    if value in (None, ""):
        return 0
    if not isinstance(value, str) or not value.isascii() or not value.isdigit() or len(value) > 12:
        raise wrong(name, f"Invalid integer: {str(value)[:40]}")
    return int(value)
