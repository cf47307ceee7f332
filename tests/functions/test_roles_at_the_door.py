"""A person's role, asked by the real functions before they look at anything else."""

from __future__ import annotations

import pytest

from kasstroom.access.model import Role
from tests.functions.conftest import ORG, Api, problem

SAMPLE = [
    ("debtors/api", "GET /v1/debtors", set(Role)),
    ("debtors/api", "PUT /v1/debtors/D1/credit", {"credit_manager"}),
    ("bank/lines_api", "GET /v1/bank-lines", {"finance", "credit_manager", "auditor"}),
    ("credit/policies_api", "GET /v1/credit-policies", {"finance", "credit_manager", "auditor"}),
    ("credit/api", "POST /v1/credit-checks", {"credit_manager", "sales"}),
    ("dunning/strategies_api", "GET /v1/dunning/strategies", set(Role) - {"sales"}),
    ("messages/calls_api", "GET /v1/call-tasks", {"credit_manager", "collector", "auditor"}),
    ("invoices/api", "POST /v1/invoices/F1/write-offs", {"finance", "credit_manager"}),
]  # fmt: skip


@pytest.mark.parametrize(("function", "route", "those"), SAMPLE)
def test_a_function_turns_away_who_may_not_before_it_looks(function, route, those, deployed):
    """The real functions, with the authorizer's own context; what a role may do is never 403."""
    method, path = route.split(" ")
    for role in Role:
        caller = {"allowed": "yes", "org": ORG, "key": "p", "scopes": "*", "roles": role}
        answer = Api(caller)(function, method, path, {} if method != "GET" else None)
        refused = answer.status == 403 and problem(answer) == "role_required"
        assert refused is (role not in those), (role, answer.body)
        if refused:
            assert all(other in answer.body["detail"] for other in those)
