"""HTTP under /v1/invoices: book an open item, look at one."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

from aws_lambda_powertools.event_handler.openapi.params import Body, Path

from kasstroom.invoices import adjustments
from kasstroom.invoices.adjustments import NewAdjustment, NewCharge
from kasstroom.invoices.model import Invoice
from kasstroom.invoices.usecases import NewInvoice, book, invoice_of
from kasstroom.invoices.views import InvoiceView, invoice_view
from kasstroom.mandates.collection import Collecting
from kasstroom_aws.cached import organisation
from kasstroom_aws.deployment import books, now
from kasstroom_aws.entrypoints import http
from kasstroom_aws.http import actor_of, answer_once, organisation_of, reply
from kasstroom_aws.live import ground_of
from kasstroom_aws.shapes import to_plain

app, handler = http()
Number = Annotated[str, Path(description="The invoice number", max_length=64)]


def shown(invoice: Invoice) -> Any:
    collecting = books().find(Collecting, invoice.org, invoice.debtor)
    day = collecting.day_of(invoice.number) if collecting else None
    return to_plain(invoice_view(invoice, now(), day))


@app.post("/v1/invoices", summary="Book an invoice or credit note", status_code=201)
def create(body: Annotated[NewInvoice, Body()]) -> InvoiceView:
    org = organisation_of(app)

    def plan() -> Any:
        terms_days = organisation(books(), org).terms_days
        grounds = partial(ground_of, books())
        return book(books(), org, body, terms_days=terms_days, now=now(), grounds=grounds)

    return answer_once(app, books(), now(), plan, status=201, show=shown)


def _adjusted(use: Any, number: str, body: Any) -> Any:
    """Runs a use case on one invoice for whoever asks, once."""
    org, actor, at = organisation_of(app), actor_of(app), now()
    grounds = partial(ground_of, books())
    return answer_once(
        app, books(), at, lambda: use(books(), org, number, body, actor, at, grounds),
        status=201, show=shown,
    )  # fmt: skip


@app.post("/v1/invoices/<number>/write-offs", summary="Give up what is open", status_code=201)
def write_off(number: Number, body: Annotated[NewAdjustment, Body()]) -> InvoiceView:
    return _adjusted(adjustments.give_up, number, body)


@app.post("/v1/invoices/<number>/recoveries", summary="Claim it after all", status_code=201)
def recover(number: Number, body: Annotated[NewAdjustment, Body()]) -> InvoiceView:
    return _adjusted(adjustments.claim_again, number, body)


@app.post("/v1/invoices/<number>/charges", summary="Collection costs or interest", status_code=201)
def charge(number: Number, body: Annotated[NewCharge, Body()]) -> InvoiceView:
    return _adjusted(adjustments.put_on, number, body)


@app.get("/v1/invoices/<number>", summary="One invoice with its open amount")
def show(number: Number) -> InvoiceView:
    found = invoice_of(books(), organisation_of(app), number)
    return reply(shown(found))
