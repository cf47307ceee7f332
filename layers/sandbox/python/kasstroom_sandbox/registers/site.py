"""All registers of the sandbox under `/registers`, with their desk of knobs and companies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict

from kasstroom.settings import SandboxSettings
from kasstroom.time import Clock, iso
from kasstroom_sandbox.registers import knobs, sanctions
from kasstroom_sandbox.registers.cir import CirApi
from kasstroom_sandbox.registers.companies import Companies
from kasstroom_sandbox.registers.creditsafe import CreditsafeApi
from kasstroom_sandbox.registers.kvk import KvkApi
from kasstroom_sandbox.registers.vies import ViesApi
from kasstroom_sandbox.store import Store
from kasstroom_sandbox.web import Request, Response, Site, json_object, json_response, problem

_RATED = {"rating", "score", "limit"}


def registers_site(settings: SandboxSettings, clock: Clock) -> Site:
    site, store = Site(), Store(settings.sandbox_table)
    companies = Companies(store)
    bureau = CreditsafeApi(companies, store, settings.webhook_queue_url, settings.sandbox_url)

    def serve(register: str, method: str, path: str, view: Callable[..., Response]) -> None:
        def answer(request: Request, **parts: str) -> Response:
            knobs.misbehave(store, register)
            return view(request, **parts)

        site.route(method, f"/registers/{register}{path}", answer)

    kvk, vies, cir = KvkApi(companies), ViesApi(companies, clock), CirApi(companies)
    serve("kvk", "GET", "/api/v2/zoeken", kvk.search)
    serve("kvk", "GET", "/api/v1/basisprofielen/{kvk}", kvk.profile)
    serve("vies", "POST", "/check-vat-number", vies.check)
    serve("cir", "POST", "/searchUndertaking", cir.undertakings)
    serve("cir", "POST", "/searchNaturalPerson", cir.people)
    serve("sanctions", "GET", "/search/sanctions", sanctions.search)
    serve("creditsafe", "POST", "/v1/authenticate", bureau.authenticate)
    serve("creditsafe", "GET", "/v1/companies", bureau.search)
    serve("creditsafe", "GET", "/v1/companies/{id}", bureau.report)
    portfolio = "/v1/monitoring/portfolios/{portfolio}/companies"
    serve("creditsafe", "POST", portfolio, bureau.watch)
    serve("creditsafe", "DELETE", f"{portfolio}/{{id}}", bureau.unwatch)
    _desk(site, store, companies, bureau, clock)
    return site


def _desk(
    site: Site, store: Store, companies: Companies, bureau: CreditsafeApi, clock: Clock
) -> None:
    """What the tester uses: see and change companies, turn knobs."""

    def show(request: Request) -> Response:
        known = [asdict(company) for company in companies.all()]
        return json_response(200, {"knobs": asdict(knobs.load(store)), "companies": known})

    def turn(request: Request) -> Response:
        turned = knobs.turned(knobs.load(store), _object(request))
        knobs.save(store, turned)
        return json_response(200, asdict(turned))

    def change(request: Request, kvk: str) -> Response:
        """A new rating, score or limit is dated now, unless `rated_at` says otherwise, and told to
        whoever watches."""
        wishes = _object(request)
        rated = bool(_RATED & wishes.keys())
        if rated:
            wishes = {"rated_at": iso(clock())} | wishes
        company = companies.change(kvk, wishes)
        told = bureau.notify(company) if rated else 0
        return json_response(200, asdict(company) | {"notifications": told})

    site.route("GET", "/registers", show)
    site.route("PUT", "/registers/knobs", turn)
    site.route("PATCH", "/registers/companies/{kvk}", change)


def _object(request: Request) -> dict:
    wishes = json_object(request.body)
    if wishes is None:
        raise problem(400, 'Send a JSON object, like {"rating": "D"}.')
    return wishes
