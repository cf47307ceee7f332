"""Each night: are the statutory rates of today in the table, and did somebody check them?"""

from __future__ import annotations

from kasstroom.compliance.rates_state import RatesState, watched
from kasstroom_aws import deployment
from kasstroom_aws.deployment import books
from kasstroom_aws.entrypoints import count, logger, schedule


def handle() -> dict[str, str]:
    answer, changes = watched(deployment.now())
    logger.info(answer.sentence, extra={"state": answer.state})
    count("RatesStale", answer.state is RatesState.STALE)
    if changes:
        books().commit(changes)
    return {"state": answer.state, "detail": answer.sentence}


handler = schedule(handle)
