"""Where one local environment keeps everything: delete the folder and it never was."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
EMBEDDED_AWS = ROOT / ".local" / "embedded-aws"


BOOKS = "clock access.json deployment.json environment.json story.json figures.json".split()


class NotReady(Exception):
    """The machine or the environment cannot do what was asked; the sentence says what to do."""


@dataclass(frozen=True)
class Place:
    """One folder per environment: the demo's own, and one for every test run."""

    root: Path = ROOT / ".local"

    @classmethod
    def chosen(cls, env: Mapping[str, str]) -> Place:
        """KASSTROOM_HOME keeps a second environment apart from the usual one."""
        return cls(Path(env["KASSTROOM_HOME"]).resolve()) if env.get("KASSTROOM_HOME") else cls()

    @property
    def state(self) -> Path:
        return self.root / "state"

    @property
    def s3(self) -> Path:
        return self.root / "s3"

    @property
    def scratch(self) -> Path:
        return self.root / "scratch"

    @property
    def clock(self) -> Path:
        return self.root / "clock"

    @property
    def log(self) -> Path:
        return self.root / "embedded-aws.log"

    @property
    def deploy_log(self) -> Path:
        return self.root / "deploy.log"

    @property
    def synthesised(self) -> Path:
        return self.root / "cdk.out"

    def read(self, name: str) -> dict[str, Any]:
        """A small JSON file of this environment; empty when it is not there or half-written."""
        try:
            return json.loads((self.root / name).read_text())
        except (OSError, ValueError):
            return {}

    def write(self, name: str, content: dict[str, Any]) -> None:
        """Whole or not at all, and for the owner's eyes only: it may hold an API key."""
        self.root.mkdir(parents=True, exist_ok=True)
        half = self.root / f"{name}.half"
        half.touch(mode=0o600)
        half.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n")
        half.replace(self.root / name)

    def forget(self, name: str) -> None:
        (self.root / name).unlink(missing_ok=True)

    def wipe(self) -> None:
        """Remove the books and what was deployed; installed packages stay."""
        for folder in (self.state, self.s3, self.scratch, self.synthesised):
            shutil.rmtree(folder, ignore_errors=True)
        for name in BOOKS:
            self.forget(name)
