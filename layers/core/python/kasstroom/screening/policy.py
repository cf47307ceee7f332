"""How long an answer stays fresh, when to try again, and on which basis a source may be asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from kasstroom.errors import Refused
from kasstroom.ids import digest
from kasstroom.screening.model import Basis, ExternalReport, Source, StatedBasis
from kasstroom.screening.ports import Sources, Subject


@dataclass(frozen=True, slots=True)
class SourceTerms:
    """`basis` is the one that holds for companies; `persons_need_basis`: for a natural person the
    organisation has to state its own."""

    fresh_days: int
    retry_minutes: int
    basis: Basis
    persons_need_basis: bool = False


TERMS: dict[Source, SourceTerms] = {
    Source.TRADE_REGISTER: SourceTerms(30, 15, Basis.LEGITIMATE_INTEREST),
    Source.VAT: SourceTerms(7, 15, Basis.LEGAL_OBLIGATION),
    Source.BUREAU: SourceTerms(30, 60, Basis.LEGITIMATE_INTEREST, persons_need_basis=True),
    Source.INSOLVENCY: SourceTerms(1, 30, Basis.LEGITIMATE_INTEREST),
    # Sanctiewet 1977: whoever pays or supplies a listed party commits an offence.
    Source.SANCTIONS: SourceTerms(1, 30, Basis.LEGAL_OBLIGATION),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """No `sources`: all that are set up and apply. `max_age_days` makes an older answer stale
    sooner; `force` asks whatever is known."""

    sources: tuple[Source, ...] = ()
    basis: StatedBasis | None = None
    force: bool = False
    max_age_days: int | None = None


def about(source: Source, subject: Subject) -> str:
    """A digest of what the source is asked with, so that a corrected number is asked anew."""
    company = (subject.kvk, subject.country)
    asked = {
        Source.TRADE_REGISTER: company,
        Source.VAT: (subject.vat, subject.country),
        Source.BUREAU: company,
        Source.INSOLVENCY: (subject.kvk, subject.name, subject.natural_person),
        Source.SANCTIONS: (subject.name, subject.country),
    }
    return digest("\x1f".join(map(str, asked[source])))[:16]


def is_fresh(
    report: ExternalReport, subject: Subject, now: datetime, max_age_days: int | None = None
) -> bool:
    if report.fetched_at is None or now >= report.fresh_until:
        return False
    if report.about != about(report.source, subject):
        return False
    return max_age_days is None or now < report.fetched_at + timedelta(days=max_age_days)


def is_resting(report: ExternalReport, now: datetime) -> bool:
    """It did not answer a moment ago: the next buyer does not wait for it again."""
    return report.retry_at is not None and now < report.retry_at


def basis_of(source: Source, subject: Subject, stated: StatedBasis | None) -> StatedBasis:
    """The basis an answer is kept under; Refused `consent_required` when a natural person's bureau
    data are asked without one (art. 6 and 14 GDPR)."""
    terms = TERMS[source]
    if not (subject.natural_person and terms.persons_need_basis):
        return StatedBasis(terms.basis)
    if stated is None:
        detail = "For a natural person, say in `basis` why their credit data may be asked."
        raise Refused("consent_required", detail, "/body/basis")
    if stated.kind is Basis.CONSENT and not stated.reference.strip():
        detail = "Say in `basis.reference` where this person's consent can be looked up."
        raise Refused("consent_required", detail, "/body/basis/reference")
    return stated


def skipped_because(
    source: Source, subject: Subject, sources: Sources, stated: StatedBasis | None
) -> str:
    """Why a source is not asked at all: a stable code, or empty when it can be."""
    if getattr(sources, source) is None:
        return "not_set_up"
    needs = {Source.TRADE_REGISTER: subject.kvk, Source.VAT: subject.vat}
    needs |= {Source.BUREAU: subject.kvk, Source.SANCTIONS: subject.name}
    needs |= {Source.INSOLVENCY: subject.kvk or (subject.natural_person and subject.name)}
    if not needs[source]:
        return "no_identifier"
    try:
        basis_of(source, subject, stated)
    except Refused as error:
        return error.code
    return ""
