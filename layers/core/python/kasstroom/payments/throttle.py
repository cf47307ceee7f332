"""How often a payment page may be tried: small counters that forget by themselves. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network
from typing import Protocol

KEPT_SECONDS = 600
"""After its window a counter is of no use to anybody."""


@dataclass(frozen=True, slots=True)
class Brake:
    """`most` times in every window of `seconds`, per whoever is counted."""

    name: str
    most: int
    seconds: int = 60


PAY_LINK = Brake("pay_link", 8)
PAY_ADDRESS = Brake("pay_address", 60)
"""An office or a mobile provider can stand behind one address."""
REPLY_LINK = Brake("reply_link", 8)
REPLY_ADDRESS = Brake("reply_address", 60)
MISS_ADDRESS = Brake("miss_address", 30)


@dataclass(frozen=True, slots=True)
class Counter:
    """One window of one brake; `who` is a fingerprint, never the address itself."""

    brake: Brake
    who: str
    window: int
    gone_at: datetime

    @property
    def key(self) -> str:
        return f"{self.brake.name}#{self.who}#{self.window}"


def counter_of(brake: Brake, who: str, now: datetime) -> Counter:
    window = int(now.timestamp()) // brake.seconds
    end = datetime.fromtimestamp((window + 1) * brake.seconds, now.tzinfo)
    return Counter(brake, who, window, end + timedelta(seconds=KEPT_SECONDS))


class Counters(Protocol):
    def allows(self, counter: Counter) -> bool:
        """Counts one try; False from the one above `most` on. A counter that cannot be reached
        allows: the brake must not stop a payment."""
        ...


def allowed(counters: Counters, tries: tuple[tuple[Brake, str], ...], now: datetime) -> bool:
    """Whether every brake lets it through. Who is not known (empty) is not counted; the first
    brake that says no spares the others."""
    return all(counters.allows(counter_of(brake, who, now)) for brake, who in tries if who)


def network_of(address: str) -> str:
    """Whom an address stands for: itself, or with IPv6 the network of one connection (64 bits).
    Empty for what is no address."""
    try:
        known = ip_address(address)
    except ValueError:
        return ""
    if known.version == 4:
        return str(known)
    return str(ip_network(f"{known}/64", strict=False))
