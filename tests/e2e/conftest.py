"""One deployed suite for all end-to-end tests: free ports, its own folder, its own books."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from infra.local.place import NotReady, Place
from infra.local.ports import Ports
from infra.local.running import Environment, running
from infra.local.say import Say
from infra.local.seed import Access, seed
from infra.local.story.stage import Stage
from infra.local.story.tell import tell
from tests.e2e.phone import Phone, phone_in_hand

HERE = Path(__file__).parent
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
# Where the unpacked browser looks for the libraries that came with it.
PACKED = {"AWS_EXECUTION_ENV": "AWS_Lambda_nodejs22.x", "LD_LIBRARY_PATH": "/tmp/al2023/lib"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs the deployment, so everything carries the mark."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Environment]:
    place = Place(tmp_path_factory.mktemp("kasstroom"))
    try:
        with running(place, Ports.free(), Say()) as started:
            yield started
    except NotReady as stopped:
        pytest.fail(str(stopped))


@pytest.fixture(scope="session")
def access(environment: Environment) -> Access:
    """The organisation of the tests and its API key."""
    return seed(environment)


@pytest.fixture(scope="session")
def stage(environment: Environment, access: Access) -> Stage:
    """The public doors with the key in hand: `stage.suite`, `stage.phone`, `stage.at(...)`."""
    return Stage(environment, access, Say())


@pytest.fixture(scope="session")
def told(stage: Stage) -> dict[str, Any]:
    """The whole story, played once; what it measured. Tests that add to the books come after it."""
    return tell(stage)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """The machine's own Chromium, or the one that the lock file brings."""
    from playwright.sync_api import sync_playwright

    path, env = shutil.which("chromium"), {}
    if path is None:
        env = PACKED
        script = ["node", str(HERE / "browser_path.mjs")]
        path = subprocess.check_output(script, env=os.environ | env, text=True).strip()
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=FLAGS, env=os.environ | env)
        yield started
        started.close()


@pytest.fixture
def phone(browser: Any) -> Iterator[Phone]:
    """Somebody at 390 pixels, without JavaScript and without a mouse."""
    with phone_in_hand(browser) as held:
        yield held
