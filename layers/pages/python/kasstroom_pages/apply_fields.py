"""The fields of an application form: which are asked of whom, with what was typed and what is
wrong with it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from babel import Locale
from babel.numbers import format_decimal

from kasstroom.applications.model import LEGAL_FORMS
from kasstroom.applications.validation import Fault
from kasstroom.debtors.model import DebtorKind
from kasstroom.money import Money
from kasstroom.organisations.model import READ_AS, Language
from kasstroom.text import FORBIDDEN
from kasstroom_pages.formats import plain
from kasstroom_pages.templates import Words, say

_LOCALES = {Language.NL: "nl_NL", Language.EN: "en_GB"}
_COUNTRIES = (
    "AT BE BG CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI"
    " SK"
).split()
TERMS_DAYS = (8, 14, 30, 60)
OPTIONAL = frozenset({"vat", "phone", "iban", "terms_days"})
_ADDRESS = ("street", "house_number", "postcode", "city", "country")
_ASKED: dict[bool, tuple[tuple[str, tuple[str, ...]], ...]] = {
    True: (
        ("apply_you", ("name", "email")),
        ("apply_address", _ADDRESS),
        ("apply_wish", ("requested",)),
    ),
    False: (
        ("apply_company", ("name", "legal_form", "kvk", "vat")),
        ("apply_address", _ADDRESS),
        ("apply_contact", ("contact_name", "email", "phone")),
        ("apply_wish", ("requested", "terms_days", "iban")),
    ),
}
"""By whether it is a consumer, of whom no more is asked than is needed (art. 5(1)(c) GDPR)."""
_TYPES = {"email": "email", "phone": "tel", "legal_form": "select", "country": "select"}
_TYPES |= {"terms_days": "select"}
_INPUT_MODES = {"kvk": "numeric", "requested": "decimal"}
_AUTOCOMPLETE = {
    "name": "organization", "street": "address-line1", "postcode": "postal-code",
    "city": "address-level2", "country": "country", "contact_name": "name", "email": "email",
    "phone": "tel",
}  # fmt: skip
_WIDTHS = {"house_number": "short half", "postcode": "short half"}
_WIDTHS |= {"kvk": "short", "requested": "short"}
_UNREAD = {"requested": "invalid_amount", "terms_days": "invalid_terms"}
_HINTS = frozenset({"kvk", "vat", "house_number", "requested", "iban"})


@dataclass(frozen=True, slots=True)
class FormField:
    """`hint` and `fault` are sentences, empty when there are none; `width` says how much is
    expected (`short`, `half` a line); `options` are value and label of a choice."""

    name: str
    type: str
    label: str
    value: str
    hint: str
    fault: str
    optional: bool
    width: str
    input_mode: str
    autocomplete: str
    options: tuple[tuple[str, str], ...]

    @property
    def described_by(self) -> str:
        """Ids of what a screen reader reads along with the field."""
        told = (("hint", self.hint), ("fault", self.fault))
        return " ".join(f"{kind}-{self.name}" for kind, text in told if text)


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    fields: tuple[FormField, ...]


def asked_of(kind: DebtorKind) -> tuple[str, ...]:
    """The names of the fields that this kind of applicant fills in."""
    sections = _ASKED[kind is DebtorKind.CONSUMER]
    return (*(name for _, names in sections for name in names if _has(name, kind)), "consent")


def _has(name: str, kind: DebtorKind) -> bool:
    return name != "legal_form" or bool(LEGAL_FORMS[kind])


def sections(
    kind: DebtorKind, language: Language, typed: Mapping[str, str], faults: Mapping[str, str]
) -> tuple[Section, ...]:
    t = say(language)
    return tuple(
        Section(
            t(title),
            tuple(
                _field(name, kind, language, typed.get(name, ""), faults.get(name, ""))
                for name in names
                if _has(name, kind)
            ),
        )
        for title, names in _ASKED[kind is DebtorKind.CONSUMER]
    )


def _field(name: str, kind: DebtorKind, language: Language, value: str, fault: str) -> FormField:
    t, consumer = say(language), kind is DebtorKind.CONSUMER
    own = name == "name" and consumer
    return FormField(
        name,
        _TYPES.get(name, "text"),
        t("apply_label_own_name" if own else f"apply_label_{name}"),
        plain(value, 300),
        t(f"apply_hint_{name}") if name in _HINTS else "",
        fault,
        name in OPTIONAL,
        _WIDTHS.get(name, ""),
        _INPUT_MODES.get(name, ""),
        "name" if own else _AUTOCOMPLETE.get(name, ""),
        _options(name, kind, language, value, t),
    )


def _options(
    name: str, kind: DebtorKind, language: Language, value: str, t: Words
) -> tuple[tuple[str, str], ...]:
    if name == "legal_form":
        forms = ((form, t(f"apply_form_{form}")) for form in LEGAL_FORMS[kind])
        return (("", t("apply_choose")), *forms)
    if name == "terms_days":
        known = sorted({*TERMS_DAYS, *([int(value)] if value.isdecimal() else [])})
        days = ((str(n), t("apply_days", days=n)) for n in known)
        return (("", t("apply_no_preference")), *days)
    return countries(language) if name == "country" else ()


@cache
def countries(language: Language) -> tuple[tuple[str, str], ...]:
    """Codes and names, the Netherlands on top, the others by name."""
    names = Locale.parse(_LOCALES[READ_AS.get(language, language)]).territories
    known = [(code, names[code]) for code in _COUNTRIES]
    return tuple(sorted(known, key=lambda pair: (pair[0] != "NL", pair[1])))


def fault_text(fault: Fault, kind: DebtorKind, language: Language) -> str:
    """What to put right, as a sentence."""
    t = say(language)
    if fault.code == "missing":
        own = fault.field == "name" and kind is DebtorKind.CONSUMER
        return t("apply_missing_own_name" if own else f"apply_missing_{fault.field}")
    return t(f"apply_fault_{fault.code}")


def unreadable(
    names: Iterable[str], unseen: Collection[str], unread: Collection[str]
) -> tuple[Fault, ...]:
    """One fault per field, as they stand on the page: a character nobody can see, an amount or a
    number that is none."""
    codes = {name: _UNREAD[name] for name in unread} | dict.fromkeys(unseen, FORBIDDEN)
    return tuple(Fault(name, codes[name]) for name in names if name in codes)


def in_order(faults: tuple[Fault, ...], names: tuple[str, ...]) -> tuple[Fault, ...]:
    """As the fields stand on the page."""
    return tuple(sorted(faults, key=lambda fault: names.index(fault.field)))


def amount_text(amount: Money | None, language: Language) -> str:
    """`5.000` or `5.000,50` for the field, which reads it back."""
    if amount is None:
        return ""
    shape = "#,##0" if amount.minor % 100 == 0 else "#,##0.00"
    return format_decimal(amount.decimal, shape, locale=_LOCALES[READ_AS.get(language, language)])
