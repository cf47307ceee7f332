"""An insurer as we need it; adapters are named after the insurer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from kasstroom.insurance.codes import RequestKind
from kasstroom.insurance.model import Buyer, CoverAnswer
from kasstroom.money import Money


@dataclass(frozen=True, slots=True)
class CoverOrder:
    """`reference` is ours and the same at every try, so that an insurer that knows it already gives
    the same job. `callback_url` is where news may be told."""

    reference: str
    policy_number: str
    kind: RequestKind
    company_id: str
    amount: Money
    terms_days: int
    callback_url: str
    urgent: bool = False


class Insurer(Protocol):
    """NotFound: the insurer does not know it. Refused: it does not take the request. Unavailable:
    the same call may succeed later."""

    def company_of(self, buyer: Buyer) -> str:
        """The insurer's own id of the company."""
        ...

    def ask(self, order: CoverOrder) -> str:
        """Hands the request over; returns the job that will bring the answer."""
        ...

    def answer(self, job_id: str) -> CoverAnswer | None:
        """None while the insurer is not ready; `investigating` and `preliminary` are answers that
        decide nothing yet."""
        ...


Insurers = Callable[[str, str], Insurer]
"""The insurer of an organisation by its name; Refused without credentials."""
CallbackUrl = Callable[[str, str, str], str]
"""Where an insurer may wake the request of (org, debtor, request id)."""
