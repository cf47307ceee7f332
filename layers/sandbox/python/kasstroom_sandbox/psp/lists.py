"""What Mollie lists: pages of payments, refunds, chargebacks and settlements, newest first."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from kasstroom_sandbox.psp.errors import HAL, mollie_error
from kasstroom_sandbox.psp.payment import profile_of, refund_status
from kasstroom_sandbox.psp.provider import Document, Provider
from kasstroom_sandbox.web import Request

MAX_LIST = 250
_MOST = 1000


class Lists:
    def __init__(self, provider: Provider) -> None:
        self._provider = provider
        self._url = provider.sandbox_url

    def mine(self, api_key: str) -> list[Document]:
        owner = (api_key.split("_")[0], profile_of(api_key))
        found = self._provider.newest(_MOST)
        return [one for one in found if (one["mode"], one["profileId"]) == owner]

    def all_of(self, name: str, api_key: str, *, with_payment: bool = False) -> list[Document]:
        """Refunds or chargebacks over all payments, as the API shows them."""
        shape = self.refund if name == "refunds" else self.chargeback
        made = [
            shape(p, one) | self._embedded(p, with_payment)
            for p in self.mine(api_key)
            for one in p[name]
        ]
        return sorted(made, key=lambda one: one["createdAt"], reverse=True)

    def _embedded(self, payment: Document, wanted: bool) -> Document:
        return {"_embedded": {"payment": self._provider.hal(payment)}} if wanted else {}

    def of(self, payment: Document, name: str) -> list[Document]:
        shape = self.refund if name == "refunds" else self.chargeback
        return [shape(payment, one) for one in reversed(payment[name])]

    def refund(self, payment: Document, refund: Document) -> Document:
        shown = {k: v for k, v in refund.items() if k not in ("queuedUntil", "failedAt")}
        status = refund_status(refund, self._provider.clock())
        facts = {"mode": payment["mode"], "status": status, "paymentId": payment["id"]}
        links = self._links(payment, "refunds", refund["id"])
        return {"resource": "refund"} | shown | facts | {"_links": links}

    def chargeback(self, payment: Document, chargeback: Document) -> Document:
        shown = {k: v for k, v in chargeback.items() if k != "reversalSettled"}
        facts = {"paymentId": payment["id"], "settlementAmount": chargeback["amount"]}
        links = self._links(payment, "chargebacks", chargeback["id"])
        return {"resource": "chargeback"} | shown | facts | {"_links": links}

    def page(self, request: Request, name: str, items: list[Document]) -> Document:
        """`?from=` an id, `?limit=` up to 250; with the address of the next page."""
        limit, start = _limit(request), _start(request, items)
        shown, rest = items[start : start + limit], items[start + limit :]
        links: Document = {"self": self._link(request.path), "previous": None, "next": None}
        if rest:
            same = {k: v for k, v in request.query.items() if k in ("testmode", "embed")}
            query = urlencode({"from": rest[0]["id"], "limit": limit} | same)
            links["next"] = self._link(f"{request.path}?{query}")
        links["documentation"] = self.documentation
        return {"count": len(shown), "_embedded": {name: shown}, "_links": links}

    def settlement(self, raw: Document) -> Document:
        address = f"/mollie/v2/settlements/{raw['id']}"
        links: Document = {"self": self._link(address), "documentation": self.documentation}
        for name in ("payments", "refunds", "chargebacks"):
            links[name] = self._link(f"{address}/{name}")
        hidden = ("parts", "profileId", "mode", "version")
        return {k: v for k, v in raw.items() if k not in hidden} | {"_links": links}

    @property
    def documentation(self) -> Document:
        return {"href": f"{self._url}/psp", "type": "text/html"}

    def _links(self, payment: Document, name: str, id: str) -> Document:
        address = f"/mollie/v2/payments/{payment['id']}"
        own = self._link(f"{address}/{name}/{id}")
        links = {"self": own, "payment": self._link(address)}
        return links | {"documentation": self.documentation}

    def _link(self, path: str) -> Document:
        return {"href": f"{self._url}{path}", "type": HAL}


def _limit(request: Request) -> int:
    given: Any = request.query.get("limit", "50")
    if not given.isascii() or not given.isdigit() or not 1 <= int(given[:6]) <= MAX_LIST:
        raise mollie_error(400, f"The limit is a number from 1 to {MAX_LIST}.", "limit")
    return int(given)


def _start(request: Request, items: list[Document]) -> int:
    first = request.query.get("from")
    if not first:
        return 0
    for number, item in enumerate(items):
        if item["id"] == first:
            return number
    raise mollie_error(400, "There is nothing with this id in the list.", "from")
