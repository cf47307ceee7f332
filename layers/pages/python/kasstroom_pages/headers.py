"""The HTTP headers of every page a debtor sees."""

from __future__ import annotations

_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; {scripts}"
    "form-action 'self'{hosts}; frame-ancestors 'none'; base-uri 'none'"
)
_SCRIPTS = "script-src 'self'; connect-src 'self'; "
_LOOPBACK = ("127.0.0.1", "localhost")


def _origin(host: str) -> str:
    """A provider's host speaks https; only this machine itself may speak http."""
    plain_http = host.partition(":")[0] in _LOOPBACK
    return f"{'http' if plain_http else 'https'}://{host}"


def security_headers(checkout_hosts: tuple[str, ...] = ()) -> dict[str, str]:
    """`checkout_hosts`: where the payment form may end up after its redirect (`www.mollie.com`)."""
    hosts = "".join(f" {_origin(host)}" for host in checkout_hosts if host)
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
