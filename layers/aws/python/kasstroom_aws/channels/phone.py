"""Calls: a task for a colleague, who finds it under /v1/call-tasks.

A call centre that dials by itself is another adapter of `CallCentre`, one class here and one line
in the registry. Amazon Connect can be it (`StartOutboundVoiceContact` with the task's id as
`ClientToken`, a contact flow that reads the script and hands over to a queue, and a rule on the
contact's end that reports the outcome). It needs an instance, a number that may call out in the
debtor's country, and a flow that says at once that a machine speaks (art. 50 AI Act when it talks):
decisions of an owner, so none is made here.
"""

from __future__ import annotations

from kasstroom.messages.calling import plan_call
from kasstroom.messages.calls import CallCentre, CallTask
from kasstroom.messages.model import Outgoing
from kasstroom.ports import Books
from kasstroom.time import Clock


class Colleagues:
    """The call centre of who has none: people work through the list."""

    def hand_over(self, task: CallTask) -> None:
        """The list is where they look."""


class PhoneChannel:
    """The provider's id of a call is that of its task."""

    def __init__(self, books: Books, centre: CallCentre, clock: Clock) -> None:
        self._books, self._centre, self._clock = books, centre, clock

    def send(self, message: Outgoing) -> str:
        return plan_call(self._books, self._centre, message, self._clock())
