"""HTTP under /v1/credit-checks: may this buyer pay later?"""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

from aws_lambda_powertools.event_handler.openapi.params import Body, Path

from kasstroom.credit import usecases
from kasstroom.credit.asking import CreditCheck
from kasstroom.credit.deciding import Asked
from kasstroom.credit.policies import wants_data
from kasstroom.credit.restricted import sees_lists
from kasstroom.credit.views import DecisionView, decision_view
from kasstroom.ids import digest, new_id
from kasstroom.organisations.model import Language
from kasstroom.settle import settle
from kasstroom_aws.books import Exists
from kasstroom_aws.deployment import books, now
from kasstroom_aws.entrypoints import count, http
from kasstroom_aws.http import actor_of, fingerprint_of, key_given, organisation_of, reply
from kasstroom_aws.live import ground_of, live_policies
from kasstroom_aws.shapes import to_plain

app, handler = http()
Id = Annotated[str, Path(max_length=64)]


def grounds() -> Any:
    return partial(ground_of, books())


def sees_all() -> bool:
    return sees_lists(actor_of(app))


def newcomer(*facts: Any) -> Any:
    """Loaded for a buyer we do not know, not with every start."""
    from kasstroom.debtors import newcomers

    return newcomers.newcomer(books(), *facts)


def with_fresh_data(org: str, asked: Asked, newcomer: Any) -> Asked:
    """Loaded where a policy asks for it: most checkouts ask no register anything."""
    from kasstroom.credit.fresh_data import refreshed
    from kasstroom.settings import ScreeningFunctionSettings
    from kasstroom_aws.asking import asking

    ask = asking(ScreeningFunctionSettings.from_env(), org)
    policies = live_policies(books(), org)
    return refreshed(books(), org, asked, policies, newcomer=newcomer, ask=ask)


@app.post("/v1/credit-checks", summary="May this buyer pay later?", status_code=201)
def check(body: Annotated[CreditCheck, Body()]) -> DecisionView:
    org, at = organisation_of(app), now()
    request_id = digest(key_given(app) or new_id("req", at))
    asked = Asked(body, request_id, fingerprint_of(app), at)
    known_by = {"grounds": grounds(), "newcomer": partial(newcomer, org, at)}
    if wants_data(live_policies(books(), org)):
        asked = with_fresh_data(org, asked, known_by["newcomer"])
    try:
        decision = settle(books(), lambda: usecases.check(books(), org, asked, **known_by))
    except Exists:
        decision = usecases.earlier(books(), org, request_id, asked.fingerprint)
    count(f"CreditCheck_{decision.outcome}")
    said = decision_view(decision, body.language or Language.NL, sees_lists=sees_all())
    return reply(to_plain(said), 201)


@app.get("/v1/credit-checks/<id>", summary="A decision as it was made, and what a person said")
def decision(id: Id) -> DecisionView:
    from kasstroom.credit.reviewed import with_review

    made = usecases.decision_of(books(), organisation_of(app), id)
    return reply(to_plain(with_review(books(), made, sees_lists=sees_all())))
