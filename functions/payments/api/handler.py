"""HTTP under /v1/payment-links: ask for money."""

from __future__ import annotations

from typing import Annotated, Any

from aws_lambda_powertools.event_handler.openapi.params import Body, Path, Query

from kasstroom.ids import new_token
from kasstroom.payments import link_detail, links, views
from kasstroom.payments.link_detail import LinkDetail
from kasstroom.payments.link_listing import link_page
from kasstroom.payments.links import IssuedLink
from kasstroom.payments.views import LinkPage, LinkStatus, LinkView, NewLinkView, NewPaymentLink
from kasstroom.settings import PublicSettings
from kasstroom_aws.cached import organisation
from kasstroom_aws.deployment import books, now
from kasstroom_aws.entrypoints import http
from kasstroom_aws.http import CURSOR, answer_once, organisation_of, reply
from kasstroom_aws.shapes import to_plain
from kasstroom_pages.paper import paper
from kasstroom_pages.qr import link_qr_svg

app, handler = http()
Id = Annotated[str, Path(max_length=64)]
Limit = Annotated[int, Query(ge=1, le=100)]
Cursor = Annotated[str, Query(pattern=CURSOR)]


def _opens(plan: Any, status: int) -> Any:
    """Answers with the address of a link; it is shown this once."""
    org, at, token = organisation_of(app), now(), new_token()

    def show(issued: IssuedLink) -> Any:
        public_url = PublicSettings.from_env().public_url
        url = f"{public_url}/p/{issued.token}"
        letter = paper(organisation(books(), org), issued, public_url)
        return to_plain(views.new_link_view(issued.link, at, url, link_qr_svg(url), letter))

    return answer_once(
        app, books(), at, lambda: plan(books(), org, token=token, now=at), status=status, show=show
    )


def _ends(use: Any, id: str) -> Any:
    org, at = organisation_of(app), now()
    return answer_once(
        app, books(), at, lambda: use(books(), org, id, at),
        show=lambda link: to_plain(views.link_view(link, at)),
    )  # fmt: skip


@app.post("/v1/payment-links", summary="A link to pay one or many invoices", status_code=201)
def create(body: Annotated[NewPaymentLink, Body()]) -> NewLinkView:
    return _opens(lambda books, org, **more: views.created(books, org, body, **more), 201)


@app.get("/v1/payment-links", summary="Payment links, the newest first")
def listed(
    debtor: Annotated[str, Query(max_length=64)] = "",
    state: Annotated[LinkStatus | None, Query()] = None,
    limit: Limit = 50,
    cursor: Cursor = "",
) -> LinkPage:
    org = organisation_of(app)
    page = link_page(books(), org, debtor=debtor, state=state, after=cursor, limit=limit, now=now())
    return reply(to_plain(page))


@app.get("/v1/payment-links/<id>", summary="A payment link and its state")
def show(id: Id) -> LinkDetail:
    return reply(to_plain(link_detail.shown(books(), organisation_of(app), id, now())))


@app.delete("/v1/payment-links/<id>", summary="Revoke a link: it opens nothing any more")
def revoke(id: Id) -> LinkView:
    return _ends(links.revoke, id)


@app.post("/v1/payment-links/<id>/reissue", summary="A new address; the old one opens nothing")
def reissue(id: Id) -> NewLinkView:
    return _opens(lambda books, org, **more: links.renew(books, org, id, **more), 200)


@app.post("/v1/payment-links/<id>/archive", summary="Out of the list; an open link ends with it")
def archive(id: Id) -> LinkView:
    return _ends(links.archive, id)
