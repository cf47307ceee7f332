"""The sandbox under Mollie's strictly typed client, in an environment of its own."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

DRIVER = Path(__file__).with_name("strict_mollie_client.py")
PYTHON = os.environ.get("STRICT_MOLLIE_PYTHON", "")


@pytest.mark.skipif(
    not PYTHON, reason="STRICT_MOLLIE_PYTHON names no interpreter with mollie-api-py==1.10.20"
)
def test_the_strict_client_accepts_every_answer(world: Any) -> None:
    command = [PYTHON, str(DRIVER), world.psp_url, world.shop_url]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr[-3000:]
    assert [line.rpartition(".")[2] for line in done.stdout.splitlines()] == [
        "OPEN",
        "PAID",
        "SIGNED",
        "PENDING",
        "REVERSED",
        "PAGES",
        "PAIDOUT",
        "ENABLED",
        "CANCELED",
        "ErrorResponse 404",
        "ErrorResponse 422",
    ]
