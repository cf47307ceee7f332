"""The control page: what happened at the provider, and the knobs that make it misbehave."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime

from kasstroom_sandbox.pages import language_of, page, stylesheet
from kasstroom_sandbox.psp import knobs
from kasstroom_sandbox.psp.knobs import Knobs
from kasstroom_sandbox.psp.provider import Document, Provider
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


def add_routes(site: Site, provider: Provider) -> None:
    desk = ControlDesk(provider)
    site.route("GET", "/psp", desk.show)
    site.route("GET", "/psp/sandbox.css", stylesheet)
    site.route("GET", "/psp/knobs", desk.knobs)
    site.route("PUT", "/psp/knobs", desk.turn)
    site.route("POST", "/psp/knobs", desk.turn_by_form)
    site.route("GET", "/psp/payments/{id}", desk.payment)
    site.route("POST", "/psp/payments/{id}/webhook", desk.send_webhook)


class ControlDesk:
    def __init__(self, provider: Provider) -> None:
        self._provider = provider

    def show(self, request: Request) -> Response:
        payments = [self._row(payment) for payment in self._provider.newest(SHOWN)]
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
            now=self._provider.clock(),
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
        payment = self._provider.find(id)
        if payment is None:
            return page("checkout_unknown.html", language_of(request), status_code=404)
        row = self._row(payment) | {"api": self._provider.hal(payment)}
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
        payment = self._provider.find(id)
        if payment is None:
            raise problem(404, "There is no such payment.")
        self._provider.webhooks.send(payment, Knobs())
        return redirect(f"/psp/payments/{id}")

    def _row(self, payment: Document) -> Document:
        names = ("id", "mode", "createdAt", "amount", "description", "metadata", "webhookUrl")
        url = f"{self._provider.sandbox_url}/checkout/{payment['id']}"
        return {name: payment[name] for name in names} | {
            "status": self._provider.status(payment),
            "checkout_url": url,
            "webhooks": self._provider.ledger.deliveries(payment["id"]),
        }


def _wants_json(request: Request) -> bool:
    return request.query.get("format") == "json" or not request.accepts_html
