"""The insurer's desk: tokens, jobs and decisions, in the sandbox table."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from kasstroom.ids import derived_id
from kasstroom_aws.clients import client
from kasstroom_sandbox.insurer import knobs
from kasstroom_sandbox.insurer.knobs import Knobs
from kasstroom_sandbox.store import Store
from kasstroom_sandbox.targets import allowed_target

Document = dict[str, Any]
TOKEN_SECONDS = 3600
HALF = Decimal("0.5")
STATUSES = {
    "approved": "APPROVED", "partly": "PARTIALLY_APPROVED", "refused": "REFUSED",
    "conditional": "CONDITIONALLY_APPROVED", "investigating": "IN_PROGRESS",
    "reduced": "REDUCED", "cancelled": "CANCELLED",
}  # fmt: skip
REASONS = {"partly": "13", "refused": "12", "reduced": "14", "cancelled": "14"}


class Desk:
    def __init__(
        self, store: Store, clock: Callable[[], datetime], url: str, queue_url: str
    ) -> None:
        self.store, self.clock = store, clock
        self._url, self._queue_url = url, queue_url

    def sign_in(self, api_key: str) -> Document:
        now = self.clock()
        token = hashlib.sha256(f"{api_key}\n{now.isoformat()}".encode()).hexdigest()
        until = now + timedelta(seconds=TOKEN_SECONDS)
        self.store.put(f"INSURER#TOKEN#{token}", "TOKEN", {"until": until.isoformat()})
        return {"access_token": token, "token_type": "Bearer", "expires_in": TOKEN_SECONDS}

    def knows(self, token: str) -> bool:
        found = self.store.get(f"INSURER#TOKEN#{token}", "TOKEN")
        return found is not None and datetime.fromisoformat(found["until"]) > self.clock()

    def has_cover(self, company: str) -> bool:
        return self.store.get(f"INSURER#COVER#{company}", "COVER") is not None

    def take(self, wish: Document, ending: bool, webhook: Document | None) -> str:
        """The job of a request; the same client reference gives the same job."""
        turned, now = knobs.load(self.store), self.clock()
        job = derived_id("job", wish["clientReference"])
        answer = "cancelled" if ending else turned.answer
        ready = now + timedelta(seconds=turned.delay_seconds)
        document = {
            "wish": wish, "answer": answer, "ready_at": ready.isoformat(), "polls": 0,
            "delay_polls": turned.delay_polls, "percentage": turned.percentage,
            "taken_on": now.date().isoformat(),
        }  # fmt: skip
        if self.store.create(f"INSURER#JOB#{job}", "JOB", document):
            self.store.put(f"INSURER#COVER#{wish['companyId']}", "COVER", {"job": job})
            self._tell(job, webhook, turned)
        return job

    def look(self, job: str) -> Document | None:
        """A job as the API shows it; looking counts as a poll."""
        found = self.store.get(f"INSURER#JOB#{job}", "JOB")
        if found is None:
            return None
        found["polls"] += 1
        self.store.replace(f"INSURER#JOB#{job}", "JOB", found)
        late = datetime.fromisoformat(found["ready_at"]) > self.clock()
        if late or found["polls"] <= found["delay_polls"]:
            return {"jobId": job, "status": "pending"}
        return {"jobId": job, "status": "processed", "ressourceUrl": self._resource(job)}

    def decision(self, job: str) -> Document | None:
        """The cover a job made. Still investigating: whatever the knob says now."""
        found = self.store.get(f"INSURER#JOB#{job}", "JOB")
        if found is None:
            return None
        wish, answer = found["wish"], found["answer"]
        if answer == "investigating":
            answer = knobs.load(self.store).answer
        shown = {
            "coverId": f"cov-{wish['companyId']}", "companyId": wish["companyId"],
            "decisionId": f"dec-{job}-{answer}", "coverStatus": STATUSES[answer],
            "currency": wish["currency"], "grade": "4", "validFrom": found["taken_on"],
            "conditions": ["Payment within 60 days"] if answer == "conditional" else [],
        }  # fmt: skip
        if answer in REASONS:
            shown["reasonCode"] = REASONS[answer]
        if answer not in ("refused", "investigating", "cancelled"):
            part = HALF if answer in ("partly", "reduced") else Decimal(1)
            granted = (Decimal(wish["requestedAmount"]) * part).quantize(Decimal("0.01"))
            shown |= {"grantedAmount": str(granted), "coveredPercentage": found["percentage"]}
        return shown

    def _resource(self, job: str) -> str:
        return f"{self._url}/insurer/v1/covers/decisions/{job}"

    def _tell(self, job: str, webhook: Document | None, turned: Knobs) -> None:
        """Through the queue, so that delay and duplicates are real."""
        url = (webhook or {}).get("callbackUrl", "")
        if turned.lost_webhook or not allowed_target(url, self._url):
            return
        news = {"jobId": job, "status": "processed", "ressourceUrl": self._resource(job)}
        for _ in range(1 + turned.duplicates):
            client("sqs").send_message(
                QueueUrl=self._queue_url, DelaySeconds=turned.delay_seconds,
                MessageBody=json.dumps({"url": url, "json": news}),
            )  # fmt: skip
