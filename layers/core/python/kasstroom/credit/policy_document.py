"""From a policy's JSON document to the policy, or to everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from kasstroom.credit.basis import LimitBasis, Take
from kasstroom.credit.comparing import never
from kasstroom.credit.decision import Outcome
from kasstroom.credit.model import LimitSource
from kasstroom.credit.policy import AutomaticTerms, CreditPolicy, ReviewTerms, Rule, Terms
from kasstroom.credit.policy_fields import Fields
from kasstroom.credit.reasons import CODES, reason
from kasstroom.credit.rules import Mistake, Reader, shown, step
from kasstroom.errors import KasstroomError, Refused
from kasstroom.money import EUR, minor_digits

OUTCOMES = tuple(outcome.value for outcome in Outcome if outcome is not Outcome.APPROVED)
ALTERNATIVES = (
    "prepay",
    "part_prepayment",
    "lower_amount",
    "shorter_term",
    "settle_overdue",
    "apply_for_limit",
)
SECTIONS = frozenset(
    {"rules", "conditions", "lists", "limit", *(f.name for f in fields(Terms))}
) - {"basis"}
CONDITIONS = ("part_prepayment", "consent", "verify_identity", "verify_address")
RESERVED = ("prepaid", "regulated_credit")
"""What a decision says fired when no rule of the policy did."""
MOST_RULES = 200
MOST_MISTAKES = 200
"""More are not listed: whoever made so many mends these first."""
_RULE = frozenset(
    {"id", "when", "outcome", "reason", "detail", "fixable_by", "alternatives", "condition"}
)


class PolicyRefused(Refused):
    """A document with mistakes; `mistakes` has all of them."""

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        first = mistakes[0]
        where = f"{first.pointer}: " if first.pointer else ""
        super().__init__("invalid_policy", f"{where}{first.detail}", first.pointer)
        self.mistakes = mistakes


def read(name: str, number: int, document: Mapping[str, Any]) -> CreditPolicy:
    """The policy of a document; PolicyRefused with every mistake and its JSON pointer."""
    if not isinstance(document, dict):
        raise PolicyRefused((Mistake("", "invalid_policy", "A policy is a JSON object."),))
    currency = document.get("currency", EUR)
    try:
        minor_digits(currency if isinstance(currency, str) else "")
        reader = Reader(document, currency)
    except KasstroomError as error:
        currency, reader = EUR, Reader(document, EUR)
        reader.wrong("/currency", error.code, error.detail)
    for key in (key for key in document if key not in SECTIONS):
        reader.wrong(step(key), "unknown_field", f"There is no {shown(key)} in a policy.")
    terms = _terms(document, currency, reader)
    reader.named()
    rules = _rules(document.get("rules"), reader)
    if reader.mistakes:
        # A named condition is read at each use; its mistake is one mistake.
        once = {(mistake.pointer, mistake.code): mistake for mistake in reversed(reader.mistakes)}
        raise PolicyRefused(tuple(reversed(once.values()))[:MOST_MISTAKES])
    return CreditPolicy(name, number, terms, rules)


def _terms(document: Mapping[str, Any], currency: str, reader: Reader) -> Terms:
    top = Fields(dict(document), "", reader, currency)
    limit = Fields(document.get("limit"), "/limit", reader, currency)
    limit.only(frozenset({"take", "of"}))
    usual, sources = Terms(), tuple(s for s in LimitSource if s is not LimitSource.TEMPORARY)
    basis = LimitBasis(
        Take(limit.one_of("take", usual.basis.take, tuple(Take))),
        tuple(LimitSource(s) for s in limit.some_of("of", usual.basis.of, sources)),
    )
    decline = (Outcome.DECLINED.value, Outcome.REFER.value)
    return Terms(
        currency=currency,
        basis=basis,
        warn_percent=top.whole("warn_percent", usual.warn_percent, 1, 100),
        hold_days=top.whole("hold_days", usual.hold_days, 1, 365),
        committed_days=top.whole("committed_days", usual.committed_days, 1, 730),
        smallest_partial=top.amount("smallest_partial", usual.smallest_partial),
        regulated_credit=Outcome(top.one_of("regulated_credit", decline[0], decline)),
        exchange_rates=top.rates("exchange_rates"),
        four_eyes_above=top.amount("four_eyes_above", usual.four_eyes_above),
        data_max_age_days=top.maybe_whole("data_max_age_days", 0, 3650),
        data_budget_ms=top.whole("data_budget_ms", usual.data_budget_ms, 50, 5000),
        reviews=_reviews(document.get("reviews"), reader, currency),
        automatic=_automatic(document.get("automatic"), reader, currency),
    )


def _reviews(given: Any, reader: Reader, currency: str) -> ReviewTerms:
    read, usual = Fields(given, "/reviews", reader, currency), ReviewTerms()
    read.only(frozenset(f.name for f in fields(ReviewTerms)))
    lapse = read.some_of("lapse", usual.lapse, tuple(LimitSource))
    return ReviewTerms(
        read.whole("every_days", usual.every_days, 1, 3650),
        read.whole("grace_days", usual.grace_days, 0, 3650),
        tuple(LimitSource(source) for source in lapse),
    )


def _automatic(given: Any, reader: Reader, currency: str) -> AutomaticTerms | None:
    if given is None:
        return None
    read, usual = Fields(given, "/automatic", reader, currency), AutomaticTerms()
    read.only(frozenset(f.name for f in fields(AutomaticTerms)))
    return AutomaticTerms(
        read.whole("percent", usual.percent, 1, 1200),
        read.amount("most", usual.most),
        read.whole("smallest_invoices", usual.smallest_invoices, 1, 1000),
        read.whole("late_days", usual.late_days, 0, 365),
        read.whole("cut_percent", usual.cut_percent, 0, 100),
        read.whole("step_percent", usual.step_percent, 0, 100),
    )


def _rules(given: Any, reader: Reader) -> tuple[Rule, ...]:
    if not isinstance(given, list) or not given or len(given) > MOST_RULES:
        code = "missing" if given is None else "invalid_value"
        reader.wrong("/rules", code, f"Give a list of 1 to {MOST_RULES} rules.")
        return ()
    ids = [one.get("id") for one in given if isinstance(one, dict)]
    rules = []
    for n, one in enumerate(given):
        if not isinstance(one, dict):
            reader.wrong(f"/rules/{n}", "invalid_value", "A rule is an object.")
            continue
        rules.append(_rule(one, f"/rules/{n}", reader))
        if one.get("id") and ids.count(one["id"]) > 1:
            detail = f"{shown(one['id'])} stands here twice."
            reader.wrong(f"/rules/{n}/id", "duplicate_rule", detail)
    return tuple(rules)


def _rule(raw: dict[str, Any], at: str, reader: Reader) -> Rule:
    one = Fields(raw, at, reader, EUR)
    one.only(_RULE)
    for needed in ("id", "when", "outcome", "reason"):
        if needed not in raw:
            reader.wrong(f"{at}/{needed}", "missing", "This field is required.")
    id = raw.get("id", "?")
    if not isinstance(id, str) or not 1 <= len(id) <= 64 or id in RESERVED:
        detail = f"A rule has an id of 1 to 64 characters, not {' or '.join(RESERVED)}."
        reader.wrong(f"{at}/id", "invalid_value", detail)
    code = one.one_of("reason", "policy_other", tuple(CODES))
    detail = raw.get("detail", "")
    if not isinstance(detail, str) or len(detail) > 300:
        reader.wrong(f"{at}/detail", "invalid_value", "A detail has at most 300 characters.")
        detail = ""
    fixable = one.one_of("fixable_by", "", ("buyer", "merchant", "nobody"))
    condition, percent = _condition(raw, at, reader)
    reader.looked_at = {}
    return Rule(
        str(id),
        reader.condition(raw["when"], f"{at}/when") if "when" in raw else never,
        Outcome(one.one_of("outcome", Outcome.REFER, OUTCOMES)),
        reason(code, rule=str(id), detail=detail, fixable_by=fixable),
        one.some_of("alternatives", (), ALTERNATIVES),
        condition,
        percent,
        tuple(reader.looked_at),
    )


def _condition(rule: dict[str, Any], at: str, reader: Reader) -> tuple[str, int]:
    """The condition an approval hangs on; only approved_with_conditions has one, and it must."""
    wants = rule.get("outcome") == Outcome.APPROVED_WITH_CONDITIONS
    if "condition" not in rule:
        if wants:
            detail = 'Say which, such as {"kind": "part_prepayment", "percent": 30}.'
            reader.wrong(f"{at}/condition", "missing", detail)
        return "", 0
    if not wants:
        detail = "Only a rule with the outcome approved_with_conditions has a condition."
        reader.wrong(f"{at}/condition", "invalid_value", detail)
    if not isinstance(rule["condition"], dict) or "kind" not in rule["condition"]:
        code = "missing" if isinstance(rule["condition"], dict) else "invalid_value"
        place = f"{at}/condition/kind" if code == "missing" else f"{at}/condition"
        reader.wrong(place, code, f"Give an object with a kind, one of {', '.join(CONDITIONS)}.")
        return "", 0
    read = Fields(rule["condition"], f"{at}/condition", reader, EUR)
    kind = read.one_of("kind", CONDITIONS[0], CONDITIONS)
    asks = kind == "part_prepayment"
    read.only(frozenset({"kind", "percent"} if asks else {"kind"}))
    return kind, read.whole("percent", 30, 1, 99) if asks else 0
