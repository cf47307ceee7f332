"""Three neighbouring doors on this machine, never on the network."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from dataclasses import dataclass

from infra.local.place import NotReady

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Ports:
    """`product` and `sandbox` are front doors; `aws` is the embedded AWS itself."""

    product: int = 8400
    sandbox: int = 8401
    aws: int = 4566

    @classmethod
    def chosen(cls, env: Mapping[str, str]) -> Ports:
        """KASSTROOM_PORT=9400 takes 9400, 9401 and 9402; without it the usual three."""
        asked = env.get("KASSTROOM_PORT", "").strip()
        if not asked:
            return cls()
        if not asked.isdigit() or not 1024 <= int(asked) <= 65533:
            raise NotReady(f"KASSTROOM_PORT is {asked}; give a number from 1024 to 65533.")
        return cls(int(asked), int(asked) + 1, int(asked) + 2)

    @classmethod
    def free(cls) -> Ports:
        """Three ports nobody uses now: for tests, which may run beside a demo."""
        with socket.socket() as a, socket.socket() as b, socket.socket() as c:
            for door in (a, b, c):
                door.bind((HOST, 0))
            return cls(*(door.getsockname()[1] for door in (a, b, c)))

    @property
    def product_url(self) -> str:
        return f"http://{HOST}:{self.product}"

    @property
    def sandbox_url(self) -> str:
        return f"http://{HOST}:{self.sandbox}"

    @property
    def aws_url(self) -> str:
        return f"http://{HOST}:{self.aws}"


def is_taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return True
        return False


def require_free(*ports: int, ours: str = "") -> None:
    """Raises NotReady naming the first port in use, by whom if it is us, and the way out."""
    for port in ports:
        if is_taken(port):
            who = ours or "another program"
            raise NotReady(
                f"Port {port} on {HOST} is in use by {who}. Stop it, or choose other ports: "
                "`make demo KASSTROOM_PORT=9400` takes 9400, 9401 and 9402."
            )
