"""An environment's templates, synthesised once per test run, whichever worker asks first."""

from __future__ import annotations

import fcntl
import json
from pathlib import Path
from typing import Any

Template = dict[str, Any]


def synthesised(folder: Path, environment: str, **context: str) -> dict[str, Template]:
    """Those of `infra.templates`. The workers of a run leave them for each other in the folder, and
    wait rather than do the same work twice."""
    with (folder / f"{'-'.join([environment, *context])}.json").open("a+") as kept:
        fcntl.flock(kept, fcntl.LOCK_EX)
        kept.seek(0)
        if text := kept.read():
            return json.loads(text)
        from infra.templates import templates

        made = templates(environment, **context)
        kept.write(json.dumps(made))
        return made
