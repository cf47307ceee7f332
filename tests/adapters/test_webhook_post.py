"""One POST to a receiver: to the address that was checked, within its budget, and never further."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from kasstroom_partners import posting
from kasstroom_partners.posting import WebhookPost, addresses_of

HERE, PUBLIC = posting.Reach.THIS_MACHINE, posting.Reach.PUBLIC
BODY = '{"name":"Café"}'.encode()


class Receiver(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.seen.append((self.path, dict(self.headers), body))
        kind, _, status = self.path.strip("/").partition("/")
        if kind == "slow":
            time.sleep(0.6)
        self.send_response(int(status or 204))
        self.send_header("location", f"http://127.0.0.1:{self.server.server_address[1]}/ok/200")
        if kind in ("drip", "large"):
            self.end_headers()
            with suppress(OSError):
                for _ in range(40):
                    self.wfile.write(b"x" * (5000 if kind == "large" else 1))
                    self.wfile.flush()
                    time.sleep(0 if kind == "large" else 0.05)
            self.close_connection = True
            return
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *args):
        """A test run stays quiet."""


@contextmanager
def serving(tls=None):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    server.seen, server.daemon_threads = [], True
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server.seen, server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def raw(answer):
    """A port where the other side says `answer` to whoever connects, byte by byte."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve():
        with suppress(OSError):
            other, _ = listening.accept()
            with other:
                for part in answer:
                    other.sendall(part)
                    time.sleep(0.05)

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield listening.getsockname()[1]
    finally:
        listening.close()


@pytest.fixture(scope="module")
def receiver():
    with serving() as one:
        yield one


def post(url, **more):
    return WebhookPost(HERE, **more)(url, BODY, {"Kasstroom-Delivery": "dlv_1"})


def test_the_body_and_headers_arrive_as_they_are(receiver):
    seen, port = receiver
    answer = post(f"http://127.0.0.1:{port}/ok?a=1")
    path, headers, body = seen[-1]
    assert answer.status == 204 and answer.is_delivered and answer.milliseconds < 1000
    assert (path, body, headers["Kasstroom-Delivery"]) == ("/ok?a=1", BODY, "dlv_1")
    assert headers["Host"] == f"127.0.0.1:{port}"


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_an_answer_and_is_not_followed(receiver, status):
    seen, port = receiver
    before = len(seen)
    answer = post(f"http://127.0.0.1:{port}/moved/{status}")
    assert answer.status == status and not answer.is_delivered
    assert len(seen) == before + 1


def test_a_large_answer_is_not_read_to_its_end(receiver):
    answer = post(f"http://127.0.0.1:{receiver[1]}/large/500")
    assert (answer.status, answer.text) == (500, "x" * 500)


def test_an_answer_that_drips_counts_by_its_status_and_ends_with_the_budget(receiver):
    began = time.monotonic()
    answer = post(f"http://127.0.0.1:{receiver[1]}/drip/200", budget_s=0.3)
    assert answer.is_delivered and set(answer.text) <= {"x"}
    assert time.monotonic() - began < 1


def test_a_receiver_that_takes_too_long_is_a_timeout(receiver):
    answer = post(f"http://127.0.0.1:{receiver[1]}/slow", budget_s=0.2)
    assert (answer.status, answer.error) == (None, "timeout")


@pytest.mark.parametrize(
    ("first", "status"), [(b"HTTP/1.1 200 OK\r\n", 200), (b"HTTP/1.1 503 x\r\n", 503), (b"H", None)]
)
def test_headers_that_drip_end_with_the_budget_too(first, status):
    with raw([first, *[b"a: b\r\n" if status else b"T"] * 60]) as port:
        began = time.monotonic()
        answer = post(f"http://127.0.0.1:{port}/", budget_s=1)
        assert answer.status == status and time.monotonic() - began < 2
        assert answer.error == ("" if status else "timeout")


@pytest.mark.parametrize(
    "said", [b"", b"SSH-2.0-x\r\n\r\n", b"\x00\xff" * 50, b"HTTP/1.1 x\r\n\r\n"]
)
def test_what_is_no_http_is_no_answer(said):
    with raw([said]) as port:
        answer = post(f"http://127.0.0.1:{port}/")
        assert answer.status is None and answer.error in ("not_http", "connection")


def test_nobody_listens():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    assert post(f"http://127.0.0.1:{port}/").error == "connection"


def resolving(*answers):
    """A name server that gives another answer at every question."""
    asked = []

    def resolve(host, port):
        asked.append(host)
        return answers[min(len(asked), len(answers)) - 1]

    resolve.asked = asked
    return resolve


@pytest.mark.parametrize(
    "addresses",
    [("127.0.0.1",), ("10.0.0.5",), ("169.254.169.254",), ("::1",), ("93.184.215.14", "::1")],
)
def test_a_name_that_points_inside_is_not_called(receiver, addresses):
    seen, port = receiver
    before = len(seen)
    answer = WebhookPost(PUBLIC, resolving(addresses))(f"https://shop.example:{port}/", BODY, {})
    assert (answer.status, answer.error) == (None, "address_not_allowed")
    assert len(seen) == before


def test_a_name_that_is_unknown_is_told_apart(receiver):
    assert WebhookPost(PUBLIC, resolving(()))("https://shop.example/", BODY, {}).error == "dns"


def test_the_connection_goes_to_the_checked_address_whatever_the_name_says_later(
    receiver, monkeypatch
):
    """The name points at this machine when it is asked, and elsewhere from then on."""
    seen, port = receiver
    resolve, looked_up = resolving(("127.0.0.1",), ("10.0.0.5",)), []
    real = socket.getaddrinfo

    def watched(host, *args, **more):
        looked_up.append(host)
        return real(host, *args, **more)

    monkeypatch.setattr(socket, "getaddrinfo", watched)
    answer = post(f"http://localhost:{port}/ok/200", resolve=resolve)
    assert answer.is_delivered
    assert resolve.asked == ["localhost"] and set(looked_up) <= {"127.0.0.1"}
    assert seen[-1][1]["Host"] == f"localhost:{port}"


def test_the_next_address_is_called_when_the_first_does_not_answer(receiver):
    resolve = resolving(("::1", "127.0.0.1"))
    assert post(f"http://localhost:{receiver[1]}/ok/200", resolve=resolve).is_delivered


def test_an_environment_s_proxy_is_not_used(receiver, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert post(f"http://127.0.0.1:{receiver[1]}/ok").is_delivered


def test_names_are_looked_up():
    assert addresses_of("127.0.0.1", 80) == ("127.0.0.1",)
    assert "127.0.0.1" in addresses_of("localhost", 80)
    assert addresses_of("2130706433", 80) in (("127.0.0.1",), ())
    assert addresses_of("a" * 70 + ".example", 80) == ()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), False)
        .add_extension(x509.BasicConstraints(True, None), True)
        .sign(key, hashes.SHA256())
    )
    folder = tmp_path_factory.mktemp("tls")
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    (folder / "key.pem").write_bytes(private)
    return folder


def test_the_certificate_is_the_name_s_though_the_address_is_called(certificate):
    """An address of this machine is called; the certificate is asked for by name and checked."""
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    trusted = ssl.create_default_context(cafile=certificate / "cert.pem")
    with serving(server) as (seen, port):
        resolve = resolving(("127.0.0.1",))
        told = post(f"https://localhost:{port}/ok/200", resolve=resolve, trusted=trusted)
        assert told.is_delivered and len(seen) == 1
        other_name = post(f"https://127.0.0.1:{port}/", resolve=resolve, trusted=trusted)
        stranger = post(f"https://localhost:{port}/", resolve=resolve)
        assert [other_name.error, stranger.error] == ["tls", "tls"] and len(seen) == 1


def test_a_handshake_that_never_comes_ends_with_the_budget():
    with raw([b"\x16"] * 60) as port:
        began = time.monotonic()
        answer = post(f"https://127.0.0.1:{port}/", budget_s=0.3)
        assert answer.error in ("timeout", "tls") and time.monotonic() - began < 1
