"""The synthesised environments, each made once per test run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

ENVIRONMENTS = ("local", "sandbox", "production")
Templates = Callable[..., dict[str, dict[str, Any]]]
READER = "arn:aws:quicksight:eu-west-1:123456789012:group/default/finance"


@dataclass(frozen=True)
class Synthesised:
    name: str
    stacks: dict[str, dict[str, Any]]

    def resources(self, *types: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """Logical id and resource, of all stacks."""
        for template in self.stacks.values():
            for id_, resource in template["Resources"].items():
                if not types or resource["Type"] in types:
                    yield id_, resource

    def properties(self, type_: str) -> list[dict[str, Any]]:
        return [resource["Properties"] for _, resource in self.resources(type_)]

    def functions(self) -> dict[str, dict[str, Any]]:
        """Properties by `<context>/<name>`."""
        found = self.properties("AWS::Lambda::Function")
        return {f["Environment"]["Variables"]["POWERTOOLS_SERVICE_NAME"]: f for f in found}

    def layers_of(self, function: dict[str, Any]) -> set[str]:
        """The names of the layers a function has."""
        versions = dict(self.resources("AWS::Lambda::LayerVersion"))
        names = (versions[layer["Ref"]]["Properties"]["LayerName"] for layer in function["Layers"])
        return {name.removeprefix(f"kasstroom-{self.name}-") for name in names}

    def statements(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """What our own roles may do: the policy's logical id and one statement."""
        for id_, policy in self.resources("AWS::IAM::Policy", "AWS::IAM::ManagedPolicy"):
            for statement in policy["Properties"]["PolicyDocument"]["Statement"]:
                yield id_, statement


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


@pytest.fixture(params=ENVIRONMENTS)
def environment(request: pytest.FixtureRequest, templates: Templates) -> Synthesised:
    return Synthesised(request.param, templates(request.param))


@pytest.fixture(params=("sandbox", "production"))
def on_aws(request: pytest.FixtureRequest, templates: Templates) -> Synthesised:
    return Synthesised(request.param, templates(request.param))


@pytest.fixture
def local(templates: Templates) -> Synthesised:
    return Synthesised("local", templates("local"))


@pytest.fixture
def with_dashboards(templates: Templates) -> Synthesised:
    return Synthesised("production", templates("production", quicksight_reader=READER))


@pytest.fixture
def production(templates: Templates) -> Synthesised:
    return Synthesised("production", templates("production"))
