"""The bank's page: the tester plays the payer and picks how the payment ends."""

from __future__ import annotations

from datetime import datetime

from kasstroom_sandbox.pages import language_of, page, stylesheet
from kasstroom_sandbox.psp import knobs
from kasstroom_sandbox.psp.payment import OUTCOMES
from kasstroom_sandbox.psp.provider import Document, Provider
from kasstroom_sandbox.targets import origin
from kasstroom_sandbox.web import Request, Response, Site, problem, redirect

LEAVE_OPEN = "open"


def add_routes(site: Site, provider: Provider) -> None:
    bank = Bank(provider)
    site.route("GET", "/checkout/sandbox.css", stylesheet)
    site.route("GET", "/checkout/{id}", bank.show)
    site.route("POST", "/checkout/{id}", bank.choose)


class Bank:
    def __init__(self, provider: Provider) -> None:
        self._provider = provider

    def show(self, request: Request, id: str) -> Response:
        payment = self._provider.find(id)
        if payment is None:
            language = language_of(request)
            return page("checkout_unknown.html", language, status_code=404)
        return self._page(request, payment)

    def choose(self, request: Request, id: str) -> Response:
        """Ends the payment as the form says and sends the payer back to the shop."""
        payment = self._provider.find(id)
        if payment is None:
            return self.show(request, id)
        outcome = request.form.get("outcome", "")
        if outcome not in (*OUTCOMES, LEAVE_OPEN):
            raise problem(422, f"The outcome is one of: {', '.join(OUTCOMES)}, {LEAVE_OPEN}.")
        if outcome == LEAVE_OPEN:
            return redirect(payment["redirectUrl"])
        if payment["status"] != "open":
            return self._page(request, payment)
        if outcome == "canceled" and knobs.load(self._provider.store).silent_cancel:
            return redirect(payment["cancelUrl"] or payment["redirectUrl"])
        self._provider.end(payment, outcome)
        back = payment["cancelUrl"] if outcome == "canceled" else None
        return redirect(back or payment["redirectUrl"])

    def _page(self, request: Request, payment: Document) -> Response:
        now = self._provider.clock()
        expires_at = datetime.fromisoformat(payment["expiresAt"])
        status = (
            payment["status"] if payment["status"] != "open" else self._provider.status(payment)
        )
        targets = [payment["redirectUrl"], payment["cancelUrl"]]
        return page(
            "checkout.html",
            language_of(request, payment["locale"] or ""),
            tuple(sorted({origin(url) for url in targets if url})),
            payment=payment,
            status=status,
            minutes_left=max(1, round((expires_at - now).total_seconds() / 60)),
            shop=origin(payment["redirectUrl"]).partition("//")[2],
        )
