"""Does the text of a fourteen-day letter keep the costs alive? Art. 6:96 lid 6 BW; HR 25-11-2016,
ECLI:NL:HR:2016:2704: a term that is a day short, a second term or amount, or a cent too much, and
no costs are owed at all. Plain text in, findings out; no finding is no legal advice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kasstroom.compliance.demand import Demand
from kasstroom.compliance.wording_forms import NUMBER_WORDS, Forms, compiled, forms_of
from kasstroom.compliance.wording_reading import (
    accounts_in,
    amounts_in,
    dates_in,
    denied,
    excerpt,
    near,
    sentence_at,
)
from kasstroom.errors import Refused
from kasstroom.money import Money
from kasstroom.text import normal

_NUMBER = rf"(?:\d{{1,3}}|{NUMBER_WORDS})"
_BEFORE_TERM = rf"(?: \w+){{0,2}} (?:{_NUMBER} \()?{_NUMBER}\)? (?:\w+ )?"


@dataclass(frozen=True, slots=True)
class Finding:
    """`sentence` says what to change; `excerpt` is the place, `at` its first character in the text
    (None when something is not there). `costs_lost`: with it no costs are owed."""

    code: str
    sentence: str
    excerpt: str = ""
    at: int | None = None
    costs_lost: bool = True


def letter_findings(
    text: str, demand: Demand, language: str, *, also: Iterable[Money] = ()
) -> tuple[Finding, ...]:
    """In the order of the text, what is missing first; empty is good. `also` are other amounts the
    letter rightly names: interest until now, what was paid, the total with interest.

    Refused for a language nobody checks, and for the demand to a business, which needs no letter.
    """
    forms = forms_of(language)
    if demand.dates is None:
        detail = "A business owes the costs without this letter; send it an ordinary demand."
        raise Refused("no_letter_needed", detail)
    text = normal(text)
    checks = (
        _term(text, forms), _at_once(text, forms), _dates(text, forms, demand),
        _costs(text, forms, demand), _amounts(text, demand, also), _vat(text, forms, demand),
        _claims(text, demand), _accounts(text), _threats(text, forms),
    )  # fmt: skip
    found = [finding for check in checks for finding in check]
    return tuple(sorted(found, key=lambda each: -1 if each.at is None else each.at))


def may_send(findings: Iterable[Finding]) -> bool:
    """Whether the costs survive this letter; what else was found is advice."""
    return not any(finding.costs_lost for finding in findings)


def _term(text: str, forms: Forms) -> Iterator[Finding]:
    """The term in a form the court accepts, and beside it no other term, right or wrong."""
    accepted = [hit.span() for form in forms.terms for hit in forms.found(form, text)]
    if not accepted:
        told = "Give the term as: fourteen days from the day after the letter was delivered."
        yield Finding("term_missing", told)
    for hit in forms.found(forms.within + _BEFORE_TERM + forms.days, text):
        if any(start <= hit.start() < end for start, end in accepted):
            continue
        behind = text[hit.end() : hit.end() + 30].split("\n\n")[0]
        if compiled(forms.from_letter).search(behind):
            told = "The term starts the day after delivery; leave out this other start."
            yield _at("wrong_start", told, text, hit.span())
        else:
            told = "Leave out every other term; two terms in one letter confuse."
            yield _at("other_term", told, text, hit.span())


def _at_once(text: str, forms: Forms) -> Iterator[Finding]:
    for hit in forms.found(forms.at_once, text):
        if compiled(forms.pay).search(sentence_at(text, hit.start())):
            told = "Who has fourteen days need not pay at once; leave this out."
            yield _at("at_once", told, text, hit.span())


def _dates(text: str, forms: Forms, demand: Demand) -> Iterator[Finding]:
    """Days up to the letter's own are those of invoices; a later one has to leave the whole term.
    The day after arrival moves with the post, so no day is better than a day."""
    assert demand.dates is not None
    for day, span in dates_in(text, forms.months, demand.dates.sent_on):
        if demand.dates.sent_on < day < demand.dates.last_pay_on:
            told = f"The term may end on {demand.dates.last_pay_on}; leave this day out."
            yield _at("date_too_early", told, text, span)


def _costs(text: str, forms: Forms, demand: Demand) -> Iterator[Finding]:
    for hit in forms.found(forms.fees, text):
        if not denied(text, hit.start(), forms.no, forms.pay):
            told = "A consumer owes the collection costs of the law and no others; leave this out."
            yield _at("other_costs", told, text, hit.span())
    if not demand.total_costs:
        return
    named = [span for amount, span in amounts_in(text) if amount == demand.total_costs.minor]
    if not any(near(text, span, forms.costs) for span in named):
        told = f"Name the exact costs, VAT included when it is due: {demand.total_costs}."
        yield Finding("costs_missing", told)
    places = [hit.start() for hit in forms.found(forms.costs, text)]
    if not any(denied(text, at, forms.no, forms.pay) for at in places):
        told = "Say that no costs are owed when all is paid within the term."
        yield Finding("no_costs_in_time_missing", told)


def _amounts(text: str, demand: Demand, also: Iterable[Money]) -> Iterator[Finding]:
    right = {amount.minor for _, amount in demand.claims} | {amount.minor for amount in also}
    right |= {demand.principal.minor, demand.total_costs.minor, demand.total.minor}
    if demand.vat:
        right |= {demand.costs.minor, demand.vat.minor}
    found = list(amounts_in(text, without=[name for name, _ in demand.claims]))
    for amount, span in found:
        if amount not in right:
            told = "This amount is no part of the demand; a second amount costs you the costs."
            yield _at("other_amount", told, text, span)
    if demand.principal.minor not in {amount for amount, _ in found}:
        yield Finding("principal_missing", f"Name what is unpaid: {demand.principal}.")


def _vat(text: str, forms: Forms, demand: Demand) -> Iterator[Finding]:
    """Art. 2 lid 3 Besluit: only who says that it cannot deduct the VAT may charge it."""
    hits = forms.found(forms.vat, text)
    sentences = [sentence_at(text, hit.start()) for hit in hits]
    if demand.vat and not any(compiled(forms.not_deducted).search(each) for each in sentences):
        told = "Say that a service charges VAT over the costs and that you cannot deduct it."
        yield Finding("vat_not_declared", told)
    for hit, sentence in zip(hits, sentences, strict=True):
        if not demand.vat and compiled(forms.costs).search(sentence):
            told = "No VAT is due over these costs; leave it out."
            yield _at("vat_not_owed", told, text, hit.span())


def _claims(text: str, demand: Demand) -> Iterator[Finding]:
    for name, _ in demand.claims:
        if not re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            yield Finding("claim_missing", f"Name the claim {name} that the costs are for.")


def _accounts(text: str) -> Iterator[Finding]:
    accounts = dict(accounts_in(text))
    for span in list(accounts.values())[1:]:
        told = "Name one account to pay to; two confuse."
        yield _at("two_accounts", told, text, span)


def _threats(text: str, forms: Forms) -> Iterator[Finding]:
    for hit in forms.found(forms.threat, text):
        told = "Do not announce what only a court or bailiff can do, and not yet."
        yield _at("threat", told, text, hit.span(), costs_lost=False)


def _at(
    code: str, told: str, text: str, span: tuple[int, int], *, costs_lost: bool = True
) -> Finding:
    return Finding(code, told, excerpt(text, span), span[0], costs_lost)
