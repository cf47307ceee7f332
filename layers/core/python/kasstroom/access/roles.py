"""Who of the people may read and write what: the one table of authorisation.

It stands beside a key's scopes and asks of persons only: a machine's key has no roles and keeps to
its scopes. What a decision takes beyond it (four eyes, a credit manager) its use case asks.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kasstroom.access.model import Actor, Role
from kasstroom.errors import Forbidden

_LETTERS = {
    "F": Role.FINANCE,
    "M": Role.CREDIT_MANAGER,
    "C": Role.COLLECTOR,
    "S": Role.SALES,
    "A": Role.AUDITOR,
}
EVERYBODY = "FMCSA"
NOBODY = ""
HOME, DASHBOARD, MONEY = "/desk", "/desk/dashboard", "/desk/money"


@dataclass(frozen=True, slots=True)
class Row:
    read: frozenset[str]
    write: frozenset[str]


TABLE: dict[str, tuple[str, str]] = {
    # what is below /v1: who reads, who writes. An auditor reads, and writes nothing.
    "attention": ("FMCA", "MC"),
    "bank-accounts": ("FMA", "FM"),
    "bank-lines": ("FMA", "FM"),
    "bank-statements": ("FMA", NOBODY),
    "calculations": (EVERYBODY, EVERYBODY),  # sums that change nothing
    "call-tasks": ("MCA", "MC"),
    "claims": ("FMA", "FM"),
    "claims/*/decision": ("FMA", "M"),
    "claims/*/payment": ("FMA", "M"),
    "collections": ("FMA", "FM"),
    "collections/*/export": ("FMA", "F"),
    "collections/*/lines/*/reject": ("FMA", "F"),
    "collections/terms": ("FMA", "F"),
    "covers": ("FMA", "M"),
    "credit-application-terms": ("FMSA", "M"),
    "credit-applications": ("FMSA", "MS"),
    "credit-applications/*/decision": ("FMSA", "M"),
    "credit-checks": (EVERYBODY, "MS"),
    "credit-groups": ("FMSA", "M"),
    "credit-limits": (EVERYBODY, "M"),
    "credit-policies": ("FMA", "M"),
    "credit-reviews": (EVERYBODY, "M"),
    "credit-reviews/*/gather-facts": (EVERYBODY, "MS"),
    "debtors": (EVERYBODY, "FMCS"),
    "debtors/*/credit": (EVERYBODY, "M"),
    "debtors/*/vulnerability": ("MA", "M"),  # special personal data
    "disputes": (EVERYBODY, "FMCS"),
    "disputes/*/outcome": (EVERYBODY, "FMC"),
    "dunning": ("FMCA", "MC"),
    "dunning/early-signals": ("MCA", "MC"),  # households in trouble
    "dunning/learning": ("FMCA", "M"),
    "dunning/strategies": ("FMCA", "M"),
    "imports": ("FMA", "FM"),
    "insurance-policies": ("FMA", "M"),
    "invoices": (EVERYBODY, "FM"),
    "letter-batches": ("FMCA", "C"),
    "letter-batches/*/letters": ("C", NOBODY),  # each names a debtor and what is owed
    "mandates": ("FMA", "FM"),
    "overdue-notifications": ("FMA", "M"),
    "payment-differences": ("FMA", "FM"),
    "payment-links": (EVERYBODY, "FMCS"),
    "payments": ("FMA", "FM"),
    "reconciliation": ("FMA", NOBODY),
    "refunds": ("FMA", "FM"),
    "replies": ("FMCA", "MC"),
    "report-assumptions": ("FMA", "F"),
    "report-runs": ("FMA", "FMA"),  # a report as a file: it changes nothing
    "report-schedules": ("FMA", "FM"),
    "reports": ("FMA", NOBODY),
    "reservations": ("FMSA", "MS"),
    "screenings": ("FMA", "M"),
    "segments": (EVERYBODY, "M"),
    "self-insurance": ("FMA", "M"),
    "suppressions": ("MCA", "MC"),
    "templates": ("MCA", "M"),
    "templates/preview": ("MCA", "MCA"),  # shows, and keeps nothing
    "unmatched-payments": ("FMA", "FM"),
    "webhook-deliveries": ("MA", "M"),
    "webhook-subscriptions": ("MA", "M"),
    # the pages of the desk; signing in and out is everybody's
    "desk": (EVERYBODY, NOBODY),
    "desk/login": (EVERYBODY, EVERYBODY),
    "desk/logout": (EVERYBODY, EVERYBODY),
    "desk/reviews": (EVERYBODY, "MS"),
    "desk/dashboard": ("FMA", NOBODY),
    "desk/lists": ("FMA", NOBODY),  # what stands behind a figure of it
    "desk/money": ("FMA", "FM"),
}
"""By the first segments of a path, `*` for one that names a thing; the longest row counts, for all
that is below it. What has no row is nobody's."""
EXACT = frozenset({"desk"})
"""Rows without anything below them: a new page of the desk needs a row of its own."""


def _row(read: str, write: str) -> Row:
    return Row(frozenset(_LETTERS[r] for r in read), frozenset(_LETTERS[w] for w in write))


_ROWS = sorted(
    ((tuple(path.split("/")), _row(*roles)) for path, roles in TABLE.items()),
    key=lambda line: -len(line[0]),
)
_EXACT = {tuple(path.split("/")) for path in EXACT}
_NOBODY = _row(NOBODY, NOBODY)


def row_of(path: str) -> Row:
    """What counts for a path of the API or the desk."""
    _, _, below = path.partition("/v1/" if path.startswith("/v1/") else "/")
    asked = tuple(below.split("/"))
    for names, row in _ROWS:
        if _covers(names, asked):
            return row
    return _NOBODY


def _covers(names: tuple[str, ...], asked: tuple[str, ...]) -> bool:
    if len(names) > len(asked) or (names in _EXACT and names != asked):
        return False
    return all(name in ("*", given) for name, given in zip(names, asked, strict=False))


def allowed(path: str, *, writes: bool) -> frozenset[str]:
    """The roles that may."""
    row = row_of(path)
    return row.write if writes else row.read


def writes(method: str) -> bool:
    return method not in ("GET", "HEAD")


def may(roles: Iterable[str], method: str, path: str) -> bool:
    """A machine has no roles: its scopes alone decide."""
    held = frozenset(roles)
    return not held or bool(held & allowed(path, writes=writes(method)))


def must_may(actor: Actor, method: str, path: str) -> None:
    """Forbidden, with who may, for a person without a role for this."""
    if may(actor.roles, method, path):
        return
    who = " or ".join(sorted(allowed(path, writes=writes(method)))) or "nobody with a role"
    detail = f"This is for {who}; {actor.name} is {', '.join(actor.roles)}."
    raise Forbidden("role_required", detail)


def landing(roles: Iterable[str]) -> str:
    """The page somebody starts at: who only looks at figures begins with them."""
    held = frozenset(roles)
    return DASHBOARD if held <= {Role.FINANCE, Role.AUDITOR} else HOME
