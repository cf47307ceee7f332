"""A shop's system that takes Kasstroom's webhooks: it checks the signature, drops what it knows,
and shows what came in."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from kasstroom.settings import SandboxSettings
from kasstroom.time import iso
from kasstroom.webhooks.signature import verify
from kasstroom_sandbox.pages import language_of, page, stylesheet
from kasstroom_sandbox.store import Document, Store
from kasstroom_sandbox.web import Request, Response, Site, json_object, json_response, problem

SHOWN = 25
SECRETS_KEPT = 5
ANSWERS = (204, 200, 302, 400, 410, 429, 500, 503)
_HOOKS, _KNOWN, _SETTINGS = "HOOKS", "HOOKS_KNOWN", ("HOOKS_SETTINGS", "shop")


def shop_site(settings: SandboxSettings, unix_time: Callable[[], float] = time.time) -> Site:
    site, shop = Site(), Shop(Store(settings.sandbox_table), unix_time)
    site.route("POST", "/hooks", shop.receive)
    site.route("GET", "/hooks", shop.show)
    site.route("PUT", "/hooks/settings", shop.set)
    site.route("GET", "/hooks/sandbox.css", stylesheet)
    return site


class Shop:
    def __init__(self, store: Store, unix_time: Callable[[], float]) -> None:
        self._store, self._unix_time = store, unix_time

    def receive(self, request: Request) -> Response:
        """400 when it is not signed with a secret we were given; else what the tester chose."""
        settings, at = self._settings(), self._unix_time()
        signature = request.headers.get("kasstroom-signature", "")
        genuine = any(verify(signature, request.body, one, at) for one in settings["secrets"])
        status = settings["status"] if genuine else 400
        self._note(request, at, genuine, status)
        return Response(status, "" if genuine else "The signature is not right.")

    def _note(self, request: Request, at: float, genuine: bool, status: int) -> None:
        envelope = json_object(request.body) or {}
        delivery = request.headers.get("kasstroom-delivery", "")[:64]
        is_new = bool(delivery) and genuine and self._store.create(_KNOWN, delivery, {})
        seen = {
            "at": iso(datetime.fromtimestamp(at, UTC)), "genuine": genuine, "status": status,
            "delivery": delivery, "again": genuine and not is_new,
            "type": str(envelope.get("type", ""))[:100],
            "subject": str(envelope.get("subject", ""))[:100], "event": envelope,
        }  # fmt: skip
        self._store.put(_HOOKS, f"{int(at * 1_000_000):020d}", seen)

    def show(self, request: Request) -> Response:
        seen = self._store.newest(_HOOKS, SHOWN)
        if request.query.get("format") == "json" or not request.accepts_html:
            return json_response(200, {"status": self._settings()["status"], "hooks": seen})
        return page(
            "hooks.html", language_of(request), hooks=seen, instant=datetime.fromisoformat,
            as_text=lambda event: json.dumps(event, indent=2, ensure_ascii=False),
        )  # fmt: skip

    def set(self, request: Request) -> Response:
        """`secret`: one more that may sign, of a new subscription or a renewed one; `status`: what
        is answered from now on."""
        wishes, settings = json_object(request.body), self._settings()
        if wishes is None or wishes.keys() - {"secret", "status"}:
            raise problem(422, 'Send a JSON object, like {"secret": "whsec_...", "status": 204}.')
        if wishes.get("status", settings["status"]) not in ANSWERS:
            raise problem(422, f"status is one of {', '.join(map(str, ANSWERS))}.")
        given = [str(wishes["secret"])] if wishes.get("secret") else []
        secrets = list(dict.fromkeys(given + settings["secrets"]))[:SECRETS_KEPT]
        status = wishes.get("status", settings["status"])
        self._store.put(*_SETTINGS, {"secrets": secrets, "status": status})
        return json_response(200, {"secrets": len(secrets), "status": status})

    def _settings(self) -> Document:
        known: dict[str, Any] = self._store.get(*_SETTINGS) or {}
        return {"secrets": known.get("secrets", []), "status": known.get("status", ANSWERS[0])}
