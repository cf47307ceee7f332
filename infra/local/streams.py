"""How far the streams of the embedded AWS were read, when it starts again."""

from __future__ import annotations

import json
from pathlib import Path

FUNCTIONS = "lambda.json"
POSITIONS = "dynamodb_stream_positions"


def read_anew(state: Path) -> None:
    """It keeps the place up to which a stream was read, and not the stream: after a restart as many
    changes as there were before would be taken for read, and no event of them would leave."""
    file = state / FUNCTIONS
    if not file.exists():
        return
    kept = json.loads(file.read_text())
    positions = kept.get("payload", kept).get(POSITIONS, {})
    if positions.get("data"):
        positions["data"] = {}
        half = file.with_suffix(".half")
        half.write_text(json.dumps(kept))
        half.replace(file)
