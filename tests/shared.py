"""Checked facts that lie beside the project, not in it."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

SHARED = Path(__file__).parents[2] / "shared"


def shared(path: str) -> Path:
    """A file of the shared folder; without the folder the test is skipped, in CI it fails."""
    found = SHARED / path
    if not found.exists():
        if os.environ.get("CI") == "true":
            pytest.fail(f"the shared folder lacks {path}")
        pytest.skip(f"needs {path} of the shared folder beside the project")
    return found


def law() -> dict[str, Any]:
    return json.loads(shared("vectors/law.json").read_text())
