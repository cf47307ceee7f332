"""Whether an organisation may collect, and on what terms: set by a person of finance."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kasstroom.access.model import Actor, Role
from kasstroom.changes import Changes, Command
from kasstroom.errors import Refused
from kasstroom.mandates.collection import Creditor
from kasstroom.mandates.identifiers import bare, is_bic, is_creditor_id, is_sepa_iban
from kasstroom.mandates.terms import NOTICE_DAYS, CollectPer, DirectDebitTerms, FileFormat
from kasstroom.organisations.model import Organisation
from kasstroom.ports import Books

LONGEST_NOTICE_DAYS = 60


@dataclass(frozen=True, slots=True)
class SetTerms(Command):
    """`creditor_id` is the Incassant-ID on the contract with the bank. `iban` empty: the
    organisation's own account. `notice_days` below 14 only when the debtors agreed to it."""

    creditor_id: str
    iban: str = ""
    bic: str = ""
    notice_days: int = NOTICE_DAYS
    per: CollectPer = CollectPer.INVOICE
    format: FileFormat = FileFormat.PAIN_008_08


def terms_of(books: Books, org: str) -> DirectDebitTerms:
    return books.get(Organisation, org).direct_debit


def put_terms(
    books: Books, org: str, asked: SetTerms, actor: Actor
) -> tuple[Changes, DirectDebitTerms]:
    """Forbidden for who is not of finance; Refused with the field to fix."""
    actor.must_be(Role.FINANCE)
    terms = DirectDebitTerms(
        bare(asked.creditor_id), bare(asked.iban), bare(asked.bic), asked.notice_days, asked.per,
        asked.format,
    )  # fmt: skip
    _checked(terms)
    known = books.get(Organisation, org)
    after = replace(known, direct_debit=terms)
    return (Changes(update=(after,)) if after != known else Changes()), terms


def _checked(terms: DirectDebitTerms) -> None:
    if not is_creditor_id(terms.creditor_id):
        detail = "The check digits are wrong; a Dutch Incassant-ID is NL, 2 digits, ZZZ, 12 digits."
        raise Refused("invalid_creditor_id", detail, "/body/creditor_id")
    if terms.iban and not is_sepa_iban(terms.iban):
        raise Refused("invalid_iban", "This is not an account in SEPA.", "/body/iban")
    if terms.bic and not is_bic(terms.bic):
        raise Refused("invalid_bic", "A BIC is 8 or 11 letters and digits.", "/body/bic")
    if terms.format is FileFormat.PAIN_008_02 and not terms.bic:
        detail = "The older file asks for the BIC of your own bank; give it."
        raise Refused("bic_missing", detail, "/body/bic")
    if not 1 <= terms.notice_days <= LONGEST_NOTICE_DAYS:
        detail = f"Between 1 and {LONGEST_NOTICE_DAYS} days."
        raise Refused("invalid_notice", detail, "/body/notice_days")


def creditor_of(organisation: Organisation) -> Creditor:
    """Who the file says collects; Refused when the settings are not there, or not right."""
    terms = organisation.direct_debit
    iban = terms.iban or bare(organisation.iban)
    if not is_creditor_id(terms.creditor_id):
        detail = "Set your Incassant-ID first: PUT /v1/collections/terms."
        raise Refused("creditor_id_missing", detail)
    if not is_sepa_iban(iban):
        detail = "Set the account that collects first: PUT /v1/collections/terms."
        raise Refused("invalid_iban", detail)
    return Creditor(organisation.name, terms.creditor_id, iban, terms.bic)
