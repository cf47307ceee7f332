"""What Stripe lists: filtered, newest first, page after page."""

from __future__ import annotations

from typing import Any

from kasstroom_sandbox.stripe.books import Document, shown
from kasstroom_sandbox.stripe.errors import wrong
from kasstroom_sandbox.stripe.forms import whole

_FILTERS = ("payment_intent", "charge", "status", "type")
_RANGES = ("created", "arrival_date")
_FOREVER = 10**13
MAX_LIST = 100


def page(found: list[Document], wish: Document, url: str) -> Document:
    ranges = {name: _range(name, wish[name]) for name in _RANGES if name in wish}
    kept = [
        one
        for one in found
        if _matches(one, wish) and all(one[name] in within for name, within in ranges.items())
    ]
    limit = whole(wish.get("limit"), "limit") or 10
    if limit > MAX_LIST:
        raise wrong("limit", f"At most {MAX_LIST}")
    after = _after(kept, wish.get("starting_after"))
    data = [shown(one) for one in after[:limit]]
    return {"object": "list", "url": url, "has_more": len(after) > limit, "data": data}


def _matches(one: Document, wish: Document) -> bool:
    for name in _FILTERS:
        if name in wish and one.get(name) != wish[name]:
            return False
    if "types" in wish and one.get("type") not in wish["types"]:
        return False
    return wish.get("payout") in (None, one.get("_payout"))


def _range(name: str, wanted: Any) -> range:
    """`created=5`, or `created[gte]=5` with its kin."""
    if not isinstance(wanted, dict):
        return range(whole(wanted, name), whole(wanted, name) + 1)
    if unknown := wanted.keys() - {"gt", "gte", "lt", "lte"}:
        raise wrong(f"{name}[{min(unknown)[:20]}]", "Unknown range")
    given = {how: whole(value, name) for how, value in wanted.items()}
    first = max(given.get("gte", 0), given.get("gt", -1) + 1)
    return range(first, min(given.get("lte", _FOREVER) + 1, given.get("lt", _FOREVER)))


def _after(kept: list[Document], id: Any) -> list[Document]:
    if not id:
        return kept
    for number, one in enumerate(kept, 1):
        if one["id"] == id:
            return kept[number:]
    raise wrong("starting_after", "No such object")
