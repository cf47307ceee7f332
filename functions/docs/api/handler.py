"""The API's description at /openapi.json and the page to try it at /docs."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from aws_lambda_powertools.event_handler import Response

from kasstroom.errors import NotFound
from kasstroom_aws.entrypoints import http
from kasstroom_aws.http import reply
from kasstroom_aws.swagger import swagger_file
from kasstroom_pages.assets import ASSET_CACHE, asset
from kasstroom_pages.headers import docs_headers
from kasstroom_pages.problem import docs_page

app, handler = http(public=True)


@cache
def description() -> dict[str, Any]:
    return json.loads((Path(__file__).parent / "openapi.json").read_text())


@app.get("/openapi.json", include_in_schema=False)
def openapi() -> dict[str, Any]:
    return reply(description())


@app.get("/docs", include_in_schema=False)
def page() -> Response:
    headers = docs_headers()
    return Response(200, headers.pop("Content-Type"), docs_page(), headers=headers)


@app.get("/docs/<name>", include_in_schema=False)
def file(name: str) -> Response:
    found = swagger_file(name) or asset(name)
    if found is None:
        raise NotFound("no_such_file", "There is no such file.")
    content, content_type = found
    return Response(200, content_type, content.decode(), headers={"Cache-Control": ASSET_CACHE})
