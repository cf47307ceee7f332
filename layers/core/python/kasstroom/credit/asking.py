"""The checkout's question as the shop sends it, and what it means for an account."""

from __future__ import annotations

from dataclasses import dataclass

from kasstroom.changes import Command
from kasstroom.compliance.consumer_credit import SellerTerms, bnpl_regime
from kasstroom.credit.facts import Ask
from kasstroom.credit.model import CreditAccount
from kasstroom.credit.policy import CreditPolicy, converted
from kasstroom.debtors.addresses import address_key
from kasstroom.debtors.model import Address, DebtorKind
from kasstroom.errors import Refused
from kasstroom.money import Money, minor_digits
from kasstroom.organisations.model import Language
from kasstroom.time import Day

MOST_LINES = 500
LARGEST_MINOR = 10**13
"""A hundred thousand million in cents; above it something was mistyped."""


@dataclass(frozen=True, slots=True)
class OrderLine(Command):
    """`kind`: physical, digital, service, shipping_fee, gift_card or discount. `amount` is what the
    line costs in all, tax included; a discount is negative."""

    name: str
    amount: Money
    quantity: int = 1
    kind: str = "physical"
    sku: str = ""
    category: str = ""


@dataclass(frozen=True, slots=True)
class Buyer(Command):
    """Who wants to pay later, when the shop does not know a debtor number. A company gives
    `company_name` and `kvk` (or `vat`); a consumer their own name."""

    kind: DebtorKind = DebtorKind.COMPANY
    company_name: str = ""
    kvk: str = ""
    vat: str = ""
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    phone: str = ""
    customer_number: str = ""

    @property
    def name(self) -> str:
        return self.company_name.strip() or f"{self.first_name} {self.last_name}".strip()


@dataclass(frozen=True, slots=True)
class CreditCheck(Command):
    """May this buyer pay later? Give `debtor` (your customer number) or `buyer`.

    `commit` false asks without holding anything; `accept_partial` lets the answer be part of the
    amount; `prepaid` is what was paid in advance; `term_days` the term the buyer chose;
    `order_reference` your own number. `lines` add up to `amount`.
    """

    amount: Money
    debtor: str = ""
    order_reference: str = ""
    commit: bool = True
    accept_partial: bool = False
    term_days: int | None = None
    prepaid: Money | None = None
    buyer: Buyer | None = None
    billing_address: Address | None = None
    shipping_address: Address | None = None
    lines: tuple[OrderLine, ...] = ()
    delivery_on: Day | None = None
    language: Language | None = None

    @property
    def to_pay_later(self) -> Money:
        return self.amount - self.prepaid if self.prepaid else self.amount


def checked(request: CreditCheck) -> None:
    """Refused with the place of the first thing to put right."""
    currency = request.amount.currency
    minor_digits(currency)
    if request.amount.minor <= 0:
        raise Refused("negative_amount", "The amount must be above zero.", "/body/amount/value")
    if request.amount.minor > LARGEST_MINOR:
        detail = "This amount is too large to be meant."
        raise Refused("amount_too_large", detail, "/body/amount/value")
    if not request.debtor and request.buyer is None:
        detail = "Say who buys: debtor, or buyer when you have no number for them."
        raise Refused("not_identified", detail, "/body/debtor")
    if request.term_days is not None and not 0 <= request.term_days <= 365:
        raise Refused("invalid_term", "A term has 0 to 365 days.", "/body/term_days")
    _check_prepaid(request, currency)
    _check_lines(request, currency)


def _check_prepaid(request: CreditCheck, currency: str) -> None:
    if request.prepaid is None:
        return
    if request.prepaid.currency != currency:
        detail = "What was paid in advance is in the order's currency."
        raise Refused("currency_mismatch", detail, "/body/prepaid/currency")
    if not 0 <= request.prepaid.minor <= request.amount.minor:
        detail = "What was paid in advance lies between zero and the amount."
        raise Refused("invalid_prepaid", detail, "/body/prepaid/value")


def _check_lines(request: CreditCheck, currency: str) -> None:
    if len(request.lines) > MOST_LINES:
        detail = f"An order has at most {MOST_LINES} lines here; send them added up."
        raise Refused("too_many_lines", detail, "/body/lines")
    for n, line in enumerate(request.lines):
        if line.amount.currency != currency:
            at = f"/body/lines/{n}/amount/currency"
            raise Refused("currency_mismatch", f"The order is in {currency}.", at)
    total = sum(line.amount.minor for line in request.lines)
    if request.lines and total != request.amount.minor:
        added = Money(total, currency).value
        detail = f"The lines add up to {added}, the amount says {request.amount.value}."
        raise Refused("inconsistent_data", detail, "/body/lines")


def ask_of(
    request: CreditCheck,
    account: CreditAccount,
    policy: CreditPolicy,
    seller: SellerTerms,
    usual_terms_days: int,
    *,
    sources_missing: bool = False,
) -> Ask:
    """The question in the account's currency and with the term that will count."""
    later = request.to_pay_later
    days = request.term_days
    if days is None:
        days = account.terms_days if account.terms_days is not None else usual_terms_days
    consumer = account.kind == DebtorKind.CONSUMER
    buyer = request.buyer
    billing, shipping = request.billing_address, request.shipping_address
    return Ask(
        converted(policy, later, account.currency),
        days,
        address_key(billing) if billing else "",
        address_key(shipping) if shipping else "",
        buyer.email.rpartition("@")[2].lower() if buyer else "",
        billing.country if billing else "",
        buyer.kvk if buyer else "",
        bnpl_regime(seller, days).value if consumer and later.minor else "exempt",
        sources_missing,
    )
