"""How the core's dataclasses look as JSON: parsed, printed and described by pydantic.

The core does not know pydantic; `Money` is taught here, once, to be
`{"value": "412.30", "currency": "EUR"}` in every API, event and stored item.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import Any, TypeVar, get_args

from pydantic import TypeAdapter
from pydantic_core import PydanticCustomError, core_schema

from kasstroom.errors import KasstroomError
from kasstroom.money import Money
from kasstroom.sealed import Sealed
from kasstroom.time import Written

T = TypeVar("T")
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _parse_money(raw: Any, parse_fields: Any) -> Money:
    if isinstance(raw, Money):
        return raw
    fields = parse_fields(raw)
    try:
        return Money.parse(fields["value"], fields["currency"])
    except KasstroomError as error:
        raise PydanticCustomError(error.code, "{detail}", {"detail": error.detail}) from None


def _print_money(money: Money) -> dict[str, str]:
    return {"value": money.value, "currency": money.currency}


def _money_schema(cls: type[Money], source: Any, handler: Any) -> Any:
    text = core_schema.typed_dict_field(core_schema.str_schema(strict=True), required=True)
    fields = core_schema.typed_dict_schema(
        {"value": text, "currency": text}, extra_behavior="forbid"
    )
    return core_schema.no_info_wrap_validator_function(
        _parse_money,
        fields,
        serialization=core_schema.plain_serializer_function_ser_schema(_print_money),
    )


def _money_json_schema(cls: type[Money], schema: Any, handler: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "title": "Money",
        "description": "An amount as a decimal string, never a float, and its ISO 4217 currency.",
        "properties": {
            "value": {"type": "string", "pattern": r"^-?\d{1,15}(\.\d{1,4})?$"},
            "currency": {"type": "string", "pattern": "^[A-Z]{3}$"},
        },
        "required": ["value", "currency"],
        "additionalProperties": False,
        "examples": [{"value": "412.30", "currency": "EUR"}],
    }


Money.__get_pydantic_core_schema__ = classmethod(_money_schema)  # type: ignore[attr-defined]
Money.__get_pydantic_json_schema__ = classmethod(_money_json_schema)  # type: ignore[attr-defined]


def _written_only(raw: Any) -> Any:
    if isinstance(raw, date) or (isinstance(raw, str) and _ISO.match(raw)):
        return raw
    raise PydanticCustomError("invalid_date", "Write it as yyyy-mm-dd (ISO 8601).")


def _written_schema(self: Written, source: Any, handler: Any) -> Any:
    return core_schema.no_info_before_validator_function(_written_only, handler(source))


Written.__get_pydantic_core_schema__ = _written_schema  # type: ignore[attr-defined]


def _sealed_schema(cls: type[Sealed[Any]], source: Any, handler: Any) -> Any:
    """The text of what is inside, so that reading an item does not read what nobody opens."""
    (kind,) = get_args(source)

    def sealed(raw: Any) -> Sealed[Any]:
        if isinstance(raw, Sealed):
            return raw
        if isinstance(raw, str):
            return Sealed(text=raw, read=lambda text: from_json(kind, text))
        raise PydanticCustomError("sealed", "A sealed value is its own text.")

    return core_schema.no_info_plain_validator_function(
        sealed,
        serialization=core_schema.plain_serializer_function_ser_schema(
            lambda value: value.text or to_json(value.open())
        ),
    )


Sealed.__get_pydantic_core_schema__ = classmethod(_sealed_schema)  # type: ignore[attr-defined]


@cache
def adapter(kind: type[T]) -> TypeAdapter[T]:
    """Built once per type, on first use: building is what costs."""
    return TypeAdapter(kind)


def to_json(value: Any) -> str:
    return adapter(type(value)).dump_json(value).decode()


def to_plain(value: Any) -> Any:
    """JSON-ready Python values."""
    return adapter(type(value)).dump_python(value, mode="json")


def from_json(kind: type[T], text: str) -> T:
    return adapter(kind).validate_json(text)
