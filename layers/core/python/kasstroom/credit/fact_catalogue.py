"""The facts a rule can look at: their names, kinds and meanings."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class FactKind(StrEnum):
    """`amount` is compared in the policy's currency; `number` is whole; `days` too."""

    AMOUNT = "amount"
    NUMBER = "number"
    FLAG = "flag"
    TEXT = "text"


AMOUNT, NUMBER, FLAG, TEXT = FactKind
Catalogue = Mapping[str, tuple[FactKind, str]]
CATALOGUE: Catalogue = {
    "order_amount": (AMOUNT, "what is asked to pay later"),
    "limit": (AMOUNT, "the effective limit; unknown when none was granted"),
    "available": (AMOUNT, "limit less open invoices less reservations, never below zero"),
    "shortfall": (AMOUNT, "how far the order is above what is available"),
    "group_shortfall": (AMOUNT, "how far the order is above what is left of the group's limit"),
    "per_order_cap": (AMOUNT, "the largest amount one order of this debtor may have"),
    "above_order_cap": (FLAG, "the order is larger than the debtor's cap for one order"),
    "used_percent": (NUMBER, "used part of the limit with this order, whole percents"),
    "open": (AMOUNT, "all open invoices less credit balances"),
    "reserved": (AMOUNT, "live reservations"),
    "other_currencies": (AMOUNT, "open in other currencies, by the policy's exchange rates"),
    "overdue": (AMOUNT, "open amounts past their due date"),
    "oldest_overdue_days": (NUMBER, "days since the oldest open due date"),
    "overdue_weight": (
        NUMBER,
        "sum of overdue amount (whole units) x days: amount and age together",
    ),
    "unallocated": (AMOUNT, "money received that no invoice took yet"),
    "term_days": (NUMBER, "the payment term asked, else agreed"),
    "hold": (FLAG, "a person or rule stopped new credit"),
    "kind": (TEXT, "company, sole_trader, partnership or consumer"),
    "natural_person": (FLAG, "the owner is privately liable"),
    "segment": (TEXT, "the debtor's segment"),
    "country": (TEXT, "two letters"),
    "legal_form": (TEXT, "such as bv, nv, eenmanszaak, vof, stichting"),
    "company_age_days": (NUMBER, "days since the company was founded"),
    "rating": (TEXT, "the bureau's rating, A (best) to E"),
    "score": (NUMBER, "0 (worst) to 100"),
    "registered": (FLAG, "found in the trade register"),
    "vat_valid": (FLAG, "the VAT number was valid when it was checked"),
    "insolvent": (FLAG, "in an insolvency register"),
    "sanctions": (TEXT, "clear or possible"),
    "data_age_days": (NUMBER, "days since external data were fetched"),
    "sources_missing": (FLAG, "a source this check had to ask did not answer in time"),
    "address_match": (TEXT, "match, mismatch or unknown: the billing address against ours"),
    "delivers_elsewhere": (FLAG, "the shipping address is not the billing address"),
    "email_domain": (TEXT, "the part after @ of the buyer's e-mail address"),
    "address_key": (TEXT, "postcode and house number of the billing address: 1234AB-25A"),
    "kvk": (TEXT, "the trade-register number"),
    "debtor": (TEXT, "the debtor's number"),
    "first_order": (FLAG, "nothing was approved or invoiced before"),
    "checks_last_day": (NUMBER, "checks of the last 24 hours; counts to eight"),
    "asked_last_day": (AMOUNT, "asked in those checks together"),
    "days_late": (NUMBER, "average days late weighted by amount"),
    "late_percent": (NUMBER, "share of what was paid that came late"),
    "late_trend_days": (NUMBER, "days later in the last three months than in the nine before"),
    "promises_broken": (NUMBER, "promises to pay that were not kept"),
    "disputes": (NUMBER, "disputes opened"),
    "insured": (AMOUNT, "the insurer's cover, when it counts"),
    "insured_percent": (NUMBER, "the insured share of it"),
    "cover_state": (TEXT, "none, active, expired or stopped (an invoice is past the extension)"),
    "regulated_credit": (TEXT, "exempt, regulated or review: consumer credit under CCD2"),
}
