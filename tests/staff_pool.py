"""A pool of accounts as Cognito is from outside: a token endpoint with codes that work once, keys,
and ID tokens signed with them. Whatever a test wants to be wrong, it names."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

ISSUER = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Staff"
CLIENT = "desk-client"
KID = "pool-key-1"


def text_of(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@cache
def private_key(name: str = KID, bits: int = 2048) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


def jwks(*names: str) -> dict[str, Any]:
    keys = []
    for name in names or (KID,):
        public = private_key(name).public_key().public_numbers()
        n, e = public.n.to_bytes(256), public.e.to_bytes(3)
        one = {"kty": "RSA", "alg": "RS256", "use": "sig", "kid": name}
        keys.append(one | {"n": text_of(n), "e": text_of(e)})
    return {"keys": keys}


def claims_of(user: str = "vandijk.anna", *, nonce: str = "n", **other: Any) -> dict[str, Any]:
    """What Cognito says of a person; None takes a claim away."""
    now = int(time.time())
    org = user.partition(".")[0]
    claims = {
        "sub": f"sub-of-{user}", "iss": ISSUER, "aud": CLIENT, "token_use": "id", "nonce": nonce,
        "auth_time": now, "iat": now, "exp": now + 300, "cognito:username": user,
        "custom:org": org, "cognito:groups": ["credit_manager"], "jti": "j", "origin_jti": "o",
    }  # fmt: skip
    changed = {name.replace("__", ":"): value for name, value in other.items()}
    return {name: v for name, v in (claims | changed).items() if v is not None}


def signed(claims: Any, *, key: str = KID, header: dict[str, Any] | None = None) -> str:
    head = {"alg": "RS256", "kid": key} | (header or {})
    message = f"{text_of(json.dumps(head).encode())}.{text_of(json.dumps(claims).encode())}"
    signature = private_key(key).sign(message.encode(), padding.PKCS1v15(), hashes.SHA256())
    return f"{message}.{text_of(signature)}"


@dataclass
class Pool:
    """`codes` are what the sign-in page handed out: the challenge and nonce they are for, and what
    the token will say besides."""

    url: str = ""
    codes: dict[str, tuple[str, str, dict[str, Any]]] = field(default_factory=dict)
    sign: Any = signed
    status: int = 200
    asked: list[str] = field(default_factory=list)
    keys: dict[str, Any] = field(default_factory=jwks)

    def code_for(self, address: str, user: str = "vandijk.anna", **claims: Any) -> str:
        """Somebody signs in on the page at this address; the code their browser comes back with."""
        given = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        code = f"code-{len(self.codes)}-{'x' * 30}"
        said = claims_of(user, **({"nonce": given["nonce"]} | claims))
        self.codes[code] = (given["code_challenge"], given["redirect_uri"], said)
        return code

    def token(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        challenge, back, said = self.codes.pop(form.get("code", ""), ("", "", {}))
        verifier = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        right = (text_of(verifier), form.get("redirect_uri"), form.get("client_id"))
        if not said or right != (challenge, back, CLIENT):
            return 400, {"error": "invalid_grant"}
        return 200, {"id_token": self.sign(said), "token_type": "Bearer", "expires_in": 300}


@contextmanager
def serving(pool: Pool) -> Iterator[Pool]:
    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(pool.status, pool.keys)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            status, answer = pool.token({k: v[0] for k, v in parse_qs(body).items()})
            self._answer(status if pool.status == 200 else pool.status, answer)

        def _answer(self, status: int, answer: Any) -> None:
            pool.asked.append(f"{self.command} {self.path}")
            content = json.dumps(answer).encode() if status != 302 else b""
            self.send_response(status)
            if status == 302:
                self.send_header("location", f"{pool.url}/elsewhere")
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    pool.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield pool
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
