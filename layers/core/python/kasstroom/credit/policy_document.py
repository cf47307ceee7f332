"""From a policy's JSON document to the policy, or to everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from kasstroom.credit.comparing import never
from kasstroom.credit.decision import Outcome
from kasstroom.credit.policy import CreditPolicy, Rule, Terms
from kasstroom.credit.policy_fields import Fields
from kasstroom.credit.policy_terms import terms_of
from kasstroom.credit.reasons import CODES, reason
from kasstroom.credit.restricted import FACT, hidden
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
RESERVED = ("prepaid", "regulated_credit", "sanctions_law")
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
    terms = terms_of(document, currency, reader)
    reader.named()
    rules = _rules(document.get("rules"), reader)
    if reader.mistakes:
        # A named condition is read at each use; its mistake is one mistake.
        once = {(mistake.pointer, mistake.code): mistake for mistake in reversed(reader.mistakes)}
        raise PolicyRefused(tuple(reversed(once.values()))[:MOST_MISTAKES])
    return CreditPolicy(name, number, terms, rules)


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
    test = reader.condition(raw["when"], f"{at}/when") if "when" in raw else never
    said = reason(code, rule=str(id), detail=detail, fixable_by=fixable)
    return Rule(
        str(id),
        test,
        Outcome(one.one_of("outcome", Outcome.REFER, OUTCOMES)),
        hidden(said) if FACT in reader.looked_at else said,
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
