"""A function may do what its task needs, by name, and nothing else."""

from __future__ import annotations

import pytest
from conftest import listed

# Actions whose resource is "*", with the reason nothing narrower exists.
STARS = {
    "xray:PutTraceSegments": "X-Ray's write actions know no resource",
    "xray:PutTelemetryRecords": "X-Ray's write actions know no resource",
}
LOCAL_STARS = {"ses:SendEmail": "the embedded AWS authorises it on no resource"}


def test_every_function_has_a_role_of_its_own(environment):
    roles = [f["Role"]["Fn::GetAtt"][0] for f in environment.functions().values()]
    assert len(set(roles)) == len(roles) > 10


def test_no_role_takes_a_policy_somebody_else_wrote(environment):
    for id_, role in environment.resources("AWS::IAM::Role"):
        assert "ManagedPolicyArns" not in role["Properties"], id_


def test_no_action_is_a_wildcard(environment):
    statements = list(environment.statements())
    assert len(statements) > 20
    for id_, statement in statements:
        for action in listed(statement["Action"]):
            assert "*" not in action, (id_, action)


def test_a_star_as_resource_has_a_reason(environment):
    known = STARS | (LOCAL_STARS if environment.name == "local" else {})
    for id_, statement in environment.statements():
        if "*" in listed(statement["Resource"]):
            assert set(listed(statement["Action"])) <= known.keys(), id_


def test_nobody_can_delete_from_the_books(environment):
    """The ledger is append-only; the sandbox world has a table of its own."""
    for id_, statement in environment.statements():
        if "dynamodb:DeleteItem" in listed(statement["Action"]):
            assert id_.startswith("sandbox") and environment.name == "local", id_


def test_only_the_nightly_export_and_the_recount_walk_over_all_books(environment):
    scanning = {
        id_
        for id_, statement in environment.statements()
        if "dynamodb:Scan" in listed(statement["Action"]) and not id_.startswith("sandbox")
    }
    names = ("figuresrecount", "reportsexportlake")
    assert len(scanning) == len(names)
    assert all(id_.startswith(names) for id_ in scanning)


def test_the_figures_are_written_by_who_counts_and_by_nobody_else(environment):
    """Neither may who counts write to the books."""
    writing = {"dynamodb:PutItem", "dynamodb:UpdateItem"}
    on_figures, on_books = set(), set()
    for id_, statement in environment.statements():
        if writing & set(listed(statement["Action"])):
            on = on_figures if "figures" in str(statement["Resource"]).lower() else on_books
            on.add(id_)
    counting = ("figuresaddup", "figuresrecount")
    assert len(on_figures) == 2 and all(id_.startswith(counting) for id_ in on_figures)
    assert not any(id_.startswith(counting) for id_ in on_books)


def test_only_the_provider_s_functions_read_its_secret(environment):
    reading = {
        id_
        for id_, statement in environment.statements()
        if "secretsmanager:GetSecretValue" in listed(statement["Action"])
        and "/provider-" in str(statement["Resource"])
    }
    names = (
        "paymentspaypage", "paymentsmolliewebhook", "paymentsrecordpayment",
        "paymentsstripewebhook", "paymentsmollieevents", "paymentssendrefunds",
        "paymentscompareproviders", "paymentsfollowing",
        "screeningapi", "screeningasknow", "screeningbureauwebhook", "screeningrefresh",
        "insurancepollrequests", "insuranceinsurerwebhook", "applicationsgatherfacts",
    )  # fmt: skip
    assert len(reading) == len(names)
    assert all(id_.startswith(names) for id_ in reading)


def test_who_calls_strangers_signs_with_a_key_of_its_own_and_holds_no_other(environment):
    reading = {
        (id_, "/webhooks-" in str(statement["Resource"]))
        for id_, statement in environment.statements()
        if "secretsmanager:GetSecretValue" in listed(statement["Action"])
        and ("/webhooks-" in str(statement["Resource"]) or id_.startswith("webhooks"))
    }
    assert len(reading) == 2 and all(is_own for _, is_own in reading)
    assert all(id_.startswith(("webhooksapi", "webhooksdeliver")) for id_, _ in reading)


@pytest.mark.parametrize("name", ["mollie_webhook", "mollie_events", "stripe_webhook"])
def test_a_webhook_knows_no_books(environment, name):
    told = environment.functions()[f"payments/{name}"]["Environment"]["Variables"]
    assert "TABLE_NAME" not in told
    for id_, statement in environment.statements():
        if id_.startswith(f"payments{name.replace('_', '')}"):
            assert not any(a.startswith("dynamodb:") for a in listed(statement["Action"]))


def test_checkout_decisions_may_not_read_secrets_or_send_messages(environment):
    may = {
        action
        for id_, statement in environment.statements()
        if id_.startswith("creditapi")
        for action in listed(statement["Action"])
    }
    assert {action.partition(":")[0] for action in may} <= {
        "dynamodb", "kms", "lambda", "logs", "xray"
    }  # fmt: skip


def test_the_data_key_is_used_through_the_service_that_holds_the_data(production):
    seen = 0
    for id_, statement in production.statements():
        if any(action.startswith("kms:") for action in listed(statement["Action"])):
            seen += 1
            assert "kms:ViaService" in statement["Condition"]["StringEquals"], id_
    assert seen > 5


def test_only_the_segment_worker_and_its_plan_queue_debtors(
    environment,
):
    may: dict[str, set[str]] = {}
    for id_, statement in environment.statements():
        if id_.startswith("segments"):
            role = next(n for n in ("api", "assign", "plan") if id_.startswith(f"segments{n}"))
            may.setdefault(role, set()).update(listed(statement["Action"]))
            on_index = "/index/" in str(statement["Resource"])
            assert not on_index or role == "plan", id_
    sending = {role for role, actions in may.items() if "sqs:SendMessage" in actions}
    assert sending == {"assign", "plan"}
    assert all("dynamodb:PutItem" in actions for actions in may.values())
    assert "sqs:ReceiveMessage" in may["assign"] - may["plan"] - may["api"]
