"""What the tester can make go wrong at the registers."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from kasstroom_sandbox.store import Store
from kasstroom_sandbox.web import HttpError, problem

REGISTERS = ("kvk", "vies", "creditsafe", "cir", "sanctions")
_PK, _SK = "KNOBS", "registers"
_RANGES = {"slow_ms": (0, 10_000), "delay_seconds": (0, 900), "duplicates": (0, 10)}


@dataclass(frozen=True)
class Knobs:
    """`down` registers answer 503; `slow` ones wait `slow_ms` first. Of a bureau's notifications:
    `delay_seconds` before one, `duplicates` sent besides it, `lost`: none goes out."""

    down: tuple[str, ...] = ()
    slow: tuple[str, ...] = ()
    slow_ms: int = 3000
    delay_seconds: int = 0
    duplicates: int = 0
    lost: bool = False


def load(store: Store) -> Knobs:
    document = store.get(_PK, _SK) or {}
    names = {knob.name for knob in fields(Knobs)}
    known = {name: value for name, value in document.items() if name in names}
    return Knobs(**{n: tuple(v) if isinstance(v, list) else v for n, v in known.items()})


def save(store: Store, knobs: Knobs) -> None:
    store.put(_PK, _SK, asdict(knobs))


def turned(knobs: Knobs, wishes: dict[str, Any]) -> Knobs:
    """The knobs with the named ones turned; a problem document says which value is wrong."""
    known = {knob.name for knob in fields(Knobs)}
    for name, value in wishes.items():
        if name not in known:
            raise problem(422, f"There is no knob {name[:40]!r}; there are: {sorted(known)}.")
        if name in ("down", "slow") and not _registers(value):
            raise problem(422, f"{name} is a list of {', '.join(REGISTERS)}.")
        if name == "lost" and not isinstance(value, bool):
            raise problem(422, "lost is true or false.")
        if name in _RANGES and not _between(value, *_RANGES[name]):
            raise problem(422, f"{name} lies between {_RANGES[name][0]} and {_RANGES[name][1]}.")
    return replace(knobs, **{n: tuple(v) if isinstance(v, list) else v for n, v in wishes.items()})


def _registers(value: Any) -> bool:
    return isinstance(value, list) and all(name in REGISTERS for name in value)


def _between(value: Any, lowest: int, highest: int) -> bool:
    return type(value) is int and lowest <= value <= highest


def misbehave(store: Store, register: str) -> None:
    """Waits, fails, or lets the call through, as the tester asked."""
    knobs = load(store)
    if register in knobs.slow:
        time.sleep(knobs.slow_ms / 1000)
    if register in knobs.down:
        body = {"status": 503, "title": "Service Unavailable", "detail": f"{register} is down."}
        raise HttpError(503, body)
