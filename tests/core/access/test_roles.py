"""The one table of who may what, and how a path is looked up in it."""

from __future__ import annotations

import pytest

from kasstroom.access.model import Actor, Role
from kasstroom.access.roles import TABLE, allowed, landing, may, must_may
from kasstroom.errors import Forbidden

WRITTEN_BY_AUDITORS = {
    "calculations": "sums, which change nothing",
    "templates/preview": "shows a message and keeps nothing",
    "report-runs": "a report as a file",
    "desk/login": "signing in",
    "desk/logout": "signing out",
}
READ_BY_FEWER = {
    "letter-batches/*/letters": "letters with names and addresses, for who posts them",
}


def test_an_auditor_reads_everything_and_writes_nothing():
    reads = {path for path, (read, _) in TABLE.items() if "A" not in read}
    writes = {path for path, (_, write) in TABLE.items() if "A" in write}
    assert reads == set(READ_BY_FEWER)
    assert writes == set(WRITTEN_BY_AUDITORS)


def test_what_somebody_writes_they_can_read():
    for path, (read, write) in TABLE.items():
        assert set(write) <= set(read), path


@pytest.mark.parametrize("area", ["bank-lines", "payments", "credit-policies", "reports"])
@pytest.mark.parametrize("role", [Role.SALES, Role.COLLECTOR])
def test_sellers_and_collectors_see_no_bank_ledger_or_policies(area, role):
    assert not may((role,), "GET", f"/v1/{area}") and not may((role,), "POST", f"/v1/{area}")


def test_the_longest_row_counts():
    assert "sales" in allowed("/v1/debtors/D1", writes=True)
    assert allowed("/v1/debtors/D1/credit", writes=True) == {"credit_manager"}
    assert allowed("/v1/debtors/credit", writes=True) == allowed("/v1/debtors", writes=True)
    assert "finance" in allowed("/v1/collections", writes=True)
    assert allowed("/v1/collections/terms", writes=True) == {"finance"}


@pytest.mark.parametrize(
    "path",
    ["/v1/something-new", "/v1/", "/v1//debtors", "/v1/Debtors", "/v2/debtors", "", "/",
     "/desk/something-new", "/desk/", "/desk//reviews", "/DESK"],
)  # fmt: skip
def test_what_has_no_row_is_nobody_s(path):
    for role in Role:
        assert not may((role,), "GET", path) and not may((role,), "POST", path)


def test_a_machine_keeps_to_its_scopes_and_a_person_needs_one_role_of_several():
    assert may((), "POST", "/v1/bank-lines") and may((), "GET", "/v1/something-new")
    assert may((Role.SALES, Role.FINANCE), "GET", "/v1/bank-lines")


def test_who_may_is_told():
    with pytest.raises(Forbidden) as refused:
        must_may(Actor("bram", ("sales",)), "POST", "/v1/bank-lines/l/match")
    assert refused.value.code == "role_required"
    assert refused.value.detail == "This is for credit_manager or finance; bram is sales."
    with pytest.raises(Forbidden, match="nobody with a role"):
        must_may(Actor("bram", ("sales",)), "GET", "/v1/something-new")


@pytest.mark.parametrize(
    ("roles", "page"),
    [
        (("finance",), "/desk/dashboard"), (("auditor",), "/desk/dashboard"),
        (("finance", "auditor"), "/desk/dashboard"), (("credit_manager",), "/desk"),
        (("finance", "credit_manager"), "/desk"), (("sales",), "/desk"), (("collector",), "/desk"),
    ],
)  # fmt: skip
def test_where_somebody_starts_is_a_page_they_may_see(roles, page):
    assert landing(roles) == page
    assert may(roles, "GET", page)
