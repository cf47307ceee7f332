"""A Lambda behind a real HTTP port: requests become HTTP API events as API Gateway sends them."""

from __future__ import annotations

import base64
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

Handler = Callable[[dict[str, Any], Any], dict[str, Any]]

# API Gateway hands these over as text and everything else, forms included, as base64.
_TEXT_TYPES = ("application/json", "application/xml", "application/javascript")


def http_event(
    method: str, target: str, headers: dict[str, str] | None = None, body: bytes = b""
) -> dict[str, Any]:
    """An HTTP API event, payload format 2.0; `target` is the path with its query string."""
    parts, headers = urlsplit(target), {k.lower(): v for k, v in (headers or {}).items()}
    cookies = headers.pop("cookie", "")
    path = unquote(parts.path)
    event: dict[str, Any] = {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": parts.query,
        "headers": headers,
        "requestContext": _context(method, path, headers),
        "isBase64Encoded": False,
    }
    if cookies:
        event["cookies"] = [cookie.strip() for cookie in cookies.split(";")]
    if parts.query:
        event["queryStringParameters"] = _query(parts.query)
    if body:
        event |= _body(body, headers.get("content-type", ""))
    return event


def _context(method: str, path: str, headers: dict[str, str]) -> dict[str, Any]:
    now = time.time()
    http = {"method": method, "path": path, "protocol": "HTTP/1.1", "sourceIp": "127.0.0.1"}
    return {
        "accountId": "000000000000",
        "apiId": "local",
        "domainName": headers.get("host", "127.0.0.1"),
        "http": http | {"userAgent": headers.get("user-agent", "")},
        "requestId": str(uuid.uuid4()),
        "routeKey": "$default",
        "stage": "$default",
        "time": time.strftime("%d/%b/%Y:%H:%M:%S +0000", time.gmtime(now)),
        "timeEpoch": int(now * 1000),
    }


def _query(raw: str) -> dict[str, str]:
    """Several values of one name are joined with a comma."""
    joined: dict[str, str] = {}
    for name, value in parse_qsl(raw, keep_blank_values=True):
        joined[name] = f"{joined[name]},{value}" if name in joined else value
    return joined


def _body(body: bytes, content_type: str) -> dict[str, Any]:
    kind = content_type.partition(";")[0].strip().lower()
    if kind in _TEXT_TYPES or kind.startswith("text/"):
        return {"body": body.decode("utf-8", "replace"), "isBase64Encoded": False}
    return {"body": base64.b64encode(body).decode(), "isBase64Encoded": True}


class _Context:
    """What the handlers read of a Lambda context."""

    function_name = "local"
    function_version = "$LATEST"
    memory_limit_in_mb = 256
    invoked_function_arn = "arn:aws:lambda:eu-west-1:000000000000:function:local"

    def __init__(self) -> None:
        self.aws_request_id = str(uuid.uuid4())

    def get_remaining_time_in_millis(self) -> int:
        return 30_000


@contextmanager
def serve(handler: Handler, port: int = 0) -> Iterator[str]:
    """Serves the handler on 127.0.0.1 and yields the base URL, without a slash at the end."""

    class Server(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def _answer(self) -> None:
            length = int(self.headers.get("content-length") or 0)
            event = http_event(self.command, self.path, self._joined(), self.rfile.read(length))
            answer = handler(event, _Context())
            with suppress(ConnectionError):  # somebody who did not wait for it
                self._send(answer)

        def _joined(self) -> dict[str, str]:
            names = dict.fromkeys(name.lower() for name in self.headers)
            return {name: ",".join(self.headers.get_all(name, [])) for name in names}

        def _send(self, answer: dict[str, Any]) -> None:
            text = answer.get("body") or ""
            encoded = answer.get("isBase64Encoded")
            payload = base64.b64decode(text) if encoded else text.encode()
            self.send_response(answer["statusCode"])
            for name, value in (answer.get("headers") or {}).items():
                self.send_header(name, str(value))
            for cookie in answer.get("cookies") or []:
                self.send_header("set-cookie", cookie)
            self.send_header("content-length", str(len(payload)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(payload)

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_OPTIONS = _answer

        def log_message(self, *args: Any) -> None:
            """A test run stays quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Server)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
