"""One call to somebody else's system: within its budget, and never more than it said."""

from __future__ import annotations

import contextlib
import threading
import time
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from kasstroom.errors import Unavailable
from kasstroom_partners import calling
from kasstroom_partners.calling import call

ANSWERS = {
    "/decimals": (200, b'{"amount": 1.10}'),
    "/empty": (404, b""),
    "/html": (200, b"<html>"),
    "/busy": (429, b"{}"),
    "/down": (503, b"{}"),
    "/moved": (302, b"{}"),
    "/refused": (422, b'{"code": 1}'),
    "/large": (200, b" " * 5000),
}


@pytest.fixture(scope="module")
def url():
    class Server(BaseHTTPRequestHandler):
        def do_POST(self):
            self.do_GET(self.rfile.read(int(self.headers.get("content-length") or 0)))

        def do_GET(self, echo=b""):
            if self.path == "/drip":
                self._drip()
                return
            if self.path == "/slow":
                time.sleep(1)
            status, body = ANSWERS.get(self.path, (200, echo or b"{}"))
            self.send_response(status)
            self.send_header("location", "/decimals")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            with contextlib.suppress(OSError):
                self.wfile.write(body)

        def _drip(self):
            self.send_response(200)
            self.end_headers()
            try:
                for _ in range(60):
                    self.wfile.write(b" ")
                    self.wfile.flush()
                    time.sleep(0.05)
            except OSError:
                pass

        def log_message(self, *args):
            """A test run stays quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_json_goes_out_and_comes_in_without_floats(url):
    assert call("GET", f"{url}/decimals") == (200, {"amount": Decimal("1.10")})
    assert call("POST", f"{url}/echo", body={"a": [1]}) == (200, {"a": [1]})


@pytest.mark.parametrize(("path", "status"), [("/empty", 404), ("/moved", 302), ("/refused", 422)])
def test_what_a_caller_may_judge_comes_back(url, path, status):
    assert call("GET", url + path)[0] == status


@pytest.mark.parametrize("path", ["/html", "/busy", "/down"])
def test_what_may_work_later_is_unavailable(url, path):
    with pytest.raises(Unavailable):
        call("GET", url + path)


@pytest.mark.parametrize("path", ["/slow", "/drip"])
def test_the_budget_is_kept_by_the_clock(url, path):
    begun = time.monotonic()
    with pytest.raises(Unavailable):
        call("GET", url + path, budget_s=0.2)
    assert time.monotonic() - begun < 0.9


def test_a_large_answer_is_not_read_to_its_end(url, monkeypatch):
    monkeypatch.setattr(calling, "LARGEST_ANSWER_BYTES", 1000)
    with pytest.raises(Unavailable):
        call("GET", f"{url}/large")


def test_nobody_there_says_so_without_the_address():
    with pytest.raises(Unavailable) as error:
        call("GET", "http://127.0.0.1:9/secret?key=abc", headers={"Authorization": "abc"})
    assert "abc" not in error.value.detail and "secret" not in error.value.detail
