"""A stable address on this machine for an API whose id differs at every deployment.

Does what API Gateway's own domain does in the cloud: takes a request as it comes, refuses what is
too large, and passes the rest on, byte for byte.
"""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import quote

from infra.local.ports import HOST
from infra.local.refusals import Refusal, not_up, too_large

LARGEST_BODY = 10_000_000
"""API Gateway's own limit on a payload; larger files go through a presigned upload."""
LARGEST_READ = 60_000_000
"""Beyond this we hang up instead of reading a body only to refuse it."""
UPSTREAM_PATIENCE_S = 60
HOP_BY_HOP = frozenset(
    "connection keep-alive proxy-authenticate proxy-authorization proxy-connection te trailer "
    "transfer-encoding upgrade expect".split()
)
PRINTABLE = "".join(map(chr, range(0x21, 0x7F)))


@dataclass(frozen=True)
class Upstream:
    """An API in the embedded AWS, reached by path because its host name resolves nowhere."""

    port: int
    api_id: str

    def path(self, path: str) -> str:
        return f"/_aws/execute-api/{self.api_id}/$default{quote(path, safe=PRINTABLE)}"


class FrontDoor(ThreadingHTTPServer):
    """`upstream` None: nothing is deployed yet. `home` answers `/`, with status and HTML."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, port: int, home: Callable[[], str] | None = None) -> None:
        super().__init__((HOST, port), Passage)
        self.upstream: Upstream | None = None
        self.home = home

    def open(self) -> FrontDoor:
        threading.Thread(target=self.serve_forever, args=(0.1,), daemon=True).start()
        return self

    def close(self) -> None:
        self.shutdown()
        self.server_close()


class Passage(BaseHTTPRequestHandler):
    """One connection of a client, kept open between requests."""

    server: FrontDoor
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 75

    def __getattr__(self, name: str) -> Callable[[], None]:
        """Every method passes, known to us or not: the API decides."""
        if name.startswith("do_"):
            return self.pass_on
        raise AttributeError(name)

    def pass_on(self) -> None:
        try:
            body = self._body()
            if self.server.home and self.path.split("?")[0] == "/" and self.command == "GET":
                return self._answer_home()
            self._answer(*self._ask(body))
        except Refusal as refusal:
            self._refuse(refusal)
        except ConnectionError:
            self.close_connection = True

    def _body(self) -> bytes:
        if "chunked" in self.headers.get("Transfer-Encoding", "").lower():
            return self._chunks()
        length = self.headers.get("Content-Length", "0")
        if not length.isdigit():
            raise Refusal(400, "Bad request", "Content-Length is not a number.", hang_up=True)
        if int(length) > LARGEST_READ:
            raise too_large(hang_up=True)
        body = self.rfile.read(int(length))
        if len(body) > LARGEST_BODY:
            raise too_large()
        return body

    def _chunks(self) -> bytes:
        body = bytearray()
        while size := self._chunk_size():
            if len(body) + size > LARGEST_READ:
                raise too_large(hang_up=True)
            body += self.rfile.read(size)
            self.rfile.readline()
        while self.rfile.readline().strip():
            pass
        if len(body) > LARGEST_BODY:
            raise too_large()
        return bytes(body)

    def _chunk_size(self) -> int:
        try:
            return int(self.rfile.readline(100).split(b";")[0], 16)
        except ValueError:
            raise Refusal(400, "Bad request", "A chunk has no size.", hang_up=True) from None

    def _ask(self, body: bytes) -> tuple[http.client.HTTPResponse, bytes]:
        upstream = self.server.upstream
        if upstream is None:
            raise not_up("It is being deployed. Try again in a moment.")
        connection = http.client.HTTPConnection(HOST, upstream.port, timeout=UPSTREAM_PATIENCE_S)
        try:
            self._send(connection, upstream, body)
            response = connection.getresponse()
            return response, response.read()
        except TimeoutError:
            raise Refusal(504, "No answer in time", "The function took too long.") from None
        except (OSError, http.client.HTTPException):
            raise not_up("Start it with `make demo`.") from None
        finally:
            connection.close()

    def _send(self, to: http.client.HTTPConnection, upstream: Upstream, body: bytes) -> None:
        path = self.path if self.path.startswith("/") else f"/{self.path}"
        to.putrequest(self.command, upstream.path(path), skip_host=True, skip_accept_encoding=True)
        for name, value in self._headers_onward(upstream, len(body)):
            to.putheader(name, value)
        to.endheaders(body or None)

    def _headers_onward(self, upstream: Upstream, length: int) -> list[tuple[str, str]]:
        ours = {"host", "content-length", "x-forwarded-for", "x-forwarded-proto"}
        listed = {h.strip().lower() for h in self.headers.get("Connection", "").split(",")}
        dropped = HOP_BY_HOP | ours | listed
        kept = [(n, v) for n, v in self.headers.items() if n.lower() not in dropped]
        before = self.headers.get("X-Forwarded-For")
        sender = f"{before}, {self.client_address[0]}" if before else self.client_address[0]
        return [
            ("Host", f"{HOST}:{upstream.port}"),
            *kept,
            ("X-Forwarded-For", sender),
            ("X-Forwarded-Proto", "http"),
            ("Content-Length", str(length)),
        ]

    def _answer(self, response: http.client.HTTPResponse, body: bytes) -> None:
        self.send_response_only(response.status, response.reason)
        for name, value in response.getheaders():
            if name.lower() not in HOP_BY_HOP | {"content-length"}:
                self.send_header(name, value)
        bodiless = self.command == "HEAD" or response.status in (204, 304)
        if not (bodiless and not body):
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if not bodiless:
            self.wfile.write(body)

    def _answer_home(self) -> None:
        assert self.server.home is not None
        self._own(200, "text/html; charset=utf-8", self.server.home().encode())

    def _refuse(self, refusal: Refusal) -> None:
        self.close_connection = self.close_connection or refusal.hang_up
        problem = {
            "type": "about:blank",
            "title": refusal.title,
            "status": refusal.status,
            "detail": str(refusal),
        }
        self._own(refusal.status, "application/problem+json", json.dumps(problem).encode())

    def _own(self, status: int, media_type: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Length", str(len(body)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet: the functions log their own requests."""
