"""The official UBL examples, told apart by the verdict of the official rules."""

from __future__ import annotations

import json

from tests.shared import SHARED, shared

DATA = SHARED / "data" / "ubl"
RESPONSE = "ApplicationResponse"


def _expected() -> dict[str, dict]:
    path = DATA / "expected.json"
    return json.loads(path.read_text()) if path.exists() else {}


EXPECTED = _expected()


def _is_valid(verdict: dict) -> bool:
    """By XSD, EN 16931 and the national rules; Peppol objects to samples older than its own."""
    sets = {name: rules for name, rules in verdict.items() if isinstance(rules, dict)}
    sets.pop("peppol", None)
    return bool(verdict["xsd_valid"]) and not any(rules["fatal"] for rules in sets.values())


VALID = sorted(
    name for name, verdict in EXPECTED.items() if verdict["root"] != RESPONSE and _is_valid(verdict)
)
OTHERS = sorted(
    name for name, verdict in EXPECTED.items() if verdict["root"] != RESPONSE and name not in VALID
)
RESPONSES = sorted(name for name, verdict in EXPECTED.items() if verdict["root"] == RESPONSE)


def here() -> None:
    """Without the examples a test is skipped; in CI it fails."""
    shared("data/ubl/expected.json")
