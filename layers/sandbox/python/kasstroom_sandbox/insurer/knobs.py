"""What the tester can make the insurer do."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from kasstroom_sandbox.store import Store
from kasstroom_sandbox.web import problem

_PK, _SK = "KNOBS", "insurer"
ANSWERS = ("approved", "partly", "conditional", "refused", "investigating", "reduced", "cancelled")
FAILURES = (429, 503)
_RANGES = {
    "delay_polls": (0, 50),
    "delay_seconds": (0, 900),
    "duplicates": (0, 10),
    "fail_next": (0, 1000),
    "percentage": (1, 100),
}


@dataclass(frozen=True)
class Knobs:
    """`answer` is what the insurer decides from now on; `delay_polls`: so often a job is still
    pending; `delay_seconds`: not ready before; `duplicates`: webhooks besides the first;
    `lost_webhook`: none goes out; `fail_next`: so many calls answer `fail_with`."""

    answer: str = "approved"
    percentage: int = 90
    delay_polls: int = 0
    delay_seconds: int = 0
    duplicates: int = 0
    lost_webhook: bool = False
    fail_next: int = 0
    fail_with: int = 503


def load(store: Store) -> Knobs:
    document = store.get(_PK, _SK) or {}
    names = {knob.name for knob in fields(Knobs)}
    return Knobs(**{name: value for name, value in document.items() if name in names})


def save(store: Store, knobs: Knobs) -> None:
    store.put(_PK, _SK, asdict(knobs))


def turned(knobs: Knobs, wishes: dict[str, Any]) -> Knobs:
    """The knobs with the named ones turned; a problem document says which value is wrong."""
    known = {knob.name: type(knob.default) for knob in fields(Knobs)}
    for name, value in wishes.items():
        if name not in known:
            raise problem(422, f"There is no knob {name[:40]!r}; there are: {', '.join(known)}.")
        if type(value) is not known[name]:
            raise problem(422, f"{name} is of type {known[name].__name__}.")
        lowest, highest = _RANGES.get(name, (value, value))
        if not lowest <= value <= highest:
            raise problem(422, f"{name} lies between {lowest} and {highest}.")
    after = replace(knobs, **wishes)
    if after.answer not in ANSWERS or after.fail_with not in FAILURES:
        raise problem(422, f"answer is one of {ANSWERS}, fail_with one of {FAILURES}.")
    return after


def take_failure(store: Store) -> int | None:
    """The status the next API call fails with, counting down; None when it may succeed."""
    knobs = load(store)
    if not knobs.fail_next:
        return None
    save(store, replace(knobs, fail_next=knobs.fail_next - 1))
    return knobs.fail_with
