"""The webshop of the README, as a reader would run it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.usefixtures("told")
README = Path(__file__).parents[2] / "README.md"


def test_the_webshop_of_the_readme_runs(stage, access):
    (code,) = re.findall(r"```python\n(.*?)```", README.read_text(), re.DOTALL)
    told = os.environ | {"KASSTROOM_URL": stage.suite.url, "KASSTROOM_KEY": access.api_key}
    done = subprocess.run(
        [sys.executable, "-c", code], env=told, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.split() == ["approved", "250.00", "committed"]
