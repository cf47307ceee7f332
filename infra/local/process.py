"""A process we started, remembered in a file so that a later run knows it."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

from infra.local.place import Place


def command_of(pid: int) -> str:
    """The command line of a running process; empty when there is none or it is a zombie.

    A process that has only just been started may not show its command line yet.
    """
    for _ in range(5):
        if command := _command_now(pid):
            return command
        if not _exists(pid):
            break
        time.sleep(0.02)
    return ""


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _command_now(pid: int) -> str:
    proc = Path(f"/proc/{pid}/cmdline")
    with suppress(OSError):
        return proc.read_bytes().replace(b"\0", b" ").decode(errors="replace")
    with suppress(OSError):
        asked = ["ps", "-o", "command=", "-p", str(pid)]
        return subprocess.run(asked, capture_output=True, text=True, check=False).stdout
    return ""


class PidFile:
    """`word` must stand in the command line: a number alone may be somebody else's by now."""

    def __init__(self, place: Place, name: str, word: str) -> None:
        self.place, self.name, self.word = place, f"{name}.pid.json", word

    def running(self) -> dict[str, int]:
        """What was remembered (`pid`, `port`), if that process still runs; else nothing."""
        remembered = self.place.read(self.name)
        pid = remembered.get("pid")
        if not isinstance(pid, int) or self.word not in command_of(pid):
            return {}
        return remembered

    def remember(self, pid: int, port: int) -> None:
        self.place.write(self.name, {"pid": pid, "port": port})

    def forget(self) -> None:
        self.place.forget(self.name)

    @property
    def left_behind(self) -> bool:
        """True when a process was remembered that ended without saying so."""
        return bool(self.place.read(self.name)) and not self.running()


def stop_group(pid: int, *, patience_s: float = 20) -> bool:
    """Ask the process to end; then end what is left of its group. True when it ended by itself."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGTERM)
    until = time.monotonic() + patience_s
    while (alive := _alive(pid)) and time.monotonic() < until:
        time.sleep(0.05)
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)
    return not alive


def _alive(pid: int) -> bool:
    """A zombie that nobody waits for has no command line any more."""
    with suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)
    return bool(command_of(pid))
