"""Which entities the records of the books' stream are about."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import Any

from kasstroom.reports.sources import News, Source
from kasstroom_aws.items import class_of
from kasstroom_aws.keys import BODY, KIND, PK, SK


def changed(records: list[dict[str, Any]], kinds: Collection[type]) -> Iterator[News]:
    """That something became of entities of these kinds, in the order of the stream. No more is
    taken from a record than whether an invoice was settled: it is not the newest, and comes more
    than once."""
    for record in records:
        change = record["dynamodb"]
        image = change.get("NewImage", {})
        kind = class_of(image.get(KIND, {}).get("S", ""))
        if kind in kinds:
            yield News(_source(kind, change["Keys"]), _settled(image))


def _source(kind: Any, keys: dict[str, dict[str, str]]) -> Source:
    org, _, debtor = keys[PK]["S"].partition("#")[2].partition("#")
    return Source(kind, org, debtor, keys[SK]["S"].partition("#")[2])


def _settled(image: dict[str, dict[str, str]]) -> bool:
    return bool(json.loads(image[BODY]["S"]).get("settled_on"))
