"""One POST to a receiver's own address: to the addresses that were checked, and nowhere else.

The standard library's connection, because it lets us open the socket: a name is resolved once, its
addresses are checked, and the connection goes to one of those, so that the name cannot move in
between. The certificate is checked against the name. Redirects are not followed, no proxy of the
environment is used, and the whole call ends when its budget does, however slowly the other side
drips.
"""

from __future__ import annotations

import contextlib
import http.client
import socket
import ssl
import threading
import time
from collections.abc import Mapping

from kasstroom.errors import Refused
from kasstroom.webhooks.model import Answer
from kasstroom.webhooks.policy import ANSWER_CHARACTERS
from kasstroom.webhooks.targets import Reach, Resolve, Target, checked

BUDGET_S = 10.0
_READ_BYTES = 4 * ANSWER_CHARACTERS
_ADDRESSES_TRIED = 3


def addresses_of(host: str, port: int) -> tuple[str, ...]:
    """Every address of a host; none when there is no such host."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return ()
    return tuple(dict.fromkeys(str(address[0]) for *_, address in found))


class WebhookPost:
    """`kasstroom.webhooks.ports.Post`; `check` is its `CheckUrl`."""

    def __init__(
        self,
        reach: Reach,
        resolve: Resolve = addresses_of,
        *,
        budget_s: float = BUDGET_S,
        trusted: ssl.SSLContext | None = None,
    ) -> None:
        self._reach, self._resolve, self._budget_s = reach, resolve, budget_s
        self._trusted = trusted

    def check(self, url: str) -> Target:
        return checked(url, self._reach, self._resolve)

    def __call__(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        began = time.monotonic()

        def failed(error: str) -> Answer:
            return Answer(None, _since(began), error)

        try:
            target = self.check(url)
        except Refused as refused:
            is_unknown = refused.code == "webhook_host_unknown"
            return failed("dns" if is_unknown else "address_not_allowed")
        connection = _Connection(target, self._budget_s, self._tls() if target.secure else None)
        ended = threading.Timer(self._budget_s, connection.cut)
        ended.daemon = True
        ended.start()
        try:
            connection.request("POST", target.path, body, dict(headers) | {"Connection": "close"})
            answer = connection.getresponse()
            return Answer(answer.status, _since(began), text=_start_of(answer))
        except TimeoutError:
            return failed("timeout")
        except (OSError, http.client.HTTPException) as error:
            return failed("timeout" if connection.was_cut else _kind_of(error))
        finally:
            ended.cancel()
            connection.close()

    def _tls(self) -> ssl.SSLContext:
        """Made once: reading the trusted certificates takes longer than a call."""
        if self._trusted is None:
            self._trusted = ssl.create_default_context()
        return self._trusted


class _Connection(http.client.HTTPConnection):
    """Says the host's name and calls the address that was checked."""

    def __init__(self, target: Target, timeout_s: float, tls: ssl.SSLContext | None) -> None:
        super().__init__(target.host, target.port, timeout=timeout_s)
        self.default_port = 443 if target.secure else 80
        self._addresses, self._tls, self._timeout_s = target.addresses, tls, timeout_s
        self._opened: socket.socket | None = None
        self.was_cut = False

    def connect(self) -> None:
        opened = self._reached()
        if self._tls:
            # The handshake comes after, when there is a socket that can be cut.
            opened = self._tls.wrap_socket(
                opened, server_hostname=self.host, do_handshake_on_connect=False
            )
        self.sock = self._opened = opened
        if self.was_cut:
            raise TimeoutError
        if isinstance(opened, ssl.SSLSocket):
            opened.do_handshake()

    def _reached(self) -> socket.socket:
        """The first address that answers; the last one's error when none does."""
        *others, last = self._addresses[:_ADDRESSES_TRIED]
        each_s = self._timeout_s / (len(others) + 1)
        for address in others:
            with contextlib.suppress(OSError):
                return self._open(address, each_s)
        return self._open(last, each_s)

    def _open(self, address: str, connect_s: float) -> socket.socket:
        opened = socket.create_connection((address, self.port), connect_s)
        opened.settimeout(self._timeout_s)
        return opened

    def cut(self) -> None:
        """From another thread: whoever waits for the other side stops waiting. `sock` is no longer
        ours to cut once an answer's headers are read."""
        self.was_cut = True
        if self._opened is not None:
            with contextlib.suppress(OSError):
                socket.socket.shutdown(self._opened, socket.SHUT_RDWR)


def _start_of(answer: http.client.HTTPResponse) -> str:
    """How the answer begins, as text. Its status counts, also when the rest never comes."""
    parts, size = [], 0
    with contextlib.suppress(OSError, http.client.HTTPException):
        while size < _READ_BYTES and (part := answer.read1(_READ_BYTES - size)):
            parts.append(part)
            size += len(part)
    return b"".join(parts).decode("utf-8", "replace")[:ANSWER_CHARACTERS]


def _kind_of(error: Exception) -> str:
    if isinstance(error, ssl.SSLError):
        return "tls"
    return "connection" if isinstance(error, OSError) else "not_http"


def _since(began: float) -> int:
    return round((time.monotonic() - began) * 1000)
