"""A whole local environment for as long as a `with` block lasts: the demo's, or a test run's."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from infra.local.clock import LocalClock
from infra.local.deploy import client, deploy
from infra.local.embedded_aws import EmbeddedAws, aws_env, is_healthy
from infra.local.front_door import FrontDoor, Upstream
from infra.local.function_log import NAME as FUNCTION_LOG
from infra.local.function_log import collect
from infra.local.home_page import home_page
from infra.local.machine import require_machine
from infra.local.place import NotReady, Place
from infra.local.ports import Ports, require_free
from infra.local.process import PidFile
from infra.local.say import Say
from infra.local.suite import Suite

FUNCTION_PREFIX = "kasstroom-local"


@dataclass
class Environment:
    """What is running: addresses, outputs of the stacks, the clock, and clients."""

    place: Place
    ports: Ports
    outputs: dict[str, str] = field(default_factory=dict)

    @property
    def clock(self) -> LocalClock:
        return LocalClock(self.place.clock)

    def aws(self, service: str) -> Any:
        return client(service, self.ports)

    def suite(self, api_key: str = "") -> Suite:
        """The product's API with an API key."""
        return Suite(self.ports.product_url, api_key)

    def phone(self) -> Suite:
        """The sandbox world, which needs no key."""
        return Suite(self.ports.sandbox_url)

    def invoke(self, function: str, event: dict[str, Any] | None = None) -> Any:
        """Run `<context>/<name>` as its schedule does; raises NotReady when it fails."""
        asked = json.dumps(event or {})
        answer = self.aws("lambda").invoke(FunctionName=_physical(function), Payload=asked)
        payload = json.loads(answer["Payload"].read() or b"null")
        if answer.get("FunctionError"):
            raise NotReady(f"{function} failed: {json.dumps(payload)[:500]}.")
        return payload

    def idle(self, function: str) -> bool:
        """Whether everything sent to the queues of `<context>/<name>` has been worked on."""
        sources = self.aws("lambda").list_event_source_mappings(FunctionName=_physical(function))
        queues = [m["EventSourceArn"].rsplit(":", 1)[1] for m in sources["EventSourceMappings"]]
        return all(self._waiting(queue) == 0 for queue in queues)

    def dead_letters(self) -> dict[str, int]:
        """Messages nobody could work on, by the dead-letter queue's name; empty is good."""
        names = [url.rsplit("/", 1)[1] for url in self._queue_urls()]
        dead = {name: self._waiting(name) for name in names if "deadletters" in name.lower()}
        return {name: number for name, number in dead.items() if number}

    def _queue_urls(self) -> list[str]:
        return self.aws("sqs").list_queues().get("QueueUrls", [])

    def _waiting(self, queue: str) -> int:
        """Messages in a queue, those in flight included."""
        sqs = self.aws("sqs")
        url = sqs.get_queue_url(QueueName=queue)["QueueUrl"]
        names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        held = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=names)["Attributes"]
        return sum(int(held[name]) for name in names)


def _physical(function: str) -> str:
    return f"{FUNCTION_PREFIX}-{function.replace('/', '-')}"


@contextmanager
def running(place: Place, ports: Ports, say: Say, *, afresh: bool = False) -> Iterator[Environment]:
    """Starts and deploys what is not there yet; stops everything when the block ends.
    `afresh` throws away the books of earlier runs first.
    """
    require_machine(place.root)
    whole = PidFile(place, "running", "python")
    aws = EmbeddedAws(place, ports)
    _require_doors(ports, whole)
    with _front_doors(place, ports) as (product, sandbox), _environ(ports):
        whole.remember(os.getpid(), ports.product)
        try:
            if afresh:
                aws.stop()
                place.wipe()
            say.step(f"Starting the embedded AWS on {ports.aws_url}")
            aws.start(say.note)
            outputs = deploy(place, ports, say)
            product.upstream = Upstream(ports.aws, outputs["ApiId"])
            sandbox.upstream = Upstream(ports.aws, outputs["SandboxApiId"])
            yield Environment(place, ports, outputs)
        except Exception as stopped:
            _keep_what_functions_said(stopped, place, ports)
            raise
        finally:
            aws.stop()
            whole.forget()


def _keep_what_functions_said(stopped: Exception, place: Place, ports: Ports) -> None:
    if is_healthy(ports):
        collect(place, ports)
        said = f"{stopped}\n  What the functions said is in {place.root / FUNCTION_LOG}."
        stopped.args = (said,)


def _require_doors(ports: Ports, whole: PidFile) -> None:
    other = whole.running()
    if other and other["pid"] != os.getpid():
        ours = f"Kasstroom itself (process {other['pid']})"
        require_free(other["port"], ours=ours)
    require_free(ports.product, ports.sandbox)


@contextmanager
def _front_doors(place: Place, ports: Ports) -> Iterator[tuple[FrontDoor, FrontDoor]]:
    product = FrontDoor(ports.product, home=lambda: home_page(place, ports)).open()
    try:
        sandbox = FrontDoor(ports.sandbox).open()
        try:
            yield product, sandbox
        finally:
            sandbox.close()
    finally:
        product.close()


@contextmanager
def _environ(ports: Ports) -> Iterator[None]:
    """The product's own adapters, used here to seed and to measure, find AWS as a Lambda does."""
    before = dict(os.environ)
    os.environ.update(aws_env(ports))
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
