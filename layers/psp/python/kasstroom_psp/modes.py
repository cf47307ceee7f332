"""Test money and live money never mix: a key tells its mode, and so does the environment."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kasstroom.errors import Refused


def api_key_of(credentials: Mapping[str, str], mode: str, form: re.Pattern[str], name: str) -> str:
    """The key, after checking that it is one and of `mode`. `form` has the mode as its first group.
    No text of an error repeats any of the key."""
    key = credentials.get("api_key", "").strip()
    found = form.fullmatch(key)
    if found is None:
        raise Refused("provider_credentials", f"The {name} API key has not the form of one.")
    if found[1] != mode:
        detail = f"The {name} API key is a {found[1]} key; this environment is {mode}."
        raise Refused("wrong_mode", detail)
    return key
