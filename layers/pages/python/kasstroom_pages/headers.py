"""The HTTP headers of every page a debtor sees."""

from __future__ import annotations

_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; {scripts}"
    "form-action 'self' https:{hosts}; frame-ancestors 'none'; base-uri 'none'"
)
OWN_SITES = ("", "same-origin", "none")
"""What `Sec-Fetch-Site` says of a form of our own; empty in a browser that does not send it."""
_SCRIPTS = "script-src 'self'; connect-src 'self'; "


def security_headers(checkout_hosts: tuple[str, ...] = ()) -> dict[str, str]:
    """The payment form may lead anywhere that speaks https: browsers hold `form-action` against
    every redirect after the form, and where the provider sends a payer next (each bank) is not ours
    to list. `checkout_hosts` adds hosts with another scheme (`http://127.0.0.1:8401`).
    """
    hosts = "".join(f" {host}" for host in checkout_hosts if host.startswith("http://"))
    return {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Security-Policy": _POLICY.format(scripts="", hosts=hosts),
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
        "X-Robots-Tag": "noindex, nofollow",
        "X-Content-Type-Options": "nosniff",
        "Strict-Transport-Security": "max-age=63072000",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
        "Cross-Origin-Opener-Policy": "same-origin",
    }


def docs_headers() -> dict[str, str]:
    """The documentation runs our own script files and calls our own API, nothing else."""
    policy = _POLICY.format(scripts=_SCRIPTS, hosts="")
    return security_headers() | {"Content-Security-Policy": policy, "Cache-Control": "no-cache"}
