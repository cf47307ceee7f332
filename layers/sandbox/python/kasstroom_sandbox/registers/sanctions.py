"""Sanctions lists behind a search service in the form of yente; every entry is made up."""

from __future__ import annotations

from typing import Any

from kasstroom_sandbox.web import Request, Response, json_response


def _entry(id: str, names: list[str], country: str, list_: str, born: str = "") -> dict[str, Any]:
    told: dict[str, Any] = {"name": names[:1], "alias": names[1:], "country": [country]}
    if born:
        told["birthDate"] = [born]
    kind = "Person" if born else "Company"
    return {
        "id": id, "caption": names[0], "schema": kind, "properties": told, "datasets": [list_],
    }  # fmt: skip


ENTRIES = (
    _entry("NK-sandbox-1", ["Severny Kapital Bank JSC", "Severny Kapital"], "ru", "eu_fsf"),
    _entry("NK-sandbox-2", ["Wagenaar Militair Bedrijf"], "sy", "un_sc_sanctions"),
    _entry("NK-sandbox-3", ["Ivan Petrovich Sokolov"], "ru", "eu_fsf", "1970-03-12"),
    _entry("NK-sandbox-4", ["Hofstad Netwerk Cel"], "nl", "nl_terrorism_list"),
)


def search(request: Request) -> Response:
    """Every entry that shares the beginning of a word with the question."""
    asked = [word[:4] for word in request.query.get("q", "").lower().split() if len(word) > 2]
    found = [entry for entry in ENTRIES if any(start in _text(entry) for start in asked)]
    body = {"total": {"value": len(found), "relation": "eq"}, "results": found}
    return json_response(200, body | {"limit": 50, "offset": 0})


def _text(entry: dict[str, Any]) -> str:
    names = (*entry["properties"]["name"], *entry["properties"]["alias"])
    return " ".join(names).lower()
