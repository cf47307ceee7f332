"""The adapters against the registers of the sandbox, in the shapes of the real ones."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest

from kasstroom.errors import KasstroomError, Refused, Unavailable
from kasstroom.money import Money
from kasstroom.screening.ports import RegisteredCompany, Sources, Subject
from kasstroom_partners.creditsafe import CreditsafeBureau, _answer
from kasstroom_partners.kvk import KvkRegister, _day
from kasstroom_partners.vies import ViesRegister
from kasstroom_partners.wiring import sources
from tests.sandbox.registers import ask, change, open_registers, settings, turn

KNOWN = {
    "kvk": {"api_key": "k"},
    "vies": {"requester": "NL800000006B01"},
    "creditsafe": {"username": "u", "password": "p", "portfolio": "7", "report_cost_minor": "195"},
    "insolvency": {"api_key": "k"},
    "sanctions": {"api_key": ""},
}
IN_TIME = {"budget_s": 10.0}


def credentials(org: str, name: str) -> dict[str, str]:
    if org != "vandijk":
        raise Refused("no_provider", "None.")
    return KNOWN[name]


@pytest.fixture
def url(world: Any) -> Iterator[str]:
    with open_registers() as found:
        yield found


@pytest.fixture
def registers(url: str) -> Sources:
    return sources(settings(url), credentials)("vandijk")


def test_who_has_no_credentials_has_vies_only(url: str) -> None:
    found = sources(settings(url), credentials)("other")
    assert found.vat is not None
    others = (found.trade_register, found.bureau, found.insolvency, found.sanctions)
    assert others == (None,) * 4


@pytest.mark.parametrize(
    ("kvk", "form", "founded"),
    [
        ("69599084", "eenmanszaak", date(2016, 10, 1)),
        ("68750110", "bv", date(2017, 3, 14)),
        ("68727720", "nv", date(2017, 2, 27)),
        ("69599068", "stichting", date(2014, 5, 6)),
        ("69599076", "vof", date(2015, 9, 21)),
    ],
)
def test_kvk_s_test_companies(registers: Sources, kvk: str, form: str, founded: date) -> None:
    assert registers.trade_register.company(kvk, **IN_TIME) == RegisteredCompany(form, founded)


def test_kvk_ceased_unknown_and_broken(registers: Sources, url: str) -> None:
    kvk = registers.trade_register
    assert kvk.company("20000004", **IN_TIME).ceased_on == date(2025, 12, 31)
    assert kvk.company("99999999", **IN_TIME) is None
    change(url, "68750110", hidden=True)
    assert kvk.company("68750110", **IN_TIME) is None
    with pytest.raises(Unavailable):
        kvk.company("90004973", **IN_TIME)
    with pytest.raises(Refused):
        KvkRegister(f"{url}/kvk", "").company("68750110", **IN_TIME)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("20150612", date(2015, 6, 12)),
        ("20150000", date(2015, 1, 1)),
        ("00000000", None),
        ("2015", None),
        ("20151399", None),
        (None, None),
    ],
)
def test_kvk_dates(written: Any, day: date | None) -> None:
    assert _day(written) == day


def test_vies_valid_with_proof_invalid_and_unknown(registers: Sources, url: str) -> None:
    answer = registers.vat.check("NL800000018B01", "NL", **IN_TIME)
    assert answer.valid and answer.proof.startswith("WAPI")
    assert registers.vat.check("8000.00.018.B01", "NL", **IN_TIME).valid
    assert not registers.vat.check("NL999999999B99", "NL", **IN_TIME).valid
    assert registers.vat.check("100", "NL", **IN_TIME).valid
    assert ViesRegister(f"{url}/vies").check("NL800000018B01", "NL", **IN_TIME).proof == ""
    turn(url, down=["vies"])
    with pytest.raises(Unavailable):
        registers.vat.check("NL800000018B01", "NL", **IN_TIME)


def test_the_bureau_s_report_and_its_login_is_kept(registers: Sources) -> None:
    bureau = registers.bureau
    found = bureau.report("68750110", "NL", **IN_TIME)
    assert (found.provider_id, found.rating, found.score) == ("NL-X-68750110", "A", 88)
    assert found.limit == Money(4_000_000) and found.rated_at.isoformat().startswith("2026-06-01")
    assert bureau.cost_minor == 195
    assert bureau.report("20000005", "NL", **IN_TIME) is None
    assert bureau.report("99999999", "NL", **IN_TIME) is None
    token = bureau._token
    bureau._token = "ended"  # noqa: S105
    assert bureau.report("68750110", "NL", **IN_TIME).rating == "A"
    assert bureau._token == token


def test_a_rating_that_went(registers: Sources, url: str) -> None:
    change(url, "68750110", rating="")
    found = registers.bureau.report("68750110", "NL", **IN_TIME)
    assert (found.rating, found.score, found.limit) == ("", None, None)


def test_a_wrong_password_is_refused_and_shown_to_nobody(url: str) -> None:
    bureau = CreditsafeBureau(f"{url}/creditsafe/v1", {"username": "u", "password": ""})
    with pytest.raises(Refused) as refused:
        bureau.report("68750110", "NL", **IN_TIME)
    assert "password" in refused.value.detail and "token" not in refused.value.detail


@pytest.mark.parametrize(
    "report",
    [
        {},
        {"creditScore": None},
        {"creditScore": {"currentCreditRating": {"commonValue": "Not rated"}}},
        {"creditScore": {"currentCreditRating": {"providerValue": {"value": "NaN"}}}},
        {"creditScore": {"currentCreditRating": {"creditLimit": {"value": "No limit"}}}},
        {"creditScore": {"currentCreditRating": {"creditLimit": {"value": "9", "currency": "?"}}}},
        {"creditScore": {"latestRatingChangeDate": "yesterday"}},
    ],
)
def test_a_report_without_a_rating_says_nothing(report: dict[str, Any]) -> None:
    found = _answer("NL-X-1", report)
    assert (found.rating, found.score, found.limit, found.rated_at) == ("", None, None, None)


def test_insolvencies_by_number_and_by_name(registers: Sources) -> None:
    cir = registers.insolvency
    (case,) = cir.published(Subject("x", kvk="20000003"), **IN_TIME)
    assert (case.case, case.kvk) == ("F.16/26/101", "20000003")
    assert cir.published(Subject("x", kvk="68750110"), **IN_TIME) == ()
    (person,) = cir.published(Subject("Karel Gerritsen", natural_person=True), **IN_TIME)
    assert (person.birth_date, person.kvk) == (date(1981, 5, 4), "")


def test_sanctions_candidates(registers: Sources) -> None:
    found = registers.sanctions.candidates(Subject("Severny Kapital Trading B.V."), **IN_TIME)
    (party,) = found
    assert party.names == ("Severny Kapital Bank JSC", "Severny Kapital")
    assert (party.countries, party.lists) == (("RU",), ("eu_fsf",))
    assert registers.sanctions.candidates(Subject("De Hoeksteen"), **IN_TIME) == ()


ASKED: dict[str, Callable[[Sources], Any]] = {
    "kvk": lambda s: s.trade_register.company("68750110", budget_s=0.3),
    "vies": lambda s: s.vat.check("NL800000018B01", "NL", budget_s=0.3),
    "creditsafe": lambda s: s.bureau.report("68750110", "NL", budget_s=0.3),
    "cir": lambda s: s.insolvency.published(Subject("x", kvk="20000003"), budget_s=0.3),
    "sanctions": lambda s: s.sanctions.candidates(Subject("Severny"), budget_s=0.3),
}


@pytest.mark.parametrize("register", ASKED)
def test_down_or_slow_is_unavailable_for_every_register(
    registers: Sources, url: str, register: str
) -> None:
    turn(url, down=[register])
    with pytest.raises(Unavailable):
        ASKED[register](registers)
    turn(url, down=[], slow=[register], slow_ms=3000)
    begun = time.monotonic()
    with pytest.raises(Unavailable):
        ASKED[register](registers)
    assert time.monotonic() - begun < 2.5


def test_a_new_rating_is_notified_to_who_watches(registers: Sources, url: str, world: Any) -> None:
    address = f"{world.shop_url}/webhooks/bureau/vandijk/D1/sig"
    for _ in range(2):
        registers.bureau.watch("NL-X-68750110", "D1", address)
    assert change(url, "68750110", rating="C", score=44)["notifications"] == 1
    assert world.deliver() == []
    ((path, content_type, body),) = world.calls
    assert path == "/webhooks/bureau/vandijk/D1/sig" and content_type == "application/json"
    assert b'"newValue": "C"' in body and b"eventDate" in body
    turn(url, duplicates=2)
    assert change(url, "68750110", limit=10)["notifications"] == 3
    turn(url, lost=True)
    assert change(url, "68750110", limit=11)["notifications"] == 0
    registers.bureau.unwatch("NL-X-68750110")
    turn(url, lost=False)
    assert change(url, "68750110", limit=12)["notifications"] == 0


def test_notifications_go_to_this_machine_only(url: str) -> None:
    bureau = CreditsafeBureau(f"{url}/creditsafe/v1", KNOWN["creditsafe"])
    with pytest.raises(KasstroomError):
        bureau.watch("NL-X-68750110", "D1", "https://example.com/hook")


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("PUT", "/knobs", {"down": ["nobody"]}, 422),
        ("PUT", "/knobs", {"slow_ms": 10_001}, 422),
        ("PUT", "/knobs", {"nonsense": 1}, 422),
        ("PATCH", "/companies/68750110", {"rating": "F"}, 422),
        ("PATCH", "/companies/68750110", {"score": 101}, 422),
        ("PATCH", "/companies/68750110", {"score": True}, 422),
        ("PATCH", "/companies/68750110", {"kvk": "1"}, 422),
        ("PATCH", "/companies/1", {"rating": "A"}, 404),
        ("GET", "/kvk/api/v1/basisprofielen/1", None, 401),
        ("GET", "/creditsafe/v1/companies?regNo=1", None, 401),
        ("POST", "/cir/searchUndertaking", {}, 401),
        ("POST", "/vies/check-vat-number", {"countryCode": 1}, 400),
    ],
)
def test_wrong_requests(url: str, method: str, path: str, body: Any, status: int) -> None:
    assert ask(method, f"{url}{path}", body)[0] == status


def test_the_desk_shows_companies_and_knobs(url: str) -> None:
    status, shown = ask("GET", url)
    assert status == 200 and len(shown["companies"]) >= 10 and shown["knobs"]["down"] == []
    _, found = ask("GET", f"{url}/kvk/api/v2/zoeken?naam=donald", apikey="k")
    assert [r["kvkNummer"] for r in found["resultaten"]] == ["68750110"]
