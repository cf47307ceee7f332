"""The front door passes requests on byte for byte, and answers for itself where it must."""

from __future__ import annotations

import http.client
import json
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from infra.local.front_door import LARGEST_BODY, FrontDoor, Upstream
from infra.local.ports import HOST, Ports

API = "/_aws/execute-api/abcd1234/$default"


class Upstairs(BaseHTTPRequestHandler):
    """A tiny API that tells what reached it."""

    protocol_version = "HTTP/1.1"

    def _tell(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.seen.append((self.command, self.path, self.headers, body))
        if self.path.endswith("/moved"):
            self.send_response(303)
            self.send_header("Location", "https://elsewhere.example/")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        self.send_response(204 if self.path.endswith("/nothing") else 200)
        self.send_header("Set-Cookie", "a=1")
        self.send_header("Set-Cookie", "b=2")
        if not self.path.endswith("/nothing"):
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD" and not self.path.endswith("/nothing"):
            self.wfile.write(body)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_TRACE = _tell

    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def upstairs() -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer((HOST, 0), Upstairs)
    server.seen = []
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def door(upstairs) -> Iterator[FrontDoor]:
    front = FrontDoor(Ports.free().product, home=lambda: "<h1>home</h1>").open()
    front.upstream = Upstream(upstairs.server_port, "abcd1234")
    yield front
    front.close()


@pytest.fixture
def client(door) -> Iterator[http.client.HTTPConnection]:
    connection = http.client.HTTPConnection(HOST, door.server_port, timeout=10)
    yield connection
    connection.close()


def ask(client, method, path, body=None, headers=None):
    client.request(method, path, body, headers or {})
    response = client.getresponse()
    return response, response.read()


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_a_request_reaches_the_api_by_path_and_binary_safe(client, upstairs, method):
    body = bytes(range(256)) if method in ("POST", "PUT", "PATCH") else b""
    response, got = ask(client, method, "/v1/x%2Fy?a=1&a=%20z", body)
    seen_method, path, _, seen_body = upstairs.seen[0]
    assert (response.status, got) == (200, body)
    assert (seen_method, path, seen_body) == (method, f"{API}/v1/x%2Fy?a=1&a=%20z", body)


def test_headers_pass_except_those_of_the_connection(client, upstairs):
    headers = {
        "Authorization": "Bearer ks_test_x",
        "Idempotency-Key": "k",
        "Connection": "keep-alive, X-Mine",
        "X-Mine": "1",
        "X-Forwarded-For": "203.0.113.9",
        "X-Forwarded-Proto": "https",
        "Host": "shop.example",
    }
    ask(client, "GET", "/v1/debtors", headers=headers)
    seen = upstairs.seen[0][2]
    assert seen["Authorization"] == "Bearer ks_test_x"
    assert seen["Idempotency-Key"] == "k"
    assert seen["X-Mine"] is None
    assert seen["Host"] == f"{HOST}:{upstairs.server_port}"
    assert seen["X-Forwarded-For"] == f"203.0.113.9, {HOST}"
    assert seen.get_all("X-Forwarded-Proto") == ["http"]


def test_every_cookie_of_an_answer_is_kept(client):
    response, _ = ask(client, "GET", "/p/token")
    assert response.headers.get_all("Set-Cookie") == ["a=1", "b=2"]


def test_a_redirect_is_handed_to_the_client(client, upstairs):
    response, _ = ask(client, "POST", "/moved")
    assert (response.status, response.headers["Location"]) == (303, "https://elsewhere.example/")
    assert len(upstairs.seen) == 1


def test_one_connection_serves_many_requests(client, upstairs):
    for path in ("/a", "/nothing", "/b"):
        response, _ = ask(client, "GET", path)
        assert response.status in (200, 204)
    ask(client, "HEAD", "/c")
    sock = client.sock
    ask(client, "GET", "/d")
    assert client.sock is sock is not None
    assert [seen[1].removeprefix(API) for seen in upstairs.seen] == [
        *("/a", "/nothing", "/b", "/c", "/d")
    ]


def test_a_chunked_body_arrives_whole(client, upstairs):
    client.request("POST", "/x", iter([b"one", b"two"]), encode_chunked=True)
    response = client.getresponse()
    assert response.read() == b"onetwo"
    assert upstairs.seen[0][3] == b"onetwo"


def test_the_largest_body_passes_and_one_byte_more_is_refused(client, upstairs):
    response, got = ask(client, "POST", "/v1/imports", b"x" * LARGEST_BODY)
    assert (response.status, len(got)) == (200, LARGEST_BODY)
    response, got = ask(client, "POST", "/v1/imports", b"x" * (LARGEST_BODY + 1))
    assert response.status == 413
    assert response.headers["Content-Type"] == "application/problem+json"
    assert json.loads(got)["status"] == 413
    assert len(upstairs.seen) == 1
    response, _ = ask(client, "GET", "/still/open")
    assert response.status == 200


@pytest.mark.parametrize("length", ["-1", "ten", "70000000"])
def test_a_length_that_cannot_be_served_ends_the_connection(door, length):
    with socket.create_connection((HOST, door.server_port), timeout=10) as raw:
        raw.sendall(f"POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n\r\n".encode())
        answer = raw.makefile("rb").read()
    status = 413 if length == "70000000" else 400
    assert answer.startswith(f"HTTP/1.1 {status}".encode())


def test_before_anything_is_deployed_the_door_says_so(door, client):
    door.upstream = None
    response, body = ask(client, "GET", "/v1/debtors")
    problem = json.loads(body)
    assert (response.status, problem["status"]) == (503, 503)
    assert "deployed" in problem["detail"]


def test_a_stopped_embedded_aws_is_not_available_with_what_to_do(door, client):
    door.upstream = Upstream(Ports.free().aws, "abcd1234")
    response, body = ask(client, "GET", "/v1/debtors")
    assert response.status == 503
    assert "make demo" in json.loads(body)["detail"]


def test_only_the_bare_address_is_the_home_page(door, client, upstairs):
    assert ask(client, "GET", "/")[1] == b"<h1>home</h1>"
    door.home = None
    ask(client, "GET", "/")
    assert upstairs.seen[0][1] == f"{API}/"
