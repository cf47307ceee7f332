"""The code lists of the trade: UN/EDIFACT segment CCD (D.01B), elements 4505, 4507 and 4509."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Coded(StrEnum):
    """Members stand in the order of the list, which counts from 1 without gaps."""

    @property
    def edifact(self) -> str:
        return str(list(type(self)).index(self) + 1)

    @classmethod
    def of_edifact(cls, code: str) -> Self:
        """ValueError for a code the list does not have."""
        return {member.edifact: member for member in cls}.get(code) or cls(code)


class RequestKind(Coded):
    """4505, credit cover request type."""

    MULTI_CURRENCY = "multi_currency"
    NEW = "new"
    INCREASE = "increase"
    PRELIMINARY = "preliminary"
    ACCOUNT_ONLY = "account_only"
    CANCEL = "cancel"
    REDUCE = "reduce"
    PROLONG = "prolong"


class Response(Coded):
    """4507, credit cover response type."""

    PRELIMINARY = "preliminary"
    APPROVED = "approved"
    NOT_APPROVED = "not_approved"
    CONDITIONAL = "conditional"
    PARTLY_APPROVED = "partly_approved"
    INVESTIGATING = "investigating"
    ACCOUNT_ONLY = "account_only"
    CANCELLED = "cancelled"
    REDUCED = "reduced"
    NAME_CHANGE = "name_change"
    CLOSED = "closed"


class AnswerReason(Coded):
    """4509, credit cover response reason."""

    FINANCIALS_NOT_PROVIDED = "financials_not_provided"
    NO_FINANCIALS = "no_financials"
    OUT_OF_BUSINESS = "out_of_business"
    NEW_COMPANY = "new_company"
    NOT_REGISTERED = "not_registered"
    NON_TRADING = "non_trading"
    NO_COMMENT = "no_comment"
    INSOLVENCY_ONLY = "insolvency_only"
    BILL_OF_EXCHANGE = "bill_of_exchange"
    DOCUMENT_AGAINST_ACCEPTANCE = "document_against_acceptance"
    DOCUMENT_AGAINST_PAYMENT = "document_against_payment"
    ADVERSE_INFORMATION = "adverse_information"
    LIMIT_FULL = "limit_full"
    LACK_OF_TURNOVER = "lack_of_turnover"
    OTHER = "other"


WAITING = frozenset({Response.PRELIMINARY, Response.INVESTIGATING})
"""Not an answer yet: the insurer goes on."""
GRANTING = frozenset(
    {Response.APPROVED, Response.CONDITIONAL, Response.PARTLY_APPROVED, Response.REDUCED}
)
ENDING = frozenset({Response.NOT_APPROVED, Response.CANCELLED, Response.CLOSED})
