"""Writes what is generated from the code: event schemas with samples, and the API's description.

`python -m infra.schemas` writes; the contract tests compare what is written with what would be.
"""

from __future__ import annotations

import importlib
import json
import os
from dataclasses import MISSING, fields
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from infra.dictionary import DICTIONARY, dictionary

ROOT = Path(__file__).parents[1]
PUBLISHED = ROOT / "events" / "published"
OPENAPI = ROOT / "functions" / "docs" / "api" / "openapi.json"
APIS = (
    "functions.bank.api.handler",
    "functions.bank.lines_api.handler",
    "functions.debtors.api.handler",
    "functions.debtors.statement_pdf.handler",
    "functions.dunning.strategies_api.handler",
    "functions.dunning.cases_api.handler",
    "functions.dunning.early_signals_api.handler",
    "functions.invoices.api.handler",
    "functions.invoices.documents_api.handler",
    "functions.imports.api.handler",
    "functions.credit.api.handler",
    "functions.credit.reservations_api.handler",
    "functions.credit.policies_api.handler",
    "functions.credit.limits_api.handler",
    "functions.insurance.api.handler",
    "functions.insurance.claims_api.handler",
    "functions.messages.api.handler",
    "functions.payments.api.handler",
    "functions.payments.money_api.handler",
    "functions.payments.reconciliation_api.handler",
    "functions.mandates.api.handler",
    "functions.messages.letters_api.handler",
    "functions.messages.calls_api.handler",
    "functions.messages.templates_api.handler",
    "functions.resolution.api.handler",
    "functions.dunning.learning_api.handler",
    "functions.applications.api.handler",
    "functions.screening.api.handler",
    "functions.segments.api.handler",
    "functions.work.reviews_api.handler",
    "functions.webhooks.api.handler",
    "functions.compliance.api.handler",
    "functions.reports.api.handler",
    "functions.reports.runs_api.handler",
)
DESCRIPTION = """Credit checks, invoices, reminders and payments of one organisation.

Every call carries `Authorization: Bearer ks_test_...` (or `ks_live_...`). A POST, PUT, PATCH or
DELETE may carry an `Idempotency-Key`: the same key with the same request gives the same answer and
happens once. Amounts are decimal strings with their currency. What goes wrong comes back as a
problem document (RFC 9457) that says what to fix."""
PROBLEM = {
    "type": "object",
    "title": "Problem",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "description": "Stable code: urn:kasstroom:problem:<code>"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What happened and what to do"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["pointer", "code", "detail"],
                "properties": {name: {"type": "string"} for name in ("pointer", "code", "detail")},
            },
        },
    },
}
MEANINGS = {
    "400": "The request cannot be read",
    "401": "No API key, or one that is unknown or revoked",
    "403": "The API key lacks the scope, or this takes (another) person with the role",
    "404": "It does not exist here",
    "409": "It exists already, or the Idempotency-Key was used for another request",
    "415": "The body is not JSON",
    "422": "A field or a rule says no",
    "503": "Something we depend on does not answer; try again",
}
UPLOAD_TYPES = ("application/xml", "application/zip", "text/csv", "application/octet-stream")


def event_schema(event: type) -> dict[str, Any]:
    """JSON Schema of the CloudEvents envelope with this event's data."""
    from kasstroom_aws.outbox import ENVELOPE
    from kasstroom_aws.shapes import adapter

    full = adapter(event).json_schema(mode="serialization")
    data = {k: v for k, v in full["properties"].items() if k not in ENVELOPE}
    text = {"type": "string"}
    envelope = {
        "specversion": {"const": "1.0"}, "id": text, "type": {"const": event.TYPE},
        "source": text, "subject": text, "time": {"type": "string", "format": "date-time"},
        "datacontenttype": text, "dataschema": text, "organisation": text, "debtor": text,
        "data": {"type": "object", "properties": data, "required": sorted(data)},
    }  # fmt: skip
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"{event.TYPE} v{event.VERSION}",
        "description": (event.__doc__ or "").strip().split("\n")[0],
        "type": "object",
        "properties": envelope,
        "required": sorted(envelope),
    }
    return schema | ({"$defs": full["$defs"]} if "$defs" in full else {})


def event_sample(event: type) -> dict[str, Any]:
    """An envelope as it goes over the bus, with made-up facts of the right shape."""
    from kasstroom_aws.outbox import cloud_event

    return cloud_event(event(**{f.name: _made_up(f) for f in fields(event)})) | {
        "id": "evt_01M1DZPW00APNGSAGP3704BK9B"
    }


def _made_up(field: Any) -> Any:
    from kasstroom.money import Money

    known = {
        "at": datetime(2026, 9, 1, 8, 0, tzinfo=UTC), "org": "vandijk", "debtor": "D1001",
        "subject": "subject-1",
    }  # fmt: skip
    by_type = {
        "str": field.name, "Money": Money(41230), "date": date(2026, 9, 30),
        "datetime": datetime(2026, 9, 22, 8, 0, tzinfo=UTC), "tuple[str, ...]": (field.name,),
        "int": 30, "bool": False,
    }  # fmt: skip
    if field.default is not MISSING:
        return field.default
    kind = str(field.type).removesuffix(" | None")
    return known[field.name] if field.name in known else by_type[kind]


def openapi() -> dict[str, Any]:
    """One description of all routes, with problem documents and idempotency on each."""
    os.environ.setdefault("POWERTOOLS_SERVICE_NAME", "docs")
    merged: dict[str, Any] = {"paths": {}, "components": {"schemas": {"Problem": PROBLEM}}}
    for name in APIS:
        app = importlib.import_module(name).app
        part = json.loads(app.get_openapi_json_schema(title="Kasstroom", version="v1"))
        part = _distinct(part, merged["components"]["schemas"], name.split(".")[1])
        merged["paths"] |= part["paths"]
        merged["components"]["schemas"] |= part["components"]["schemas"]
        tag = name.split(".")[1]
        for path in part["paths"]:
            for method, operation in merged["paths"][path].items():
                _complete(operation, method, path, tag)
    for unused in ("HTTPValidationError", "ValidationError"):
        merged["components"]["schemas"].pop(unused, None)
    merged["components"]["securitySchemes"] = {"api_key": {"type": "http", "scheme": "bearer"}}
    _upload_bodies(merged)
    _credit_check_examples(merged)
    _calculation_examples(merged)
    info = {"title": "Kasstroom", "version": "v1", "description": DESCRIPTION}
    return {"openapi": "3.1.0", "info": info, "security": [{"api_key": []}]} | merged


def _distinct(part: dict[str, Any], taken: dict[str, Any], context: str) -> dict[str, Any]:
    """Two contexts may each have an `Outcome`: the one that comes second, and whoever refers to
    it, carries its context's name. Repeated until nothing clashes, since a renamed schema makes
    those that refer to it different too."""
    while True:
        schemas = part["components"]["schemas"]
        clash = next((n for n, one in schemas.items() if taken.get(n, one) != one), None)
        if clash is None:
            return part
        own = f"{context.capitalize()}{clash}"
        reference = '"#/components/schemas/{}"'
        text = json.dumps(part).replace(reference.format(clash), reference.format(own))
        part = json.loads(text)
        schemas = part["components"]["schemas"]
        schemas[own] = schemas.pop(clash)


def _complete(operation: dict[str, Any], method: str, path: str, tag: str) -> None:
    operation["tags"] = [tag]
    operation["operationId"] = f"{method}_{path.removeprefix('/v1/')}".translate(
        str.maketrans("/-", "__", "{}")
    )
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for status, meaning in MEANINGS.items():
        operation["responses"][status] = {"description": meaning, "content": problem}
    # The gateway itself answers 401 when the Authorization header is missing, and 404 when it
    # cannot match the address.
    plain = {"application/json": {"schema": {"type": "object"}}}
    for status in ("401", "404"):
        operation["responses"][status]["content"] = problem | plain
    if method != "get":
        header = {
            "name": "Idempotency-Key", "in": "header", "required": False,
            "schema": {"type": "string", "maxLength": 255},
        }  # fmt: skip
        operation.setdefault("parameters", []).append(header)


def _upload_bodies(merged: dict[str, Any]) -> None:
    binary = {"schema": {"type": "string", "format": "binary"}}
    form = {"type": "object", "properties": {"file": binary["schema"]}, "required": ["file"]}
    merged["paths"]["/v1/imports"]["post"]["requestBody"] = {
        "description": "The file itself; without a body the answer says where to PUT it.",
        "required": False,
        "content": dict.fromkeys(UPLOAD_TYPES, binary) | {"multipart/form-data": {"schema": form}},
    }
    merged["paths"]["/v1/invoices/{number}/document"]["put"]["requestBody"] = {
        "description": "The PDF itself.",
        "required": True,
        "content": {"application/pdf": binary, "multipart/form-data": {"schema": form}},
    }


def _credit_check_examples(merged: dict[str, Any]) -> None:
    from infra.api_examples import CHECKS, credit_checks

    asked, answered = credit_checks()
    operation = merged["paths"][CHECKS]["post"]
    operation["requestBody"]["content"]["application/json"]["examples"] = asked
    operation["responses"]["201"]["content"]["application/json"]["examples"] = answered


def _calculation_examples(merged: dict[str, Any]) -> None:
    from infra.calculation_examples import add_calculations

    add_calculations(merged["paths"])


def documents() -> dict[Path, dict[str, Any]]:
    """Every generated file with its content."""
    from kasstroom.events import catalogue

    made: dict[Path, dict[str, Any]] = {OPENAPI: openapi()}
    for event in catalogue():
        base = f"{event.TYPE}.v{event.VERSION}"
        made[PUBLISHED / f"{base}.schema.json"] = event_schema(event)
        made[PUBLISHED / f"{base}.json"] = event_sample(event)
    return made


def text_of(document: dict[str, Any]) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def main() -> None:
    PUBLISHED.mkdir(parents=True, exist_ok=True)
    for path, document in documents().items():
        path.write_text(text_of(document))
    DICTIONARY.write_text(dictionary())
    print(f"{len(documents()) + 1} files written")


if __name__ == "__main__":
    main()
