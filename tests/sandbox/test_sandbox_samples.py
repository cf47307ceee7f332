"""What AWS really sends to the sandbox's functions, through their real handlers."""

from __future__ import annotations

import importlib
import json
from pathlib import Path
from typing import Any

import pytest

from tests.lambda_http import _Context

TRIGGERS = Path(__file__).resolve().parents[2] / "events" / "triggers"
EXPECTED = {
    "psp/create_payment": lambda a: json.loads(a["body"])["status"] == "open",
    "psp/unknown_checkout": lambda a: a["statusCode"] == 404,
    "psp/control_page": lambda a: a["statusCode"] == 200 and "<html" in a["body"],
    "registers/profile": lambda a: json.loads(a["body"])["naam"] == "Test BV Donald",
    "shop/page": lambda a: a["statusCode"] == 200 and "<html" in a["body"],
    "shop/forged": lambda a: a["statusCode"] == 400,
    "insurer/authorize": lambda a: json.loads(a["body"])["expires_in"] == 3600,
    "phone/sms": lambda a: a["statusCode"] == 200 and json.loads(a["body"])["MessageId"],
    "phone/whatsapp": lambda a: a["statusCode"] == 200 and json.loads(a["body"])["messageId"],
    "phone/messages_as_json": lambda a: json.loads(a["body"]) == [],
    "deliver_webhook/nobody_listens": lambda a: len(a["batchItemFailures"]) == 1,
    "deliver_webhook/somebody_elses_host": lambda a: a == {"batchItemFailures": []},
}
SAMPLES = sorted((TRIGGERS / "sandbox").glob("*/*.json"))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_sample_runs_through_its_handler(world: Any, sample: Path) -> None:
    function = importlib.import_module(f"functions.sandbox.{sample.parent.name}.handler")
    answer = function.handler(json.loads(sample.read_text()), _Context())
    assert EXPECTED[f"{sample.parent.name}/{sample.stem}"](answer), answer


def test_every_expected_sample_is_there() -> None:
    assert {f"{path.parent.name}/{path.stem}" for path in SAMPLES} == set(EXPECTED)
