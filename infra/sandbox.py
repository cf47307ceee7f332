"""The outside world of the local environment, in a stack the product never sees."""

from __future__ import annotations

from infra.capabilities.sandbox import SandboxWorld
from infra.data import DataStack
from infra.parts.foundation import Foundation
from infra.service import Beside, ServiceStack


class SandboxStack(Beside):
    def build(self, on: Foundation, data: DataStack, service: ServiceStack) -> None:
        world = on.environment.sandbox
        if world is None:
            raise ValueError(f"{on.environment.name} has no sandbox world")
        SandboxWorld(self, "sandbox", on=on, channels=service.channels, world=world)
