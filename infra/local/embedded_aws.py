"""The embedded AWS (MiniStack): one process of ours that enforces IAM as AWS does."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
import urllib.request
from collections.abc import Callable

from infra.local.place import EMBEDDED_AWS, NotReady, Place
from infra.local.ports import HOST, Ports, require_free
from infra.local.process import PidFile, stop_group
from infra.local.streams import read_anew

REGION = "eu-west-1"
ACCOUNT = "000000000000"
ROOT_KEY = "test"
"""The one access key with root rights there; every Lambda gets its own role's session instead."""
START_PATIENCE_S = 60


def aws_env(ports: Ports) -> dict[str, str]:
    """What an AWS client outside the Lambdas needs to reach the embedded AWS."""
    return {
        "AWS_ENDPOINT_URL": ports.aws_url,
        "AWS_ACCESS_KEY_ID": ROOT_KEY,
        "AWS_SECRET_ACCESS_KEY": ROOT_KEY,
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_EC2_METADATA_DISABLED": "true",
        "NO_PROXY": ",".join(filter(None, (os.environ.get("NO_PROXY"), HOST, "localhost"))),
    }


def process_env(place: Place, ports: Ports) -> dict[str, str]:
    """A small environment of its own: Lambdas inherit it, so nothing of the caller's leaks in."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return kept | {
        "BIND_HOST": HOST,
        "GATEWAY_PORT": str(ports.aws),
        "AUTH": "true",
        "IOT_MTLS_ENABLED": "0",
        "LAMBDA_EXECUTOR": "local",
        "MINISTACK_REGION": REGION,
        "PERSIST_STATE": "1",
        "STATE_DIR": str(place.state),
        "S3_PERSIST": "1",
        "S3_DATA_DIR": str(place.s3),
        "TMPDIR": str(place.scratch),
        "LOG_LEVEL": "INFO",
        "PYTHONUNBUFFERED": "1",
    }


def is_healthy(ports: Ports) -> bool:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(f"{ports.aws_url}/_ministack/health", timeout=2) as answer:
            return json.load(answer).get("auth") == "enabled"
    except (OSError, ValueError):
        return False


class EmbeddedAws:
    """Started once per place; a healthy one of an earlier run is taken over."""

    def __init__(self, place: Place, ports: Ports) -> None:
        self.place, self.ports = place, ports
        self.pid_file = PidFile(place, "embedded-aws", "ministack")

    def start(self, note: Callable[[str], None]) -> None:
        if self._takes_over(note):
            return
        if self.pid_file.left_behind:
            note("The earlier run ended abruptly and saved only a part: starting with empty books.")
            self.place.wipe()
        require_free(self.ports.aws)
        self._spawn()
        self._wait()

    def stop(self) -> None:
        """Ends it and its Lambda processes; the books are saved by then."""
        running = self.pid_file.running()
        if running and not stop_group(running["pid"]):
            raise NotReady(f"The embedded AWS did not stop in time; see {self.place.log}.")
        self.pid_file.forget()

    def _takes_over(self, note: Callable[[str], None]) -> bool:
        running = self.pid_file.running()
        if not running:
            return False
        if running["port"] == self.ports.aws and is_healthy(self.ports):
            note(f"The embedded AWS still runs (process {running['pid']}): using it.")
            return True
        note(f"Stopping the embedded AWS of an earlier run (process {running['pid']}).")
        self.stop()
        return False

    def _spawn(self) -> None:
        # Functions of earlier runs leave their unpacked layers behind.
        shutil.rmtree(self.place.scratch, ignore_errors=True)
        for folder in (self.place.state, self.place.s3, self.place.scratch):
            folder.mkdir(parents=True, exist_ok=True)
        read_anew(self.place.state)
        with self.place.log.open("wb") as log:
            process = subprocess.Popen(
                [EMBEDDED_AWS / "bin" / "python", "-m", "ministack"],
                env=process_env(self.place, self.ports),
                cwd=self.place.scratch,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.pid_file.remember(process.pid, self.ports.aws)

    def _wait(self) -> None:
        until = time.monotonic() + START_PATIENCE_S
        while time.monotonic() < until:
            if is_healthy(self.ports):
                return
            if not self.pid_file.running():
                break
            time.sleep(0.2)
        self.stop()
        raise NotReady(f"The embedded AWS did not start; the reason is in {self.place.log}.")
