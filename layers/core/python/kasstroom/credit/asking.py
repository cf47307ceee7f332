"""The checkout's question as the shop sends it, and what it means for an account."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from kasstroom.changes import Command
from kasstroom.compliance.consumer_credit import SellerTerms, bnpl_regime
from kasstroom.credit.buyer import DEBTOR_NUMBER, Buyer, bare, check_buyer
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


LONGEST_PART = 200
"""Characters of one part of an address."""
_COUNTRY = re.compile(r"[A-Z]{2}\Z")
_LONGEST_OF_LINE = {"name": 200, "sku": 64, "category": 100}


class LineKind(StrEnum):
    PHYSICAL = "physical"
    DIGITAL = "digital"
    SERVICE = "service"
    SHIPPING_FEE = "shipping_fee"
    GIFT_CARD = "gift_card"
    DISCOUNT = "discount"


@dataclass(frozen=True, slots=True)
class OrderLine(Command):
    """`amount` is what the line costs in all, tax included; a discount is negative. A name has at
    most 200 characters, a sku 64 and a category 100."""

    name: str
    amount: Money
    quantity: int = 1
    kind: LineKind = LineKind.PHYSICAL
    sku: str = ""
    category: str = ""


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
    _check_who(request)
    if request.term_days is not None and not 0 <= request.term_days <= 365:
        raise Refused("invalid_term", "A term has 0 to 365 days.", "/body/term_days")
    _check_prepaid(request, currency)
    _check_lines(request, currency)


def _check_who(request: CreditCheck) -> None:
    buyer = request.buyer
    if not request.debtor and buyer is None:
        detail = "Say who buys: debtor, or buyer when you have no number for them."
        raise Refused("not_identified", detail, "/body/debtor")
    if request.debtor and not DEBTOR_NUMBER.match(request.debtor):
        detail = "A debtor number has 1 to 64 letters, digits, dots, dashes or underscores."
        raise Refused("invalid_number", detail, "/body/debtor")
    if buyer is not None:
        check_buyer(buyer)
        if request.debtor and buyer.customer_number not in ("", request.debtor):
            detail = f"debtor says {request.debtor}, the buyer another number; give one of them."
            raise Refused("ambiguous_debtor", detail, "/body/buyer/customer_number")
    for name in ("billing_address", "shipping_address"):
        _check_address(getattr(request, name), f"/body/{name}")


def _check_address(address: Address | None, at: str) -> None:
    if address is None:
        return
    if not _COUNTRY.match(address.country):
        raise Refused("invalid_country", "Give two letters, such as NL.", f"{at}/country")
    for part in ("street", "house_number", "postcode", "city"):
        if len(getattr(address, part)) > LONGEST_PART:
            detail = f"This has at most {LONGEST_PART} characters."
            raise Refused("too_long", detail, f"{at}/{part}")


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
        _check_line(line, currency, f"/body/lines/{n}")
    total = sum(line.amount.minor for line in request.lines)
    if request.lines and total != request.amount.minor:
        added = Money(total, currency).value
        detail = f"The lines add up to {added}, the amount says {request.amount.value}."
        raise Refused("inconsistent_data", detail, "/body/lines")


def _check_line(line: OrderLine, currency: str, at: str) -> None:
    if line.amount.currency != currency:
        detail = f"The order is in {currency}; give every line in it."
        raise Refused("currency_mismatch", detail, f"{at}/amount/currency")
    if line.quantity < 1:
        raise Refused("invalid_quantity", "A line is for one or more.", f"{at}/quantity")
    for part, longest in _LONGEST_OF_LINE.items():
        if len(getattr(line, part)) > longest:
            detail = f"This has at most {longest} characters."
            raise Refused("too_long", detail, f"{at}/{part}")


def ask_of(
    request: CreditCheck,
    account: CreditAccount,
    policy: CreditPolicy,
    seller: SellerTerms,
    usual_terms_days: int,
    *,
    sources_missing: bool = False,
) -> Ask:
    """The question in the account's currency and with the term that will count. Refused when the
    buyer is another company than the account's."""
    _same_company(request, account)
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


def _same_company(request: CreditCheck, account: CreditAccount) -> None:
    given = request.buyer.kvk if request.buyer else ""
    known = bare(account.profile.kvk)
    if given and known and given != known:
        detail = f"Debtor {account.debtor} has another KvK number; say who buys."
        raise Refused("ambiguous_debtor", detail, "/body/buyer/kvk")
