"""The bank's page: the tester plays the payer and picks how the payment ends."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from kasstroom.time import Clock
from kasstroom_sandbox.pages import language_of, page, stylesheet
from kasstroom_sandbox.psp.payment import OUTCOMES
from kasstroom_sandbox.psp.provider import Document
from kasstroom_sandbox.psp.tills import Till
from kasstroom_sandbox.targets import origin
from kasstroom_sandbox.web import Request, Response, Site, problem, redirect

LEAVE_OPEN = "open"


def add_routes(site: Site, tills: Sequence[Till], clock: Clock) -> None:
    bank = Bank(tills, clock)
    site.route("GET", "/checkout/sandbox.css", stylesheet)
    site.route("GET", "/checkout/{id}", bank.show)
    site.route("POST", "/checkout/{id}", bank.choose)


def found_in(tills: Sequence[Till], id: str) -> tuple[Till, Document] | None:
    for till in tills:
        if view := till.view(id):
            return till, view
    return None


class Bank:
    def __init__(self, tills: Sequence[Till], clock: Clock) -> None:
        self._tills, self._clock = tills, clock

    def show(self, request: Request, id: str) -> Response:
        found = found_in(self._tills, id)
        if found is None:
            return page("checkout_unknown.html", language_of(request), status_code=404)
        return self._page(request, found[1])

    def choose(self, request: Request, id: str) -> Response:
        """Ends the payment as the form says and sends the payer back to the shop."""
        found = found_in(self._tills, id)
        if found is None:
            return self.show(request, id)
        till, payment = found
        outcome = request.form.get("outcome", "")
        if outcome not in (*OUTCOMES, LEAVE_OPEN):
            raise problem(422, f"The outcome is one of: {', '.join(OUTCOMES)}, {LEAVE_OPEN}.")
        if outcome == LEAVE_OPEN:
            return redirect(payment["redirectUrl"])
        if payment["status"] != "open":
            return self._page(request, payment)
        return redirect(till.end(id, outcome, request.form.get("method", "")))

    def _page(self, request: Request, payment: Document) -> Response:
        expires_at = datetime.fromisoformat(payment["expiresAt"])
        targets = [payment["redirectUrl"], payment["cancelUrl"]]
        return page(
            "checkout.html",
            language_of(request, payment["locale"] or ""),
            tuple(sorted({origin(url) for url in targets if url})),
            payment=payment,
            status=payment["status"],
            minutes_left=max(1, round((expires_at - self._clock()).total_seconds() / 60)),
            shop=origin(payment["redirectUrl"]).partition("//")[2],
        )
