"""What is deployed in the embedded AWS, and whether it is what stands in the source."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from infra.local.place import ROOT

SOURCES = ("infra", "layers", "functions", "cdk.json", "package-lock.json", "pyproject.toml")
NOT_DEPLOYED = ("infra/local/",)


def _files() -> Iterator[Path]:
    for source in SOURCES:
        path = ROOT / source
        yield from sorted(path.rglob("*")) if path.is_dir() else [path]


def fingerprint(context: dict[str, str]) -> str:
    """One number for everything a deployment is made of: sources, locks, values, this Python."""
    total = hashlib.sha256(json.dumps([context, sys.version]).encode())
    for path in _files():
        name = path.relative_to(ROOT).as_posix()
        if "__pycache__" in name or name.startswith(NOT_DEPLOYED) or not path.is_file():
            continue
        total.update(f"{name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\0".encode())
    return total.hexdigest()


def all_there(cloudformation: Any, stacks: list[str]) -> bool:
    """True when every one of these stacks exists and its last change succeeded."""
    described = cloudformation.describe_stacks()["Stacks"]
    complete = {
        stack["StackName"]
        for stack in described
        if stack["StackStatus"] in ("CREATE_COMPLETE", "UPDATE_COMPLETE")
    }
    return bool(stacks) and complete.issuperset(stacks)
