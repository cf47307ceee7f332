"""The webshop of the README, as a reader would run it."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from kasstroom.webhooks.signature import header_of

pytestmark = pytest.mark.usefixtures("told")
README = Path(__file__).parents[2] / "README.md"


def _programs():
    return re.findall(r"```python\n(.*?)```", README.read_text(), re.DOTALL)


def test_the_webshop_of_the_readme_runs(stage, access):
    code, _ = _programs()
    told = os.environ | {"KASSTROOM_URL": stage.suite.url, "KASSTROOM_KEY": access.api_key}
    done = subprocess.run(
        [sys.executable, "-c", code], env=told, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.split() == ["approved", "250.00", "committed"]


def test_the_receiver_of_the_readme_takes_what_we_sign_and_nothing_else():
    _, code = _programs()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    body, secret = b'{"type": "invoice.paid", "subject": "F1"}', "whsec_x"
    command = [sys.executable, "-c", code.replace("9000", str(port))]
    env = os.environ | {"WEBHOOK_SECRET": secret}
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) as receiver:
        try:
            good = header_of((secret,), body, int(time.time()))
            forged = header_of(("another",), body, int(time.time()))
            assert [_posted(port, body, s) for s in (good, good, forged)] == [204, 204, 400]
        finally:
            receiver.terminate()
        assert receiver.stdout.read() == "invoice.paid F1\n"


def _posted(port, body, signature):
    headers = {"Kasstroom-Signature": signature, "Kasstroom-Delivery": "dlv_1"}
    for _ in range(100):
        try:
            asked = urllib.request.Request(f"http://127.0.0.1:{port}", body, headers)
            return urllib.request.urlopen(asked, timeout=5).status
        except urllib.error.HTTPError as refused:
            return refused.code
        except urllib.error.URLError:
            time.sleep(0.1)
    raise AssertionError("the receiver did not start")
