"""KvK's Handelsregister: Zoeken v2 and Basisprofiel v1, as far as the product reaches."""

from __future__ import annotations

from typing import Any

from kasstroom_sandbox.registers.companies import BROKEN_KVK, Companies, Company
from kasstroom_sandbox.web import HttpError, Request, Response, json_response


class KvkApi:
    def __init__(self, companies: Companies) -> None:
        self._companies = companies

    def search(self, request: Request) -> Response:
        _keyed(request)
        wanted = request.query.get("kvkNummer", "")
        name = request.query.get("naam", "").lower()
        found = [
            c for c in self._companies.all()
            if not c.hidden and (c.kvk == wanted or (name and name in c.name.lower()))
        ]  # fmt: skip
        results = [{"kvkNummer": c.kvk, "naam": c.name, "type": "hoofdvestiging"} for c in found]
        body = {"pagina": 1, "resultatenPerPagina": 10, "totaal": len(found)}
        return json_response(200, body | {"resultaten": results})

    def profile(self, request: Request, kvk: str) -> Response:
        _keyed(request)
        if kvk == BROKEN_KVK:
            raise _error(500, "IPD9999", "Er is een fout opgetreden.")
        if not (kvk.isdigit() and len(kvk) == 8):
            raise _error(400, "IPD0004", "Het KVK-nummer is niet valide.")
        company = self._companies.find(kvk)
        if company is None:
            raise _error(404, "IPD0005", "Het opgegeven KVK-nummer is onbekend.")
        return json_response(200, _profile(company))


def _keyed(request: Request) -> None:
    if not request.headers.get("apikey"):
        raise HttpError(401, {"fault": {"faultstring": "Failed to resolve API Key"}})


def _error(status: int, code: str, text: str) -> HttpError:
    return HttpError(status, {"fout": [{"code": code, "omschrijving": text}]})


def _profile(company: Company) -> dict[str, Any]:
    dates = {"datumAanvang": company.founded_on.replace("-", "")}
    if company.ceased_on:
        dates["datumEinde"] = company.ceased_on.replace("-", "")
    return {
        "kvkNummer": company.kvk,
        "indNonMailing": "Nee",
        "naam": company.name,
        "formeleRegistratiedatum": dates["datumAanvang"],
        "materieleRegistratie": dates,
        "handelsnamen": [{"naam": company.name, "volgorde": 0}],
        "_embedded": {"eigenaar": {"rechtsvorm": company.legal_form}},
    }
