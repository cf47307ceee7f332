"""One deployed suite for all end-to-end tests: free ports, its own folder, its own books."""

from __future__ import annotations

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

HERE = Path(__file__).parent


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
