"""Where a webhook may go: a public host over https, never something inside somebody's network.

A name can resolve to anything, and to something else a second later. So addresses are checked when
a subscription is made and again at every delivery, and the connection is made to the very address
that was checked.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import SplitResult, urlsplit

from kasstroom.errors import Refused

Resolve = Callable[[str, int], tuple[str, ...]]
"""The addresses of a host, as text; none when there is no such host."""
POINTER = "/body/url"
LONGEST_HOST = 253
_CLEAN = re.compile(r"[\x21-\x5b\x5d-\x7e]+")
_LABEL = r"(?!-)[a-z0-9-]{1,63}(?<!-)"
_NAME = re.compile(rf"({_LABEL}\.)+(?=[a-z])(?!0x){_LABEL}")
_INSIDE = ("localhost", "local", "internal", "intranet", "lan", "corp", "home", "onion")
_GLOBAL_V6 = ipaddress.ip_network("2000::/3")
_NOT_OURS = tuple(
    map(ipaddress.ip_network, ("192.88.99.0/24", "2002::/16", "2001::/23", "3fff::/20"))
)
"""Global by their number, but ways into something else: relays that carry an IPv4 address, and
addresses for documentation."""


class Reach(StrEnum):
    """`this_machine` is the local environment: loopback and nothing else, http too."""

    PUBLIC = "public"
    THIS_MACHINE = "this_machine"


@dataclass(frozen=True, slots=True)
class Target:
    """`path` is what is asked for, with its query; `addresses` are checked."""

    secure: bool
    host: str
    port: int
    path: str
    addresses: tuple[str, ...] = ()


def checked(url: str, reach: Reach, resolve: Resolve) -> Target:
    """The target with the addresses it resolves to now. Refused when the URL or one of its
    addresses is not for webhooks: of a host that mixes, none is trusted."""
    target = target_of(url, reach)
    addresses = resolve(target.host, target.port)
    if not addresses:
        detail = f"There is no host {target.host} now. Check the name, or try again later."
        raise Refused("webhook_host_unknown", detail, POINTER)
    if not all(is_allowed(address, reach) for address in addresses):
        raise _refused(f"{target.host} is not on the public internet; use a host that is.")
    return Target(target.secure, target.host, target.port, target.path, addresses)


def target_of(url: str, reach: Reach) -> Target:
    """What can be said of a URL without asking anybody. Refused with what to write instead."""
    parts, port = _split(url)
    host = (parts.hostname or "").lower()
    if "@" in parts.netloc or parts.fragment or "#" in url:
        raise _refused("Leave out names, passwords and the part after #.")
    if reach is Reach.PUBLIC:
        _public(parts, host)
    elif parts.scheme not in ("http", "https") or not (host == "localhost" or _loopback(host)):
        raise _refused("Here webhooks go to this machine only: http://127.0.0.1:<port>/...")
    secure = parts.scheme == "https"
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(secure, host, port or (443 if secure else 80), path)


def is_allowed(address: str, reach: Reach) -> bool:
    """Whether a resolved address may be called; False for what is no address."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    if reach is Reach.THIS_MACHINE:
        return found.is_loopback
    if isinstance(found, ipaddress.IPv6Address) and (found.scope_id or found not in _GLOBAL_V6):
        return False
    apart = any(found.version == net.version and found in net for net in _NOT_OURS)
    return found.is_global and not found.is_multicast and not found.is_reserved and not apart


def _split(url: str) -> tuple[SplitResult, int | None]:
    if not _CLEAN.fullmatch(url):
        raise _refused("Write the URL without spaces, backslashes or other than ASCII characters.")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise _refused("This is no URL: https://shop.example/webhooks") from None
    if port == 0:
        raise _refused("Port 0 cannot be called.")
    return parts, port


def _public(parts: SplitResult, host: str) -> None:
    if parts.scheme != "https":
        raise _refused("Use https: the events are about your customers.")
    named = "[" not in parts.netloc and _NAME.fullmatch(host) and len(host) <= LONGEST_HOST
    if not named or host.rpartition(".")[2] in _INSIDE or host.endswith(".home.arpa"):
        raise _refused("Use the public name of a host, not an address or a name of a network.")


def _loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _refused(detail: str) -> Refused:
    return Refused("webhook_url_refused", detail, POINTER)
