"""HTTP under /v1/screenings: what registers and bureaus say of a debtor."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Body, Path

from kasstroom.credit.model import CreditAccount
from kasstroom.screening.model import ExternalReport
from kasstroom.screening.policy import Wanted
from kasstroom.screening.ports import Sources
from kasstroom.screening.usecases import BUDGET_MS, NewScreening, planned
from kasstroom.screening.verdicts import Verdict, judged
from kasstroom.screening.views import ScreeningView, known_view, screening_view
from kasstroom.settings import RegisterSettings
from kasstroom_aws.deployment import books, now
from kasstroom_aws.entrypoints import http
from kasstroom_aws.http import actor_of, answer_once, organisation_of, reply
from kasstroom_aws.live import ground_of
from kasstroom_aws.secrets import ProviderSecrets
from kasstroom_aws.shapes import to_plain
from kasstroom_partners.wiring import sources

app, handler = http()
Number = Annotated[str, Path(max_length=64)]


@cache
def sources_of() -> Callable[[str], Sources]:
    settings = RegisterSettings.from_env()
    return sources(settings, ProviderSecrets(settings.provider_secret).provider)


@app.post("/v1/screenings", summary="Ask registers and bureaus", status_code=201)
def screen(body: Annotated[NewScreening, Body()]) -> ScreeningView:
    org, at, actor = organisation_of(app), now(), actor_of(app)
    wanted = Wanted(body.sources, body.basis, body.force)
    plan = planned(
        books(), sources_of()(org), org, body.debtor, at, BUDGET_MS, wanted, body.monitor,
        partial(ground_of, books()),
    )  # fmt: skip
    return answer_once(
        app, books(), at, plan, status=201, show=lambda made: to_plain(screening_view(made, actor))
    )


@app.get("/v1/screenings/<debtor>", summary="What is known from outside")
def known(debtor: Number) -> ScreeningView:
    org = organisation_of(app)
    account = books().get(CreditAccount, org, debtor)
    reports = {r.source: r for r in books().all_of(ExternalReport, org, debtor)}
    return reply(to_plain(known_view(debtor, account.profile, reports, actor_of(app))))


@app.post("/v1/screenings/<debtor>/verdicts", summary="A possible hit is, or is not, this debtor")
def judge(debtor: Number, body: Annotated[Verdict, Body()]) -> ScreeningView:
    org, at, actor = organisation_of(app), now(), actor_of(app)
    return answer_once(
        app,
        books(),
        at,
        lambda: judged(books(), org, debtor, body, actor, at),
        show=lambda made: to_plain(screening_view(made, actor)),
    )
