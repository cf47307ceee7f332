"""From a source's answer to the few facts that are kept; None when the source knows nobody."""

from __future__ import annotations

from collections.abc import Sequence

from kasstroom.screening.matching import insolvency_hits, sanction_hits
from kasstroom.screening.model import Facts
from kasstroom.screening.ports import (
    BureauAnswer,
    Insolvency,
    ListedParty,
    RegisteredCompany,
    Subject,
    VatAnswer,
)


def of_register(company: RegisteredCompany | None) -> Facts | None:
    """A company that ceased is found and not registered."""
    if company is None:
        return None
    return Facts(
        legal_form=company.legal_form,
        founded_on=company.founded_on,
        registered=company.ceased_on is None,
    )


def of_vat(answer: VatAnswer) -> Facts | None:
    return Facts(vat_valid=True, proof=answer.proof) if answer.valid else None


def of_bureau(answer: BureauAnswer | None) -> Facts | None:
    """Without a rating the recommended limit goes too."""
    if answer is None:
        return None
    rated = bool(answer.rating)
    return Facts(
        rating=answer.rating,
        score=answer.score if rated else None,
        limit=answer.limit if rated else None,
        provider_id=answer.provider_id,
        as_of=answer.rated_at,
    )


def of_insolvency(subject: Subject, published: Sequence[Insolvency]) -> Facts | None:
    """A company is insolvent when its own KvK number is published; a natural person only
    possibly, because names and numbers of people mislead: somebody looks."""
    if subject.natural_person:
        hits = insolvency_hits(subject, published)
        return Facts(hits=hits) if hits else None
    mine = [case for case in published if case.kvk and case.kvk == subject.kvk]
    return Facts(insolvent=True, case=mine[0].case) if mine else None


def of_sanctions(subject: Subject, listed: Sequence[ListedParty]) -> Facts | None:
    hits = sanction_hits(subject, listed)
    return Facts(hits=hits) if hits else None


NOBODY = {
    "trade_register": Facts(registered=False),
    "vat": Facts(vat_valid=False),
    "bureau": Facts(),
    "insolvency": Facts(insolvent=False),
    "sanctions": Facts(),
}
"""What "not found" means, by source."""
