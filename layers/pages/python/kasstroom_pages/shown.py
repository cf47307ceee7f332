"""One visit to the pages of a link: all that they need."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from kasstroom.invoices.model import Invoice
from kasstroom.money import Money
from kasstroom.organisations.model import Organisation
from kasstroom.payments.model import AttemptState, PaymentAttempt, PaymentLink
from kasstroom.payments.payable import Standing, payable, standing


@dataclass(frozen=True, slots=True)
class Shown:
    """A link with all that its pages need; `received` came in on the attempt, when it was paid."""

    organisation: Organisation
    link: PaymentLink
    invoices: tuple[Invoice, ...]
    attempt: PaymentAttempt | None
    token: str
    public_url: str
    today: date
    received: Money | None = None

    @property
    def address(self) -> str:
        return f"{self.public_url}/p/{self.token}"

    @property
    def total(self) -> Money:
        return payable(self.link, self.invoices)

    @property
    def standing(self) -> Standing:
        return standing(self.link, self.invoices)

    @property
    def held(self) -> Money:
        """What is disputed of it: nobody asks for it until somebody has looked."""
        held = sum(invoice.disputed.minor for invoice in self.invoices)
        return Money(held, self.total.currency)

    def may_be_paying(self, now: datetime) -> bool:
        """Whether the page of a provider can still be open, and be paid on."""
        attempt = self.attempt
        if attempt is None or attempt.state is not AttemptState.OPEN:
            return False
        return attempt.expires_at is None or attempt.expires_at > now
