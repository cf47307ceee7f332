"""Who may call what: every route and every page of the desk, for every role, against a table that
somebody wrote by hand (`authorisation.csv`). A new route without a line fails here.

yes: may call; no: 403 with who may; open: no key and no session is asked.
"""

from __future__ import annotations

import ast
import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kasstroom.access.model import ApiKey, Role, covers
from kasstroom.access.roles import may
from kasstroom_aws.entrypoints import http
from kasstroom_pages.desk_door import SIGNED_IN, SIGNED_OUT

ROOT = Path(__file__).parents[2]
TABLE = Path(__file__).with_name("authorisation.csv")
WHO = ("no_key", "machine", *Role)
PUBLIC = {
    "GET /desk/login", "POST /desk/login", "POST /desk/logout", "GET /desk/sign-in",
    "GET /desk/signed-in", "GET /desk/sign-out", "GET /desk/signed-out", "GET /desk/assets/{name}",
}  # fmt: skip
"""The door itself, and files that say nothing of anybody."""


def lines() -> dict[str, dict[str, str]]:
    with TABLE.open(newline="") as file:
        return {line["route"]: line for line in csv.DictReader(file)}


def routes() -> Iterator[str]:
    """What the contract promises, and what the gateway opens for the desk."""
    spec = json.loads((ROOT / "functions" / "docs" / "api" / "openapi.json").read_text())
    for path, methods in spec["paths"].items():
        for method in methods.keys() & {"get", "head", "post", "put", "patch", "delete"}:
            yield f"{method.upper()} {path}"
    yield from opened()


def opened() -> Iterator[str]:
    """Routes without a key of the pages that ask for a session, read where they are opened."""
    for file in (ROOT / "infra" / "capabilities").glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                method, _, path = node.value.partition(" ")
                if method in ("GET", "POST", "HEAD") and path.startswith("/desk"):
                    yield node.value
    yield from (f"GET {SIGNED_IN}", f"GET {SIGNED_OUT}")


LINES = lines()
ROUTES = sorted(set(routes()))


def concrete(route: str) -> tuple[str, str]:
    """A method and a path with something in every place."""
    method, path = route.split(" ")
    return method, "/".join("x1" if part.startswith("{") else part for part in path.split("/"))


def test_every_route_has_a_line_and_every_line_a_route():
    assert sorted(LINES) == ROUTES


def test_the_public_ones_are_these():
    assert {route for route, line in LINES.items() if line["no_key"] == "open"} == PUBLIC
    for route, line in LINES.items():
        assert set(line.values()) - {route} <= ({"open"} if route in PUBLIC else {"yes", "no"})


@pytest.mark.parametrize("route", [route for route in ROUTES if route not in PUBLIC])
def test_the_table_of_the_code_says_what_is_written_down(route):
    method, path = concrete(route)
    written = {who: LINES[route][who] for who in WHO}
    found = {role.value: may((role,), method, path) for role in Role}
    # A machine keeps to its scopes, and has no session at the desk.
    found |= {"no_key": False, "machine": covers(("*",), method=method, path=path)}
    if path.startswith("/desk"):
        found["machine"] = False
    assert written == {who: "yes" if found[who] else "no" for who in WHO}


@pytest.mark.parametrize("who", WHO)
def test_what_is_written_down_is_what_the_door_of_the_api_does(who):
    """All routes, through the `guarded` handler that every function has."""
    _, handler = http()
    wrong = []
    for route in (route for route in ROUTES if " /v1/" in route):
        status, code = asked(handler, route, who)
        expected = (401 if who == "no_key" else 403) if LINES[route][who] == "no" else 404
        if status != expected or (status == 403 and code != "role_required"):
            wrong.append((route, status, code))
    assert wrong == []


def asked(handler: Any, route: str, who: str) -> tuple[int, str]:
    """404 is what lies behind the door: an app without routes."""
    from tests.functions.conftest import CONTEXT
    from tests.lambda_http import http_event

    event = http_event(*concrete(route), {"content-type": "application/json"})
    roles = who if who in set(Role) else ""
    known = {"allowed": "yes", "org": "vandijk", "key": who, "scopes": "*", "roles": roles}
    caller = {"allowed": "no"} if who == "no_key" else known
    event["requestContext"]["authorizer"] = {"lambda": caller}
    answer = handler(event, CONTEXT)
    return answer["statusCode"], json.loads(answer["body"])["type"].rpartition(":")[2]


def test_a_scope_counts_beside_a_role():
    """A person's key with fewer scopes may no more than those."""
    key = ApiKey("vandijk", "h", "anna", "test", ("debtors:read",), None, roles=("credit_manager",))
    assert covers(key.scopes, method="GET", path="/v1/debtors")
    assert not covers(key.scopes, method="POST", path="/v1/debtors")
