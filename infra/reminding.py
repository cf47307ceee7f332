"""Reminding and what comes back of it: one line per capability."""

from __future__ import annotations

from infra.capabilities.calls import Calls
from infra.capabilities.dunning import Dunning
from infra.capabilities.learning import Learning
from infra.capabilities.letters import Letters
from infra.capabilities.message_templates import MessageTemplates
from infra.capabilities.messages import Messages
from infra.capabilities.resolution import Resolution
from infra.capabilities.segments import Segments
from infra.capabilities.strategies import Strategies
from infra.capabilities.thanking import Thanking
from infra.data import DataStack
from infra.parts.foundation import Foundation
from infra.service import Beside, ServiceStack


class RemindingStack(Beside):
    def build(self, on: Foundation, data: DataStack, service: ServiceStack) -> None:
        api, bus, channels = service.api, service.bus, service.channels
        dunning = Dunning(
            self,
            "dunning",
            on=on,
            channels=channels,
            public_url=service.public_url,
            letters=data.letters,
        )
        Strategies(self, "strategies", on=on, api=api, bus=bus, reminders=dunning.reminders)
        Learning(self, "learning", on=on, api=api, bus=bus)
        Messages(self, "messages", on=on, api=api, channels=channels)
        MessageTemplates(self, "templates", on=on, api=service.api, public_url=service.public_url)
        Letters(self, "letters", on=on, api=api, letters=data.letters)
        Calls(self, "calls", on=on, api=api)
        Resolution(self, "resolution", on=on, api=api, public_url=service.public_url)
        Thanking(self, "thanking", on=on, bus=bus, channels=channels)
        Segments(self, "segments", on=on, api=api, bus=bus)
