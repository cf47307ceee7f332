"""What the tester can make go wrong at the payment provider."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from kasstroom_sandbox.store import Store
from kasstroom_sandbox.web import problem

_PK, _SK = "KNOBS", "psp"
_RANGES = {"delay_seconds": (0, 900), "duplicates": (0, 10), "fail_next": (0, 1000)}
FAILURES = (429, 503)


@dataclass(frozen=True)
class Knobs:
    """`delay_seconds` before a webhook, `duplicates` sent besides it, `out_of_order`: a webhook
    goes out before the new status shows, `lost_webhook`: none goes out, `silent_cancel`: who
    cancels leaves the payment open without a webhook, as with a forced method at Mollie,
    `queued_refunds`: a refund waits a minute for balance, `fail_next`: so many API calls answer
    `fail_with`, whoever they are for; `mollie_down`: all of Mollie's do.
    """

    delay_seconds: int = 0
    duplicates: int = 0
    out_of_order: bool = False
    lost_webhook: bool = False
    silent_cancel: bool = False
    queued_refunds: bool = False
    mollie_down: bool = False
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
    for name, value in wishes.items():
        _check(name, value)
    return replace(knobs, **wishes)


def _check(name: str, value: Any) -> None:
    known = {knob.name: knob.type for knob in fields(Knobs)}
    if name not in known:
        raise problem(422, f"There is no knob {name[:40]!r}; there are: {', '.join(known)}.")
    if known[name] == "bool" and not isinstance(value, bool):
        raise problem(422, f"{name} is true or false.")
    if known[name] == "int" and (not isinstance(value, int) or isinstance(value, bool)):
        raise problem(422, f"{name} is a whole number.")
    lowest, highest = _RANGES.get(name, (value, value))
    if not lowest <= value <= highest:
        raise problem(422, f"{name} lies between {lowest} and {highest}.")
    if name == "fail_with" and value not in FAILURES:
        raise problem(422, f"fail_with is one of {FAILURES}.")


def from_form(form: dict[str, str]) -> dict[str, Any]:
    """A form sends text and leaves out what is not ticked."""
    wishes: dict[str, Any] = {}
    for knob in fields(Knobs):
        sent = form.get(knob.name, "")
        if knob.type == "bool":
            wishes[knob.name] = bool(sent)
        elif not sent.isascii() or not sent.isdigit() or len(sent) > 6:
            raise problem(422, f"{knob.name} is a whole number.")
        else:
            wishes[knob.name] = int(sent)
    return wishes


def take_failure(store: Store, *, of_mollie: bool = False) -> int | None:
    """The status the next API call fails with, counting down; None when it may succeed."""
    knobs = load(store)
    if of_mollie and knobs.mollie_down:
        return knobs.fail_with
    if not knobs.fail_next:
        return None
    save(store, replace(knobs, fail_next=knobs.fail_next - 1))
    return knobs.fail_with
