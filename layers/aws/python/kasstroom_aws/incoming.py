"""The JSON of a request as it comes in: read once, its text put in one form, or refused."""

from __future__ import annotations

import json
from typing import Any

from aws_lambda_powertools.event_handler.openapi.exceptions import RequestValidationError

from kasstroom.text import FORBIDDEN, has_unseen, normal

OF_LINES = frozenset({"note", "reason"})
"""Fields that a person writes a few lines in; the others are one line."""
_TOLD = "This text has a character that nobody can see, such as a control character; leave it out."


def loads(text: str) -> Any:
    """JSON that Python will not read is no JSON to us either: brackets without end, or a number of
    thousands of digits. Text comes out in NFC; RequestValidationError points at each text that has
    a character nobody can see."""
    found: list[dict[str, Any]] = []
    try:
        read = _tidy(json.loads(text), ("body",), found)
    except json.JSONDecodeError:
        raise
    except (RecursionError, ValueError) as error:
        raise json.JSONDecodeError(str(error), "", 0) from error
    if found:
        raise RequestValidationError(found)
    return read


def _tidy(value: Any, where: tuple[str | int, ...], found: list[dict[str, Any]]) -> Any:
    match value:
        case str():
            return _text(value, where, found, lines=where[-1] in OF_LINES)
        case dict():
            return {
                _text(key, (*where, key), found): _tidy(inside, (*where, key), found)
                for key, inside in value.items()
            }
        case list():
            return [_tidy(one, (*where, n), found) for n, one in enumerate(value)]
    return value


def _text(
    text: str, where: tuple[str | int, ...], found: list[dict[str, Any]], *, lines: bool = False
) -> str:
    text = normal(text)
    if has_unseen(text, lines=lines):
        found.append({"type": FORBIDDEN, "loc": where, "msg": _TOLD})
    return text
