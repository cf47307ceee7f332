"""After a restart of the embedded AWS no event is lost."""

from __future__ import annotations

import json

from infra.local.streams import FUNCTIONS, POSITIONS, read_anew


def test_a_stream_is_read_from_its_beginning_after_a_restart(tmp_path):
    kept = {"payload": {"functions": {"a": 1}, POSITIONS: {"data": {"account region one": 312}}}}
    (tmp_path / FUNCTIONS).write_text(json.dumps(kept))
    read_anew(tmp_path)
    after = json.loads((tmp_path / FUNCTIONS).read_text())
    assert after == {"payload": {"functions": {"a": 1}, POSITIONS: {"data": {}}}}


def test_nothing_is_made_of_nothing(tmp_path):
    read_anew(tmp_path)
    assert not list(tmp_path.iterdir())
