"""Registers asked while a buyer waits, by a function that holds the credentials: the checkout
itself knows none."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from botocore.session import get_session

from kasstroom.settings import ScreeningFunctionSettings

ON_THE_WAY_S = 0.2
"""What the call itself may take on top of the sources' own time."""
Ask = Callable[[str, datetime, int], bool]


def asking(settings: ScreeningFunctionSettings, org: str) -> Ask:
    """What asks about a debtor within so many milliseconds; True when a source did not answer in
    time, or the function did not. Never an error: the policy says what a missing source means."""

    def ask(debtor: str, now: datetime, budget_ms: int) -> bool:
        patience = Config(
            read_timeout=budget_ms / 1000 + ON_THE_WAY_S,
            connect_timeout=ON_THE_WAY_S,
            retries={"total_max_attempts": 1},
        )
        payload = {"org": org, "debtor": debtor, "budget_ms": budget_ms}
        try:
            client = get_session().create_client("lambda", config=patience)
            answer = client.invoke(
                FunctionName=settings.screening_function, Payload=json.dumps(payload).encode()
            )
            told = json.loads(answer["Payload"].read())
        except (BotoCoreError, ClientError, ValueError):
            return True
        return bool(answer.get("FunctionError") or told["missing"])

    return ask
