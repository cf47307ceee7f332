"""The sandbox's pages: templates, words in two languages, a strict policy, no script."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from kasstroom.time import AMSTERDAM
from kasstroom_sandbox.web import Request, Response
from kasstroom_sandbox.words import DAYS, MONTHS, WORDS

_HERE = Path(__file__).parent
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; frame-src 'self'; "
    "form-action 'self'{targets}; frame-ancestors 'none'; base-uri 'none'"
)


def language_of(request: Request, preferred: str = "") -> str:
    """`?lang=` first, then what the payment asks for, then the browser's; else Dutch."""
    asked = request.query.get("lang") or preferred
    if not asked:
        asked = request.headers.get("accept-language", "nl")
    return "en" if asked.lower().startswith("en") else "nl"


def page(name: str, language: str, form_targets: tuple[str, ...] = (), **values: Any) -> Response:
    """A filled template; `form_targets` are origins a form may be redirected to."""
    words = WORDS[language]
    html = (
        _environment()
        .get_template(name)
        .render(
            t=lambda key, **parts: words[key].format(**parts),
            language=language,
            money=lambda amount: money(amount, language),
            moment=lambda instant: moment(instant, language),
            clock_time=clock_time,
            **values,
        )
    )
    return Response(values.get("status_code", 200), html, html_headers(form_targets))


def html_headers(form_targets: tuple[str, ...] = ()) -> dict[str, str]:
    targets = "".join(f" {target}" for target in form_targets)
    return {
        "content-type": "text/html; charset=utf-8",
        "content-security-policy": _POLICY.format(targets=targets),
        "cache-control": "no-store",
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
        "x-robots-tag": "noindex, nofollow",
    }


def stylesheet(request: Request) -> Response:
    css = (_HERE / "static" / "sandbox.css").read_text()
    headers = {"content-type": "text/css; charset=utf-8", "cache-control": "no-cache"}
    return Response(200, css, headers)


def money(amount: dict[str, str], language: str) -> str:
    """`€ 1.186,85` in Dutch, `€1,186.85` in English."""
    figure = f"{Decimal(amount['value']):,.2f}"
    symbol = "€" if amount["currency"] == "EUR" else f"{amount['currency']} "
    if language == "en":
        return f"{symbol}{figure}"
    return f"{symbol}\u00a0" + figure.translate(str.maketrans(",.", ".,"))


def moment(instant: datetime, language: str) -> str:
    """`zaterdag 21 november`, by the Amsterdam calendar."""
    local = instant.astimezone(AMSTERDAM)
    day, month = DAYS[language][local.weekday()], MONTHS[language][local.month - 1]
    return f"{day} {local.day} {month}"


def clock_time(instant: datetime) -> str:
    return instant.astimezone(AMSTERDAM).strftime("%H:%M")


@cache
def _environment() -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
