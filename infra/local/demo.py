"""`make demo`: the suite on this machine, with its story told once and its doors kept open."""

from __future__ import annotations

import os
import signal
import sys
import threading
import traceback
from collections.abc import Mapping
from typing import Any

from infra.local.home_page import credit_check_by_curl
from infra.local.place import NotReady, Place
from infra.local.ports import Ports
from infra.local.running import Environment, running
from infra.local.say import Say
from infra.local.seed import Access, seed
from infra.local.staff import PASSWORD
from infra.local.story.checks import ask
from infra.local.story.stage import Stage
from infra.local.story.tell import still_open, tell
from infra.local.story.terms import NEWCOMER
from kasstroom.errors import KasstroomError

FIGURES = "figures.json"
HALF_TOLD = "story.json"
"""Stands there while the story is being told; books it did not finish are not shown as if."""


def main(env: Mapping[str, str] = os.environ) -> int:
    """0: played and stopped in order; 1: something failed, and the last sentence says what."""
    say, once = Say(), bool(env.get("ONCE"))
    home = Place.chosen(env)
    # A run that only shows and measures never touches the books of the demo that stays.
    place = Place(home.root / "once") if once else home
    for stop in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(stop, _interrupt)
    try:
        ports, afresh = Ports.chosen(env), once or bool(env.get("RESET"))
        if place.read(HALF_TOLD):
            say.note("The story was interrupted last time: it starts again with empty books.")
            afresh = True
        with running(place, ports, say, afresh=afresh) as environment:
            home.write("demo.json", _play(environment, say, home))
            if not once:
                say.line("\nEverything stays up until you press Ctrl-C.")
                threading.Event().wait()
    except (NotReady, KasstroomError) as stopped:
        say.failed(str(stopped))
        return 1
    except Exception as bug:
        trace = place.root / "demo.traceback.log"
        trace.write_text(traceback.format_exc())
        say.failed(f"{type(bug).__name__}: {bug}\n  Where it happened is in {trace}.")
        return 1
    except KeyboardInterrupt:
        say.line("\nStopped. The books are kept; `make demo` goes on with them.")
        return 1 if once else 0
    return 0


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def _play(environment: Environment, say: Say, home: Place) -> dict[str, Any]:
    """What was measured, with the addresses and the key: the content of demo.json."""
    access = seed(environment)
    stage = Stage(environment, access, say, kept_in=home.root)
    told = environment.place.read(FIGURES)
    _open_home(environment, access, {})
    if told:
        say.scene("The story was told before; the customers, invoices and payments are still here")
        ask(stage, NEWCOMER["number"], "75.00", f"web-{environment.clock.now():%H%M%S}")
    else:
        environment.place.write(HALF_TOLD, {"told": "half"})
        told = tell(stage)
        environment.place.write(FIGURES, told)
        environment.place.forget(HALF_TOLD)
    urls = _urls(environment) | {"payer_page": still_open(stage)}
    _open_home(environment, access, urls)
    _show(say, told, access, urls)
    return told | {"urls": urls, "api_key": access.api_key, "people": access.people}


def _urls(environment: Environment) -> dict[str, str]:
    product, sandbox = environment.ports.product_url, environment.ports.sandbox_url
    return {
        "home": f"{product}/",
        "api": product,
        "docs": f"{product}/docs",
        "messages": f"{sandbox}/messages",
        "desk": f"{product}/desk",
        "money": f"{product}/desk/money",
        "psp": f"{sandbox}/psp",
        "registers": f"{sandbox}/registers",
    }


def _open_home(environment: Environment, access: Access, urls: dict[str, str]) -> None:
    """What the home page and other tools need to know about this environment."""
    environment.place.write(
        "environment.json",
        {
            "urls": _urls(environment) | urls,
            "api_key": access.api_key,
            "people": access.people,
            "staff": access.staff,
            "org": access.org,
            "curl": credit_check_by_curl(environment.ports.product_url, access.api_key),
        },
    )


def _show(say: Say, told: dict[str, Any], access: Access, urls: dict[str, str]) -> None:
    say.scene("Measured")
    for name, value in told.items():
        say.step(f"{name.replace('_', ' '):18} {_in_words(value)}")
    say.scene("Look for yourself")
    for name, url in urls.items():
        say.step(f"{name.replace('_', ' '):12} {say.paint(url, 'cyan')}")
    say.step(f"{'API key':12} {access.api_key}")
    for name, key in access.people.items():
        say.step(f"{name + ' signs in':12} {key}")
    for email, role in access.staff.items():
        say.step(f"{role:15} {email}, password {PASSWORD}")
    say.line(f"\n{credit_check_by_curl(urls['api'], access.api_key)}")


def _words(part: Any) -> str:
    """The values of a nested figure, one after the other; counts with what is counted."""
    if isinstance(part, dict) and all(type(inner) is int for inner in part.values()):
        return " + ".join(f"{number} {name}" for name, number in part.items())
    if isinstance(part, list):
        return str(len(part))
    if isinstance(part, dict):
        return " ".join(_words(inner) for inner in part.values())
    return {True: "yes", False: "no"}[part] if isinstance(part, bool) else str(part)


def _in_words(value: Any) -> str:
    if isinstance(value, dict) and any(isinstance(part, dict) for part in value.values()):
        return "; ".join(f"{name} {_words(part)}" for name, part in value.items())
    if isinstance(value, dict):
        return ", ".join(f"{number} {name}" for name, number in value.items())
    return _words(value)


if __name__ == "__main__":
    sys.exit(main())
