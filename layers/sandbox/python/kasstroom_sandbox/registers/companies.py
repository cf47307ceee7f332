"""The companies the registers know, and what a tester changed about them."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from kasstroom_sandbox.store import Store
from kasstroom_sandbox.web import problem

RATINGS = ("A", "B", "C", "D", "E", "")
BROKEN_KVK = "90004973"
"""KvK's own test number for an error of the register."""


@dataclass(frozen=True)
class Company:
    """Dates are ISO text. `rating` empty: the bureau rates it not (any more); `limit` in whole
    euros; `rated_at` an instant; `hidden`: no register knows it any more."""

    kvk: str
    name: str
    legal_form: str
    founded_on: str
    vat: str = ""
    rating: str = ""
    score: int = 0
    limit: int = 0
    rated_at: str = "2026-06-01T06:00:00Z"
    ceased_on: str = ""
    insolvency: str = ""
    hidden: bool = False

    @property
    def connect_id(self) -> str:
        return f"NL-X-{self.kvk}"


_BV, _NV = "Besloten Vennootschap", "Naamloze Vennootschap"
_SOLE, _VOF = "Eenmanszaak", "Vennootschap onder firma"
_KNOWN = (
    # KvK's own public test numbers.
    Company("69599084", "Test EMZ Dagobert", _SOLE, "2016-10-01", "NL800000006B01", "B", 68, 4000),
    Company("68750110", "Test BV Donald", _BV, "2017-03-14", "NL800000018B01", "A", 88, 40000),
    Company("68727720", "Test NV Katrien", _NV, "2017-02-27", "NL800000031B01", "A", 94, 250000),
    Company("69599068", "Test Stichting Bolderbast", "Stichting", "2014-05-06", "", "C", 51, 2500),
    Company("69599076", "Test VOF Guus", _VOF, "2015-09-21", "NL800000039B01", "C", 47, 3000),
    # Others that a wholesaler of building materials meets.
    Company(
        "20000001", "Bouwbedrijf De Hoeksteen B.V.", _BV, "2003-04-01", "NL800000043B01", "A", 82,
        60000,
    ),
    Company(
        "20000002", "Staalhandel Noord B.V.", _BV, "2011-11-11", "NL800000055B01", "D", 31, 1000,
    ),
    Company(
        "20000003", "Failliet Bouw B.V.", _BV, "2008-01-15", "NL800000067B01",
        insolvency="F.16/26/101",
    ),
    Company("20000004", "Gestopt Handel B.V.", _BV, "1999-07-01", ceased_on="2025-12-31"),
    Company("20000005", "Nieuwe Start B.V.", _BV, "2026-08-17", "NL800000079B01"),
    Company("20000006", "Severny Kapital Trading B.V.", _BV, "2019-02-02", "", "B", 60, 15000),
    Company(
        "20000007", "Stukadoor Jansen", _SOLE, "2018-03-05", insolvency="R.16/26/77",
    ),
)  # fmt: skip


class Companies:
    """The built-in ones, with the tester's changes over them."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> list[Company]:
        return [self._changed(company) for company in _KNOWN]

    def find(self, kvk: str) -> Company | None:
        found = next((c for c in _KNOWN if c.kvk == kvk), None)
        changed = self._changed(found) if found else None
        return None if changed is None or changed.hidden else changed

    def by_vat(self, vat: str) -> Company | None:
        return next((c for c in self.all() if c.vat == vat and not c.hidden), None)

    def change(self, kvk: str, wishes: dict[str, Any]) -> Company:
        """The company with the named facts changed; a problem says which is wrong."""
        known = next((c for c in _KNOWN if c.kvk == kvk), None)
        if known is None:
            raise problem(404, "There is no such company in the sandbox.")
        _check(wishes)
        after = replace(self._changed(known), **wishes)
        self._store.put(f"COMPANY#{kvk}", "COMPANY", asdict(after))
        return after

    def _changed(self, company: Company) -> Company:
        document = self._store.get(f"COMPANY#{company.kvk}", "COMPANY") or {}
        names = {f.name for f in fields(Company)}
        return replace(company, **{k: v for k, v in document.items() if k in names})


def _check(wishes: dict[str, Any]) -> None:
    kinds = {"str": str, "int": int, "bool": bool}
    known = {f.name: kinds[str(f.type)] for f in fields(Company) if f.name != "kvk"}
    for name, value in wishes.items():
        if name not in known:
            raise problem(422, f"There is no fact {name[:40]!r}; there are: {', '.join(known)}.")
        if type(value) is not known[name]:
            raise problem(422, f"{name} is a {known[name].__name__}.")
    if wishes.get("rating", "") not in RATINGS:
        raise problem(422, "A rating is A, B, C, D, E or empty.")
    if not 0 <= wishes.get("score", 0) <= 100 or not 0 <= wishes.get("limit", 0) <= 10**9:
        raise problem(422, "A score lies between 0 and 100, a limit is not negative.")
