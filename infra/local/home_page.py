"""The first page a tester sees: where everything is. Only the local front door serves it."""

from __future__ import annotations

from html import escape

from infra.local.place import Place
from infra.local.ports import Ports
from infra.local.staff import PASSWORD

STYLE = """
:root{color-scheme:light dark;--ink:#14212b;--ink2:#4a5a66;--paper:#fff;--back:#f5f7f6;
--line:#dfe5e3;--brand:#0b6e5f;--focus:#1d5fa8}
@media(prefers-color-scheme:dark){:root{--ink:#e9efed;--ink2:#b3c0bd;--paper:#141b1d;
--back:#0e1416;--line:#2a3538;--brand:#3fb8a3;--focus:#7fb2ee}}
*{box-sizing:border-box}
body{margin:0;background:var(--back);color:var(--ink);
font:400 1.0625rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
main{max-width:46rem;margin:0 auto;padding:32px 16px 48px}
h1{font-size:2rem;line-height:1.2;margin:0 0 8px}h2{font-size:1.0625rem;margin:32px 0 8px}
p{margin:0 0 12px;color:var(--ink2)}
ul{list-style:none;margin:0;padding:0;background:var(--paper);border:1px solid var(--line);
border-radius:14px;overflow:hidden}
li+li{border-top:1px solid var(--line)}
li a{display:block;min-height:48px;padding:12px 16px;color:inherit;text-decoration:none}
li a:hover b{text-decoration:underline}li b{color:var(--brand);display:block}
li span{color:var(--ink2);font-size:.9375rem}
pre{margin:0;padding:16px;overflow:auto;background:var(--paper);border:1px solid var(--line);
border-radius:14px;font-size:.875rem}
:focus-visible{outline:3px solid var(--focus);outline-offset:-3px}
"""


def links(urls: dict[str, str]) -> list[tuple[str, str, str]]:
    """Address, name and what to do there; a page that does not exist yet is left out."""
    rows = [
        ("docs", "API", "Every request, to read and to try with the key below"),
        ("payer_page", "Payment page", "What a customer sees who has not paid yet"),
        ("desk", "Desk", "What waits for a person; sign in with an account or key below"),
        ("money", "Money", "What nothing proves, and each day from three sides"),
        ("messages", "Messages", "Every e-mail, SMS and WhatsApp message that went out"),
        ("psp", "Payment provider sandbox", "Choose how payments end, or repeat a notice"),
        ("registers", "Registers sandbox", "Companies and ratings; change one and watch its limit"),
    ]
    return [(urls[name], title, what) for name, title, what in rows if urls.get(name)]


def credit_check_by_curl(url: str, api_key: str) -> str:
    """A request to paste into a terminal: may this customer buy on account?"""
    question = (
        '{"debtor": "10090", "amount": {"value": "250.00", "currency": "EUR"}, '
        '"order_reference": "web-1"}'
    )
    return (
        f"curl {url}/v1/credit-checks -H 'Authorization: Bearer {api_key}' \\\n"
        "  -H 'Content-Type: application/json' -H \"Idempotency-Key: $(date +%s)\" \\\n"
        f"  -d '{question}'"
    )


def home_page(place: Place, ports: Ports) -> str:
    """HTML of the page, in the words of the environment as it is now."""
    known = place.read("environment.json")
    if not known:
        return _page("<h1>Kasstroom</h1><p>The environment is starting. Load this page again.</p>")
    items = "".join(
        f'<li><a href="{escape(url)}"><b>{title}</b><span>{what}</span></a></li>'
        for url, title, what in links(known["urls"])
    )
    people = "\n".join(f"{name}  {escape(key)}" for name, key in known["people"].items())
    staff = "\n".join(f"{role:15} {escape(who)}" for who, role in known.get("staff", {}).items())
    return _page(
        "<h1>Kasstroom</h1><p>The whole suite runs on this machine. Nothing here leaves it, and "
        f"no real money moves.</p><ul>{items}</ul>"
        f"<h2>API key</h2><pre>{escape(known['api_key'])}</pre>"
        f"<h2>Accounts for the desk, all with the password {escape(PASSWORD)}</h2>"
        f"<pre>{staff}</pre>"
        f"<h2>Personal keys for the desk and the API</h2><pre>{people}</pre>"
        "<h2>Ask whether a customer may buy on account</h2>"
        f"<pre>{escape(known['curl'])}</pre>"
    )


def _page(content: str) -> str:
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>Kasstroom</title><style>{STYLE}</style><main>{content}</main></html>"
    )
