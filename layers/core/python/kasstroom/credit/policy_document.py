"""From a policy's JSON document to the policy, or to everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from kasstroom.credit.decision import Outcome
from kasstroom.credit.limits import LimitBasis, Take
from kasstroom.credit.model import LimitSource
from kasstroom.credit.policy import AutomaticTerms, CreditPolicy, ReviewTerms, Rule, Terms
from kasstroom.credit.reasons import CODES, reason
from kasstroom.credit.rules import Mistake, Reader
from kasstroom.errors import KasstroomError, Refused
from kasstroom.money import EUR, Money, minor_digits

T = TypeVar("T")
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
MOST_RULES = 200
_RULE = frozenset(
    {"id", "when", "outcome", "reason", "detail", "fixable_by", "alternatives", "condition"}
)


class PolicyRefused(Refused):
    """A document with mistakes; `mistakes` has all of them."""

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        first = mistakes[0]
        super().__init__("invalid_policy", f"{first.pointer}: {first.detail}", first.pointer)
        self.mistakes = mistakes


def read(name: str, number: int, document: Mapping[str, Any]) -> CreditPolicy:
    """The policy of a document; PolicyRefused with every mistake and its JSON pointer."""
    currency = document.get("currency", EUR)
    try:
        minor_digits(currency if isinstance(currency, str) else "")
    except KasstroomError as error:
        raise PolicyRefused((Mistake("/currency", error.code, error.detail),)) from None
    reader = Reader(document, currency)
    for key in document.keys() - SECTIONS:
        reader.wrong(f"/{key}", "unknown_field", f"There is no {key!r} in a policy.")
    terms = _terms(document, currency, reader)
    reader.named()
    rules = _rules(document.get("rules"), reader)
    if reader.mistakes:
        raise PolicyRefused(tuple(dict.fromkeys(reader.mistakes)))
    return CreditPolicy(name, number, terms, rules)


class _Fields:
    """Reads the fields of one object of the document."""

    def __init__(self, given: Any, at: str, reader: Reader, currency: str) -> None:
        self._at, self._reader, self._currency = at, reader, currency
        if given is not None and not isinstance(given, dict):
            reader.wrong(at, "invalid_value", "This is an object.")
        self._given = given if isinstance(given, dict) else {}

    def _read(self, name: str, default: T, accept: Callable[[Any], T]) -> T:
        if name not in self._given:
            return default
        try:
            return accept(self._given[name])
        except KasstroomError as error:
            self._reader.wrong(f"{self._at}/{name}", error.code, error.detail)
        return default

    def only(self, names: frozenset[str]) -> None:
        for name in self._given.keys() - names:
            known = ", ".join(sorted(names))
            self._reader.wrong(f"{self._at}/{name}", "unknown_field", f"Known here: {known}.")

    def whole(self, name: str, default: int, low: int, high: int) -> int:
        def accept(value: Any) -> int:
            if type(value) is not int or not low <= value <= high:
                raise Refused("invalid_value", f"Give a whole number from {low} to {high}.")
            return value

        return self._read(name, default, accept)

    def maybe_whole(self, name: str, low: int, high: int) -> int | None:
        return self.whole(name, low, low, high) if self._given.get(name) is not None else None

    def amount(self, name: str, default: Money) -> Money:
        def accept(value: Any) -> Money:
            if not isinstance(value, str):
                raise Refused("invalid_amount", "Write an amount as text, such as '250.00'.")
            found = Money.parse(value, self._currency)
            if found.minor < 0:
                raise Refused("negative_amount", "The amount must not be negative.")
            return found

        return self._read(name, Money(default.minor, self._currency), accept)

    def one_of(self, name: str, default: str, choices: tuple[str, ...]) -> str:
        return self._read(name, default, lambda value: _chosen(value, choices))

    def some_of(
        self, name: str, default: tuple[str, ...], choices: tuple[str, ...]
    ) -> tuple[str, ...]:
        def accept(value: Any) -> tuple[str, ...]:
            if not isinstance(value, list):
                raise Refused("invalid_value", "Give a list.")
            return tuple(_chosen(one, choices) for one in value)

        return self._read(name, default, accept)

    def rates(self, name: str) -> dict[str, Decimal]:
        return self._read(name, {}, _rates)


def _chosen(value: Any, choices: tuple[str, ...]) -> str:
    if value not in choices:
        raise Refused("invalid_value", f"Give one of {', '.join(choices)}.")
    return str(value)


def _rates(given: Any) -> dict[str, Decimal]:
    if not isinstance(given, dict):
        raise Refused("invalid_value", 'Give rates as an object, such as {"USD": "0.92"}.')
    found = {}
    for currency, text in given.items():
        minor_digits(currency)
        try:
            rate = Decimal(text) if isinstance(text, str) else Decimal(0)
        except InvalidOperation:
            rate = Decimal(0)
        if not (rate.is_finite() and Decimal("0.000001") <= rate <= 1_000_000):
            detail = f"The rate of {currency} is a text above zero, such as '0.92'."
            raise Refused("invalid_rate", detail)
        found[currency] = rate
    return found


def _terms(document: Mapping[str, Any], currency: str, reader: Reader) -> Terms:
    top = _Fields(dict(document), "", reader, currency)
    limit = _Fields(document.get("limit"), "/limit", reader, currency)
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
    read, usual = _Fields(given, "/reviews", reader, currency), ReviewTerms()
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
    read, usual = _Fields(given, "/automatic", reader, currency), AutomaticTerms()
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
        reader.wrong("/rules", "invalid_value", f"Give a list of 1 to {MOST_RULES} rules.")
        return ()
    ids = [one.get("id") for one in given if isinstance(one, dict)]
    rules = tuple(_rule(one, f"/rules/{n}", reader) for n, one in enumerate(given))
    for n, one in enumerate(given):
        if isinstance(one, dict) and one.get("id") and ids.count(one["id"]) > 1:
            reader.wrong(f"/rules/{n}/id", "duplicate_rule", f"{one['id']!r} stands here twice.")
    return rules


def _rule(given: Any, at: str, reader: Reader) -> Rule:
    one = _Fields(given, at, reader, EUR)
    one.only(_RULE)
    raw = given if isinstance(given, dict) else {}
    id = raw.get("id")
    if not isinstance(id, str) or not 1 <= len(id) <= 64:
        reader.wrong(f"{at}/id", "invalid_value", "A rule has an id of 1 to 64 characters.")
    for needed in ("when", "outcome", "reason"):
        if needed not in raw:
            reader.wrong(f"{at}/{needed}", "missing", "This field is required.")
    code = one.one_of("reason", "policy_other", tuple(CODES))
    detail = raw.get("detail", "")
    if not isinstance(detail, str) or len(detail) > 300:
        reader.wrong(f"{at}/detail", "invalid_value", "A detail has at most 300 characters.")
        detail = ""
    fixable = one.one_of("fixable_by", "", ("buyer", "merchant", "nobody"))
    condition, percent = _condition(raw, at, reader)
    return Rule(
        str(id),
        reader.condition(raw["when"], f"{at}/when") if "when" in raw else lambda facts: False,
        Outcome(one.one_of("outcome", Outcome.REFER, OUTCOMES)),
        reason(code, rule=str(id), detail=detail, fixable_by=fixable),
        one.some_of("alternatives", (), ALTERNATIVES),
        condition,
        percent,
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
    read = _Fields(rule["condition"], f"{at}/condition", reader, EUR)
    read.only(frozenset({"kind", "percent"}))
    kinds = ("part_prepayment", "consent", "verify_identity", "verify_address")
    kind = read.one_of("kind", kinds[0], kinds)
    return kind, read.whole("percent", 30, 1, 99) if kind == "part_prepayment" else 0
