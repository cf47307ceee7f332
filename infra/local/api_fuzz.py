"""`make api-fuzz`: requests nobody would write, from /openapi.json, at the running demo."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping

from infra.local.place import ROOT, NotReady, Place
from infra.local.say import Say
from infra.local.suite import Suite

TOOL = ROOT / ".local" / "api-fuzz" / "bin" / "schemathesis"
MOST_EXAMPLES = 25
"""Per operation: bounded, so that a run takes minutes; FUZZ_EXAMPLES=200 digs deeper."""
PATIENCE_S = 20
NOT_OURS = {
    "unsupported_method": "an undeclared method never reaches us: API Gateway answers it with 404",
    "allow_header_conformance": "and gives no `Allow`",
    "positive_data_acceptance": "a rule of the trade may refuse what the schema allows, with 422",
    "use_after_free": "a revoked payment link stays visible, as revoked",
}
"""Checks that do not fit, each with its reason; every other check counts."""


def main(env: Mapping[str, str] = os.environ) -> int:
    try:
        return _fuzz(Place.chosen(env), env)
    except NotReady as stopped:
        Say().failed(str(stopped))
        return 1


def _fuzz(place: Place, env: Mapping[str, str]) -> int:
    known = place.read("environment.json")
    if not known or not _answers(known["urls"]["api"]):
        raise NotReady("Nothing runs to throw requests at. Start `make demo` in another terminal.")
    return subprocess.run(
        command(known, env.get("FUZZ_EXAMPLES") or MOST_EXAMPLES), cwd=place.root
    ).returncode


def command(known: dict, examples: int | str) -> list[str]:
    """`known` is the content of environment.json. The seed is fixed: a finding can be repeated."""
    return [
        str(TOOL),
        "run",
        f"{known['urls']['api']}/openapi.json",
        "--header",
        f"Authorization: Bearer {known['api_key']}",
        "--max-examples",
        str(examples),
        "--request-timeout",
        str(PATIENCE_S),
        "--seed",
        "20260901",
        "--workers",
        "2",
        "--no-color",
        "--exclude-checks",
        ",".join(NOT_OURS),
    ]


def _answers(url: str) -> bool:
    try:
        return Suite(url).call("GET", "/openapi.json").status == 200
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(main())
