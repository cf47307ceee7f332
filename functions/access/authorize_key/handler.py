"""Who calls: the API key in `Authorization: Bearer`, looked up by its hash.

It never denies by itself: the function called answers 401 or 403 with a problem document, which
the gateway cannot do.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from kasstroom.access.model import ApiKey, usable
from kasstroom.ids import digest
from kasstroom.settings import ModeSettings, TableSettings
from kasstroom_aws.books import BooksTable
from kasstroom_aws.entrypoints import authorizer

UNKNOWN = {"allowed": "no"}


@cache
def books() -> BooksTable:
    return BooksTable(TableSettings.from_env())


def identify(bearer: str) -> dict[str, Any]:
    key = books().find(ApiKey, "", id=digest(bearer)) if bearer else None
    if key is None or not usable(key, ModeSettings.from_env().mode):
        return UNKNOWN
    return {
        "allowed": "yes",
        "org": key.org,
        "key": key.name,
        "scopes": " ".join(key.scopes),
        "roles": " ".join(key.roles),
    }


handler = authorizer(identify)
