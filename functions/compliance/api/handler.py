"""HTTP under /v1/calculations: the law as a calculator. Nothing of a request is kept, so an
Idempotency-Key is welcome and changes nothing."""

from __future__ import annotations

from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Body

from kasstroom.compliance.allocation_calculation import (
    AllocationAsked,
    AllocationCalculation,
    allocation_calculation,
)
from kasstroom.compliance.costs_calculation import CostsAsked, CostsCalculation, costs_calculation
from kasstroom.compliance.interest_calculation import (
    InterestAsked,
    InterestCalculation,
    interest_calculation,
)
from kasstroom.compliance.letter_calculation import (
    LetterAsked,
    LetterCalculation,
    letter_calculation,
)
from kasstroom.compliance.rates_calculation import RatesView, rates_view
from kasstroom.compliance.reference_calculation import (
    ReferenceAsked,
    ReferenceCalculation,
    reference_calculation,
)
from kasstroom.time import day_of
from kasstroom_aws import deployment
from kasstroom_aws.entrypoints import http
from kasstroom_aws.http import reply
from kasstroom_aws.shapes import to_plain

app, handler = http()


@app.post("/v1/calculations/collection-costs", summary="What collection may cost the debtor")
def costs(body: Annotated[CostsAsked, Body()]) -> CostsCalculation:
    return reply(to_plain(costs_calculation(body)))


@app.post("/v1/calculations/interest", summary="Interest over late money, day by day")
def interest(body: Annotated[InterestAsked, Body()]) -> InterestCalculation:
    return reply(to_plain(interest_calculation(body)))


@app.post("/v1/calculations/allocation", summary="Which debt a payment pays, and what of it")
def allocation(body: Annotated[AllocationAsked, Body()]) -> AllocationCalculation:
    return reply(to_plain(allocation_calculation(body)))


@app.post("/v1/calculations/fourteen-day-letter", summary="From when a consumer owes costs")
def letter(body: Annotated[LetterAsked, Body()]) -> LetterCalculation:
    return reply(to_plain(letter_calculation(body)))


@app.post("/v1/calculations/payment-reference", summary="Make or check a payment reference")
def reference(body: Annotated[ReferenceAsked, Body()]) -> ReferenceCalculation:
    return reply(to_plain(reference_calculation(body)))


@app.get("/v1/calculations/rates", summary="The statutory rates, and whether they are up to date")
def rates() -> RatesView:
    return reply(to_plain(rates_view(day_of(deployment.now()))))
