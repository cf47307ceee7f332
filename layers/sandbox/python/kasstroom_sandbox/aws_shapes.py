"""Checks parameters against AWS's own service model, so that the sandbox cannot drift from it."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

Complaint = tuple[str, str]
"""The parameter's name and what is wrong with it."""


def complaints(service: str, operation: str, parameters: dict[str, Any]) -> list[Complaint]:
    """Empty when AWS would take the parameters; values of them are never repeated."""
    return list(_structure(_input_shape(service, operation), parameters, ""))


@cache
def _input_shape(service: str, operation: str) -> Any:
    import botocore.session

    model = botocore.session.get_session().get_service_model(service)
    return model.operation_model(operation).input_shape


def _structure(shape: Any, value: Any, path: str) -> Any:
    if not isinstance(value, dict):
        yield path or "request", "must be an object"
        return
    for name in shape.required_members:
        if value.get(name) is None:
            yield f"{path}{name}", "must not be null"
    for name, given in value.items():
        if name not in shape.members:
            yield f"{path}{name[:40]}", "is not a parameter of this operation"
        elif given is not None:
            yield from _value(shape.members[name], given, f"{path}{name}")


def _value(shape: Any, value: Any, path: str) -> Any:
    if shape.type_name == "structure":
        yield from _structure(shape, value, f"{path}.")
    elif shape.type_name == "map":
        yield from _map(shape, value, path)
    elif shape.type_name == "string":
        yield from _text(shape, value, path)
    elif shape.type_name == "blob":
        yield from _length(shape, value, path)
    elif shape.type_name == "boolean" and not isinstance(value, bool):
        yield path, "must be true or false"
    elif shape.type_name in ("integer", "long"):
        yield from _number(shape, value, path)


def _map(shape: Any, value: Any, path: str) -> Any:
    if not isinstance(value, dict):
        yield path, "must be a map"
        return
    yield from _length(shape, value, path)
    for name, given in value.items():
        yield from _value(shape.key, name, f"{path}.key")
        yield from _value(shape.value, given, f"{path}.value")


def _text(shape: Any, value: Any, path: str) -> Any:
    if not isinstance(value, str):
        yield path, "must be a string"
        return
    yield from _length(shape, value, path)
    pattern, choices = shape.metadata.get("pattern"), shape.metadata.get("enum")
    if pattern and not re.fullmatch(pattern, value):
        yield path, f"must satisfy the pattern {pattern}"
    if choices and value not in choices:
        yield path, f"must be one of {', '.join(choices)}"


def _length(shape: Any, value: Any, path: str) -> Any:
    lowest, highest = shape.metadata.get("min", 0), shape.metadata.get("max")
    if len(value) < lowest:
        yield path, f"must have a length of {lowest} or more"
    if highest is not None and len(value) > highest:
        yield path, f"must have a length of {highest} or less"


def _number(shape: Any, value: Any, path: str) -> Any:
    if not isinstance(value, int) or isinstance(value, bool):
        yield path, "must be a whole number"
        return
    lowest, highest = shape.metadata.get("min", value), shape.metadata.get("max", value)
    if not lowest <= value <= highest:
        yield path, f"must be between {lowest} and {highest}"
