"""What a review is about, as labels and values: an application, or what was proposed."""

from __future__ import annotations

from dataclasses import dataclass

from kasstroom.applications.model import Applicant, CreditApplication
from kasstroom.credit.group_proposals import GroupProposal
from kasstroom.credit.proposals import LimitProposal
from kasstroom.debtors.model import Address
from kasstroom.organisations.model import Language
from kasstroom.work.cases import Alike, Case
from kasstroom_pages.desk_words import moment
from kasstroom_pages.formats import grouped, long_date, money, plain
from kasstroom_pages.templates import say
from kasstroom_pages.words import words_of

Fact = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Subject:
    """`alike`: who the applicant may be already."""

    facts: tuple[Fact, ...]
    alike: tuple[str, ...] = ()


def subject_of(case: Case, language: Language) -> Subject | None:
    if case.application:
        alike = tuple(_alike(one, language) for one in case.alike)
        return Subject(_told(_application(case.application, language), language), alike)
    if case.proposal:
        return Subject(_told(_proposal(case.proposal, language), language))
    if case.group_proposal:
        return Subject(_told(_group(case.group_proposal, language), language))
    return None


def _told(facts: dict[str, str], language: Language) -> tuple[Fact, ...]:
    """Only what is known."""
    t = say(language)
    return tuple((t(f"desk_fact_{name}"), value) for name, value in facts.items() if value)


def _application(application: CreditApplication, language: Language) -> dict[str, str]:
    told, t = application.data, say(language)
    return {
        "reference": application.reference,
        "requested": money(told.requested, language) if told.requested else "",
        "terms": t("desk_days", days=told.terms_days) if told.terms_days else "",
        "name": plain(told.name, 70),
        "kind": t(f"desk_party_{application.kind}"),
        **_reached(told),
        **_known(application, language),
    }


def _reached(told: Applicant) -> dict[str, str]:
    return {
        "kvk": plain(told.kvk, 20),
        "vat": plain(told.vat, 20),
        "address": _address(told.address),
        "contact": plain(told.contact_name, 70),
        "email": plain(told.email, 100),
        "phone": plain(told.phone, 30),
        "iban": grouped(plain(told.iban, 40)),
    }


def _known(application: CreditApplication, language: Language) -> dict[str, str]:
    """What outside sources said, and since when that is known."""
    facts, at, first = application.facts, application.screened_at, application.first_approval
    return {
        "rating": facts.rating if facts else "",
        "score": str(facts.score) if facts and facts.score is not None else "",
        "founded": long_date(facts.founded_on, language) if facts and facts.founded_on else "",
        "screened": moment(at, language) if at else "",
        "first": plain(first.by, 60) if first else "",
    }


def _address(address: Address) -> str:
    street = f"{address.street} {address.house_number}".strip()
    town = f"{address.postcode} {address.city}".strip()
    return plain(", ".join(part for part in (street, town) if part), 140)


def _alike(one: Alike, language: Language) -> str:
    known = words_of(language)
    same = known.get(f"desk_same_{one.same}") or plain(one.same.replace("_", " "))
    kind = known.get(f"desk_alike_{one.kind}") or plain(one.kind)
    name = f"{plain(one.name, 70)}, " if one.name else ""
    return f"{name}{kind} {plain(one.id, 40)}: {same}"


def _proposal(proposal: LimitProposal, language: Language) -> dict[str, str]:
    t = say(language)
    before = money(proposal.before, language) if proposal.before is not None else t("desk_no_limit")
    return {
        "change": f"{before} → {money(proposal.amount, language)}",
        "source": t(f"desk_source_{proposal.source}"),
        "from": long_date(proposal.valid_from, language) if proposal.valid_from else "",
        "until": long_date(proposal.valid_to, language) if proposal.valid_to else "",
        "reason": plain(proposal.reason, 300),
        "asked_by": plain(proposal.asked_by, 60),
    }


def _group(proposal: GroupProposal, language: Language) -> dict[str, str]:
    """Who joins and who leaves; at most twenty of each."""
    before, after = proposal.before, proposal.after
    joins = [number for number in after.members if number not in before.members]
    leaves = [number for number in before.members if number not in after.members]
    return {
        "group": plain(f"{after.name} ({proposal.group})", 140),
        "change": f"{money(before.limit, language)} → {money(after.limit, language)}",
        "joins": plain(", ".join(joins), 600),
        "leaves": plain(", ".join(leaves), 600),
        "reason": plain(proposal.reason, 300),
        "asked_by": plain(proposal.asked_by, 60),
    }
