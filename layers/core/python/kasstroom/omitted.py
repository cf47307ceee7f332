"""A field that the caller left out, where null means something of its own: take it away."""

from __future__ import annotations

from enum import Enum
from typing import Any


class Omitted(Enum):
    OMITTED = "omitted"


OMITTED = Omitted.OMITTED


def omitted() -> Any:
    """The default of such a field; a factory, so that it is no value in the API's description."""
    return OMITTED
