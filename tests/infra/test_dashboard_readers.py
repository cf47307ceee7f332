"""A reader sees the organisations the owner's list names beside him, and nothing of the others."""

from __future__ import annotations

import pytest
from conftest import READER, Synthesised, listed
from quicksight import QuickSight, columns_of, physical

from infra.dashboards.security import COLUMNS, READERS, READERS_FILE, READERS_PREFIX


@pytest.fixture
def quicksight(with_dashboards: Synthesised) -> QuickSight:
    return QuickSight(with_dashboards)


def test_every_data_set_shows_what_the_rules_allow(quicksight):
    others = {id_: one for id_, one in quicksight.sets.items() if id_ != quicksight.rules}
    assert len(others) == len(quicksight.sets) - 1 > 20
    for id_, data_set in others.items():
        assert data_set["RowLevelPermissionDataSet"] == {
            "Arn": {"Fn::GetAtt": [quicksight.rules, "Arn"]},
            "FormatVersion": "VERSION_2",
            "PermissionPolicy": "GRANT_ACCESS",
            "Status": "ENABLED",
        }, id_
        assert columns_of(data_set)["org"] == "STRING", id_


def test_the_rules_name_readers_by_arn_and_organisations_by_the_column_of_the_data(quicksight):
    rules = quicksight.sets[quicksight.rules]
    assert columns_of(rules) == {"UserARN": "STRING", "GroupARN": "STRING", "org": "STRING"}
    assert "RowLevelPermissionDataSet" not in rules


def test_a_line_without_an_organisation_is_no_rule(quicksight):
    """QuickSight takes an empty value for all of them."""
    sql = physical(quicksight.sets[quicksight.rules])["SqlQuery"]
    assert "WHERE trim(r.org) <> ''" in sql
    assert "(trim(r.user_arn) <> '' OR trim(r.group_arn) <> '')" in sql


def test_the_rules_are_shared_with_nobody_and_the_data_with_the_reader(quicksight):
    for id_, data_set in quicksight.sets.items():
        if id_ == quicksight.rules:
            assert "Permissions" not in data_set
            continue
        (permission,) = data_set["Permissions"]
        assert permission["Principal"] == READER
        assert not any("Update" in a or "Delete" in a for a in permission["Actions"])


def test_the_list_is_a_file_the_owner_lays_down(quicksight):
    assert tuple(quicksight.glue[READERS]) == COLUMNS
    (table,) = (
        one["TableInput"]
        for one in quicksight.made.properties("AWS::Glue::Table")
        if one["TableInput"]["Name"] == READERS
    )
    assert READERS_PREFIX in str(table["StorageDescriptor"]["Location"])
    assert table["Parameters"]["skip.header.line.count"] == "1"
    outputs = quicksight.made.stacks["dashboards"]["Outputs"]
    assert READERS_FILE in str(outputs["DashboardReaders"]["Value"])


def test_quicksight_reads_the_lake_and_writes_answers_only(with_dashboards):
    (role,) = (
        id_
        for id_, _ in with_dashboards.resources("AWS::IAM::Role")
        if id_.startswith("lakereader")
    )
    statements = [
        statement
        for id_, policy in with_dashboards.resources("AWS::IAM::Policy")
        if {"Ref": role} in policy["Properties"].get("Roles", [])
        for statement in policy["Properties"]["PolicyDocument"]["Statement"]
    ]
    for statement in statements:
        assert "*" not in listed(statement["Resource"])
        assert not any("*" in action for action in listed(statement["Action"]))
    (writing,) = (s for s in statements if "s3:PutObject" in listed(s["Action"]))
    assert "results" in str(writing["Resource"])
    (source,) = with_dashboards.properties("AWS::QuickSight::DataSource")
    athena = source["DataSourceParameters"]["AthenaParameters"]
    assert athena["RoleArn"] == {"Fn::GetAtt": [role, "Arn"]}
