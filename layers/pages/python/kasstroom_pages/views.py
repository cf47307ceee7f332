"""What a page or a message needs to know; nothing else reaches a template."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kasstroom.compliance.demand import Demand
from kasstroom.debtors.model import NATURAL_PERSONS, DebtorKind
from kasstroom.dunning.strategy import StepKind, Tone
from kasstroom.money import Money
from kasstroom.organisations.model import Language, Organisation
from kasstroom.payments.model import Instalment


@dataclass(frozen=True, slots=True)
class PayLine:
    """An open item; `open` is negative for a credit note. `dunning.OpenItem` fits as well."""

    number: str
    due_on: date
    open: Money


class Notice(StrEnum):
    """Why the payer sees the payment page again."""

    NOT_PAID = "not_paid"
    AMOUNT_CHANGED = "amount_changed"
    STILL_PENDING = "still_pending"
    PRESS_AGAIN = "press_again"


@dataclass(frozen=True, slots=True)
class FreeAmount:
    """The field in which a payer fills in an amount: what was `typed`, and what is wrong with it
    (`fault`: the word for it, empty when nothing is)."""

    least: Money
    typed: str = ""
    fault: str = ""


@dataclass(frozen=True, slots=True)
class PayView:
    """`pay_action`: where the button posts to, with `nonce` as a hidden field.
    `domain`: the public address, with or without `https://`. `online` False hides the buttons,
    for an amount or a currency that cannot be paid online; `ways` are the buttons, each the
    methods behind it. `part_of` is what is open when `total` is a part of that; `held` is disputed
    and not asked.
    """

    organisation: Organisation
    language: Language
    lines: tuple[PayLine, ...]
    total: Money
    today: date
    reference: str
    pay_action: str
    expires_on: date
    domain: str
    nonce: str = ""
    notice: Notice | None = None
    online: bool = True
    ways: tuple[tuple[str, ...], ...] = (("ideal",),)
    free: FreeAmount | None = None
    part_of: Money | None = None
    instalment: Instalment | None = None
    held: Money | None = None

    @property
    def shown(self) -> str:
        """What the form says it asked, so that another amount is told before it is paid."""
        return f"{self.total.minor} {self.total.currency}"


class ReturnState(StrEnum):
    """What the payer finds on coming back from the bank; `processing`: the bank has said it is
    paid, and it is not in the books yet."""

    PAID = "paid"
    PART_PAID = "part_paid"
    PENDING = "pending"
    PROCESSING = "processing"
    FAILED = "failed"
    CANCELED = "canceled"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class ReturnView:
    """`refreshes`: how often the page has asked already, from the `n` in its own address
    `status_url`. `remaining`: what is still open after part of it was paid.
    """

    organisation: Organisation
    language: Language
    state: ReturnState
    reference: str
    domain: str
    pay_url: str
    amount: Money | None = None
    paid_on: date | None = None
    remaining: Money | None = None
    invoices: tuple[str, ...] = ()
    status_url: str = ""
    refreshes: int = 0


@dataclass(frozen=True, slots=True)
class ReplyLinks:
    """Where a debtor says in one click what is the matter, each a whole address."""

    paid: str
    cannot_pay: str
    disagree: str

    @classmethod
    def of(cls, pay_url: str) -> ReplyLinks:
        return cls(f"{pay_url}/paid", f"{pay_url}/cannot-pay", f"{pay_url}/disagree")


@dataclass(frozen=True, slots=True)
class ReminderView:
    """`pay_by`: the day a notice or a final demand asks to pay on or before; left out when None.
    `iban` empty means the organisation's own. `tone` None: the step's own.
    `demand`: what a fourteen-day letter announces, and what a final demand adds when `total` holds
    it; `interest` likewise. `links` None: no page behind them yet. `returned` are the numbers of
    the invoices that were paid, until the payment was taken back.
    """

    organisation: Organisation
    debtor_name: str
    language: Language
    step: StepKind
    lines: tuple[PayLine, ...]
    total: Money
    url: str
    reference: str
    today: date
    iban: str = ""
    pay_by: date | None = None
    kind: DebtorKind = DebtorKind.CONSUMER
    tone: Tone | None = None
    demand: Demand | None = None
    interest: Money | None = None
    links: ReplyLinks | None = None
    returned: tuple[str, ...] = ()

    @property
    def business(self) -> bool:
        """Collection costs are owed without a letter (art. 6:96 lid 4 BW)."""
        return self.kind is not DebtorKind.CONSUMER

    @property
    def person(self) -> bool:
        """Somebody for whom debt help is there, also as the owner of a business."""
        return self.kind in NATURAL_PERSONS


@dataclass(frozen=True, slots=True)
class ThankYouView:
    """`amount` was paid for `invoices`; `remaining` is what is still open of them."""

    organisation: Organisation
    debtor_name: str
    language: Language
    amount: Money
    paid_on: date
    invoices: tuple[str, ...]
    reference: str = ""
    remaining: Money | None = None


@dataclass(frozen=True, slots=True)
class LetterText:
    """The words of a printed letter, as plain text. `paragraphs` stand before the table of open
    items, whose `headings` are number, invoice date, due date and open; `legal` is what the law
    wants said and stands after the payment block; then `closing`, above the sender's name.
    """

    subject: str
    paragraphs: tuple[str, ...]
    headings: tuple[str, str, str, str]
    closing: str
    salutation: str = ""
    legal: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rendered:
    """A message in the shape its channel needs; what a channel does not use stays empty."""

    subject: str
    text: str
    html: str = ""
    template: str = ""
    parameters: tuple[str, ...] = ()
    letter: LetterText | None = None
