"""How functions are built, logged, watched and told what they need."""

from __future__ import annotations

import ast
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

import kasstroom.settings
from infra.environments import ROOT

HANDLERS = {
    f"{path.parts[-3]}/{path.parts[-2]}": path
    for path in sorted((ROOT / "functions").glob("*/*/handler.py"))
}


def _variables(setting: str) -> set[str]:
    return {field.name.upper() for field in fields(getattr(kasstroom.settings, setting))}


EVERY_VARIABLE = {
    variable
    for name, setting in vars(kasstroom.settings).items()
    if name.endswith("Settings") and is_dataclass(setting)
    for variable in _variables(name)
}


def _imports(handler: Path) -> dict[str, set[str]]:
    """Module to the names taken from it."""
    found: dict[str, set[str]] = {}
    for node in ast.walk(ast.parse(handler.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            found.setdefault(node.module, set()).update(alias.name for alias in node.names)
    return found


def _settings(handler: Path) -> set[str]:
    """What it reads itself, and what the books and the clock of a deployment read."""
    taken = _imports(handler)
    through = taken.get("kasstroom_aws.deployment", set())
    books = {"TableSettings"} if "books" in through else set()
    clock = {"ClockSettings"} if "now" in through else set()
    return taken.get("kasstroom.settings", set()) | books | clock


@pytest.mark.parametrize("name", HANDLERS)
def test_a_function_is_told_every_setting_its_handler_reads(local, name):
    told = local.functions()[name]["Environment"]["Variables"]
    for setting in _settings(HANDLERS[name]):
        for variable in _variables(setting):
            assert variable in told, f"{name} reads {setting}"


@pytest.mark.parametrize("name", HANDLERS)
def test_a_function_is_told_nothing_its_handler_does_not_read(local, name):
    """The clock and the mode apart, which every function is told."""
    read = {v for setting in _settings(HANDLERS[name]) for v in _variables(setting)}
    told = local.functions()[name]["Environment"]["Variables"].keys() & EVERY_VARIABLE
    assert told - _variables("ClockSettings") - _variables("ModeSettings") <= read


@pytest.mark.parametrize("name", HANDLERS)
def test_a_function_has_the_layers_its_handler_imports(local, name):
    packages = {module.partition(".")[0] for module in _imports(HANDLERS[name])}
    ours = {p.removeprefix("kasstroom_") for p in packages if p.startswith("kasstroom_")}
    assert {"core", "aws"} | ours <= local.layers_of(local.functions()[name])


def test_every_setting_is_text_cdk_can_write(environment):
    for function in environment.functions().values():
        for key, value in function["Environment"]["Variables"].items():
            assert value != "" and isinstance(value, str | dict), key


def test_functions_run_on_arm_with_the_locked_python(environment):
    for function in environment.functions().values():
        assert function["Architectures"] == ["arm64"]
        assert function["Runtime"] == "python3.13"
        assert function["Handler"] == "handler.handler"


def test_a_function_carries_its_folder_s_name(environment):
    for name, function in environment.functions().items():
        expected = f"kasstroom-{environment.name}-{name.replace('/', '-')}"
        assert function["FunctionName"] == expected
        assert len(expected) <= 64


def test_logs_do_not_stay_for_ever(environment):
    groups = dict(environment.resources("AWS::Logs::LogGroup"))
    for name, function in environment.functions().items():
        group = groups[function["LoggingConfig"]["LogGroup"]["Ref"]]["Properties"]
        assert group["LogGroupName"].endswith(function["FunctionName"]), name
    assert all(group["Properties"]["RetentionInDays"] <= 180 for group in groups.values())


def test_every_function_has_an_alarm_on_its_errors(environment):
    watched = {
        alarm["Dimensions"][0]["Value"]["Ref"]
        for alarm in environment.properties("AWS::CloudWatch::Alarm")
        if alarm["MetricName"] == "Errors" and alarm["AlarmActions"]
    }
    assert watched == {id_ for id_, _ in environment.resources("AWS::Lambda::Function")}


def test_every_alarm_says_what_to_do(environment):
    for alarm in environment.properties("AWS::CloudWatch::Alarm"):
        assert alarm["AlarmDescription"].endswith(".")


def test_the_checkout_starts_from_a_snapshot(on_aws):
    checkout = on_aws.functions()["credit/api"]
    assert checkout["SnapStart"] == {"ApplyOn": "PublishedVersions"}
    aliases = on_aws.properties("AWS::Lambda::Alias")
    assert [alias["Name"] for alias in aliases] == ["live"]
    checks = [
        integration["IntegrationUri"]
        for integration in on_aws.properties("AWS::ApiGatewayV2::Integration")
        if "creditapilive" in str(integration["IntegrationUri"])
    ]
    assert len(checks) == 1


def test_due_work_is_looked_for_often_letters_close_at_evening_the_lake_at_night(environment):
    schedules = environment.properties("AWS::Scheduler::Schedule")
    often = "rate(1 minute)" if environment.name == "local" else "rate(5 minutes)"
    timed = [s for s in schedules if s["ScheduleExpression"].startswith("cron")]
    night, evening = "cron(15 2 * * ? *)", "cron(30 18 * * ? *)"
    assert {s["ScheduleExpression"] for s in schedules} == {night, evening, often}
    assert [s["ScheduleExpression"] for s in timed].count(evening) == 1
    assert {s["ScheduleExpressionTimezone"] for s in timed} == {"Europe/Amsterdam"}
    assert all(schedule["State"] == "ENABLED" for schedule in schedules)


def test_the_local_world_stands_only_on_this_machine(local, on_aws):
    assert not any(name.startswith("sandbox/") for name in on_aws.functions())
    for name, function in local.functions().items():
        told = function["Environment"]["Variables"]
        assert told["CLOCK"].startswith("file:/"), name
    for function in on_aws.functions().values():
        told = function["Environment"]["Variables"]
        assert told["CLOCK"] == "system"
        assert not any(key.startswith("AWS_ENDPOINT_URL") for key in told)
