"""The control page: what happened at the providers, and the knobs that make them misbehave."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from kasstroom.time import Clock
from kasstroom_sandbox.pages import language_of, page, stylesheet
from kasstroom_sandbox.psp import knobs
from kasstroom_sandbox.psp.checkout import found_in
from kasstroom_sandbox.psp.knobs import Knobs
from kasstroom_sandbox.psp.provider import Document, Provider
from kasstroom_sandbox.psp.tills import ACTIONS, Till
from kasstroom_sandbox.web import (
    Request,
    Response,
    Site,
    json_object,
    json_response,
    problem,
    redirect,
)

SHOWN = 25


def add_routes(site: Site, provider: Provider, tills: Sequence[Till], clock: Clock) -> None:
    desk = ControlDesk(provider, tills, clock)
    site.route("GET", "/psp", desk.show)
    site.route("GET", "/psp/sandbox.css", stylesheet)
    site.route("GET", "/psp/knobs", desk.knobs)
    site.route("PUT", "/psp/knobs", desk.turn)
    site.route("POST", "/psp/knobs", desk.turn_by_form)
    site.route("POST", "/psp/settlements", desk.pay_out)
    site.route("GET", "/psp/payments/{id}", desk.payment)
    site.route("POST", "/psp/payments/{id}/webhook", desk.send_webhook)
    site.route("POST", "/psp/payments/{id}/{action}", desk.act)


class ControlDesk:
    def __init__(self, provider: Provider, tills: Sequence[Till], clock: Clock) -> None:
        self._provider, self._tills, self._clock = provider, tills, clock

    def show(self, request: Request) -> Response:
        found = [view for till in self._tills for view in till.views(SHOWN)]
        found.sort(key=lambda view: view["createdAt"], reverse=True)
        payments = [self._row(view) for view in found[:SHOWN]]
        current = knobs.load(self._provider.store)
        if _wants_json(request):
            return json_response(200, {"knobs": asdict(current), "payments": payments})
        return page(
            "psp.html",
            language_of(request),
            knobs=current,
            turned=current != Knobs(),
            failures=knobs.FAILURES,
            payments=payments,
            now=self._clock(),
            instant=datetime.fromisoformat,
        )

    def knobs(self, request: Request) -> Response:
        return json_response(200, asdict(knobs.load(self._provider.store)))

    def turn(self, request: Request) -> Response:
        """Turns the named knobs only; `{}` leaves all as they are."""
        wishes = json_object(request.body)
        if wishes is None:
            raise problem(400, 'Send a JSON object, like {"duplicates": 2}.')
        turned = knobs.turned(knobs.load(self._provider.store), wishes)
        knobs.save(self._provider.store, turned)
        return json_response(200, asdict(turned))

    def turn_by_form(self, request: Request) -> Response:
        reset = "reset" in request.form
        wishes = {} if reset else knobs.from_form(request.form)
        knobs.save(self._provider.store, knobs.turned(Knobs(), wishes))
        return redirect("/psp")

    def payment(self, request: Request, id: str) -> Response:
        found = found_in(self._tills, id)
        if found is None:
            return page("checkout_unknown.html", language_of(request), status_code=404)
        till, view = found
        row = self._row(view) | {"api": till.api(id)}
        if _wants_json(request):
            return json_response(200, row)
        return page(
            "psp_payment.html",
            language_of(request),
            row=row,
            api_text=json.dumps(row["api"], indent=2, ensure_ascii=False),
            instant=datetime.fromisoformat,
        )

    def send_webhook(self, request: Request, id: str) -> Response:
        """Sends one more webhook, at once: a lost one that arrives after all."""
        self._till(id).send_webhook(id)
        return redirect(f"/psp/payments/{id}")

    def act(self, request: Request, id: str, action: str) -> Response:
        """A refund made on the provider's own pages, a refund that bounces (`of`: which), a
        chargeback, and its reversal; `amount` is all that is left unless given."""
        if action not in ACTIONS:
            raise problem(404, f"There is nothing at {request.path}.")
        self._till(id).act(id, action, request.form)
        return redirect(f"/psp/payments/{id}")

    def pay_out(self, request: Request) -> Response:
        """Both providers pay out what is theirs to pay out."""
        made = [id for till in self._tills for id in till.pay_out()]
        return json_response(200, {"made": made}) if _wants_json(request) else redirect("/psp")

    def _till(self, id: str) -> Till:
        found = found_in(self._tills, id)
        if found is None:
            raise problem(404, "There is no such payment.")
        return found[0]

    def _row(self, view: Document) -> Document:
        names = (
            "id mode createdAt amount description metadata webhookUrl provider left refunds "
            "chargebacks".split()
        )
        url = f"{self._provider.sandbox_url}/checkout/{view['id']}"
        return {name: view[name] for name in names} | {
            "status": view["shown"],
            "checkout_url": url,
            "webhooks": self._provider.ledger.deliveries(view["id"]),
        }


def _wants_json(request: Request) -> bool:
    return request.query.get("format") == "json" or not request.accepts_html
