"""The tester's side: read and turn the knobs."""

from __future__ import annotations

from dataclasses import asdict

from kasstroom_sandbox.insurer import knobs
from kasstroom_sandbox.store import Store
from kasstroom_sandbox.web import Request, Response, Site, json_object, json_response, problem


def add_routes(site: Site, store: Store) -> None:
    def show(request: Request) -> Response:
        return json_response(200, asdict(knobs.load(store)))

    def turn(request: Request) -> Response:
        wishes = json_object(request.body)
        if wishes is None:
            raise problem(422, "Send the knobs as a JSON object.")
        after = knobs.turned(knobs.load(store), wishes)
        knobs.save(store, after)
        return json_response(200, asdict(after))

    site.route("GET", "/insurer/knobs", show)
    site.route("PUT", "/insurer/knobs", turn)
