"""What QuickSight is told to show: everything it names exists, and nobody sees another's rows."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from conftest import READER, Synthesised, listed
from quicksight import (
    ANALYSIS,
    DASHBOARD,
    IN_EXPRESSION,
    PARAMETER,
    SCHEDULE,
    QuickSight,
    all_under,
    columns_of,
    named_in,
    physical,
    walk,
)

from infra.dashboards.data_sets import COLUMN_TYPES
from infra.dashboards.security import READERS, READERS_PREFIX
from infra.dashboards.subjects import SUBJECTS
from kasstroom.reports.lake import CATALOGUE, Type

GLUE_TO_QUICKSIGHT = {str(type_): said for type_, said in COLUMN_TYPES.items()}
PLAIN = re.compile(r"(?:SELECT|,) t\.(\w+) AS (\w+)")


@pytest.fixture
def quicksight(with_dashboards: Synthesised) -> QuickSight:
    return QuickSight(with_dashboards)


def test_every_table_of_the_lake_can_be_asked_with_all_its_columns(quicksight):
    seen = {
        physical(one)["Name"]: columns_of(one)
        for one in quicksight.sets.values()
        if one["ImportMode"] == "DIRECT_QUERY"
    }
    assert seen == {
        name: {column: GLUE_TO_QUICKSIGHT[type_] for column, type_ in columns.items()}
        for name, columns in quicksight.glue.items()
        if name != READERS
    }
    assert seen.keys() == {table.name for table in CATALOGUE}


def test_every_column_a_question_names_stands_in_the_catalogue(quicksight):
    asked = [physical(one) for one in quicksight.sets.values() if "SqlQuery" in physical(one)]
    assert len(asked) == len(SUBJECTS) + 1
    for question in asked:
        named = list(named_in(question["SqlQuery"]))
        assert named
        for table, column in named:
            assert column in quicksight.glue[table], (question["Name"], table, column)


def test_a_column_keeps_its_type_on_its_way(quicksight):
    checked = 0
    for subject in SUBJECTS:
        sql = subject.sql("lake")
        table = re.search(r"FROM lake\.(\w+) t ", sql)[1]
        for column, name in PLAIN.findall(sql):
            type_ = quicksight.glue[table][column]
            assert quicksight.columns[subject.name][name] == GLUE_TO_QUICKSIGHT[type_], name
            checked += 1
    assert checked > 40


def test_every_column_the_dashboard_names_stands_in_its_data_set(quicksight):
    named = [one for one in walk(quicksight.definition()) if "ColumnName" in one]
    assert len(named) > 100
    for one in named:
        place, column = one["DataSetIdentifier"], one["ColumnName"]
        known = column in quicksight.columns[place] or (place, column) in quicksight.reckoned
        assert known, (place, column)


def test_every_name_in_a_calculated_field_exists(quicksight):
    definition = quicksight.definition()
    parameters = set(all_under(definition["ParameterDeclarations"], "Name"))
    for one in definition["CalculatedFields"]:
        columns = IN_EXPRESSION.findall(one["Expression"])
        assert columns
        assert set(columns) <= quicksight.columns[one["DataSetIdentifier"]].keys()
        assert set(PARAMETER.findall(one["Expression"])) <= parameters


def test_every_parameter_that_is_named_is_declared(quicksight):
    definition = quicksight.definition()
    parameters = set(all_under(definition["ParameterDeclarations"], "Name"))
    keys = ("ParameterName", "SourceParameterName", "DestinationParameterName", "Parameter")
    named = {name for key in keys for name in all_under(definition, key)}
    assert named <= parameters
    assert named | set(PARAMETER.findall(str(definition["CalculatedFields"]))) == parameters


def test_columns_are_used_as_what_they_are(quicksight):
    """Grouping by a date, adding up a number, filtering on a text."""
    uses = {
        "DateDimensionField": {"DATETIME"},
        "CategoricalDimensionField": {"STRING"},
        "CategoricalMeasureField": {"STRING"},
        "NumericalMeasureField": {"INTEGER", "DECIMAL"},
        "TimeRangeFilter": {"DATETIME"},
        "CategoryFilter": {"STRING"},
    }
    used = Counter()
    for use, types in uses.items():
        for one in all_under(quicksight.definition(), use):
            place, column = one["Column"]["DataSetIdentifier"], one["Column"]["ColumnName"]
            if (place, column) in quicksight.reckoned:
                continue
            assert quicksight.columns[place][column] in types, (use, place, column)
            used[use] += 1
    assert used.keys() == uses.keys()


def test_a_share_is_not_added_up(quicksight):
    """A calculated field that divides sums comes without an aggregation of its own."""
    fields = all_under(quicksight.definition(), "NumericalMeasureField")
    for field in fields:
        column = field["Column"]
        reckoned = (column["DataSetIdentifier"], column["ColumnName"]) in quicksight.reckoned
        assert ("AggregationFunction" in field) != reckoned


def test_every_field_that_is_sorted_by_or_passed_on_is_in_its_chart(quicksight):
    passed = 0
    for _, visual in quicksight.visuals:
        configuration = visual["ChartConfiguration"]
        fields = all_under(configuration["FieldWells"], "FieldId")
        assert len(set(fields)) == len(fields)
        named = [one["FieldId"] for one in all_under(configuration, "FieldSort")]
        named += all_under(visual.get("Actions", []), "SourceField")
        passed += len(named)
        assert set(named) <= set(fields), visual["VisualId"]
    assert passed


def test_what_is_in_memory_is_read_again_after_the_export(quicksight):
    ids = {one["DataSetId"]: one["ImportMode"] for one in quicksight.sets.values()}
    schedules = quicksight.made.properties(SCHEDULE)
    in_memory = {id_ for id_, mode in ids.items() if mode == "SPICE"}
    assert {one["DataSetId"] for one in schedules} == in_memory
    nightly = [
        one
        for one in quicksight.made.properties("AWS::Scheduler::Schedule")
        if one["ScheduleExpression"].startswith("cron(15 2")
    ]
    assert nightly
    for one in schedules:
        when = one["Schedule"]["ScheduleFrequency"]
        assert {when["TimeZone"]} == {one["ScheduleExpressionTimezone"] for one in nightly}
        assert when["Interval"] == "HOURLY" or when["TimeOfTheDay"] > "03:00"


def test_without_an_author_the_analysis_is_nobody_s(with_dashboards):
    (analysis,) = with_dashboards.properties(ANALYSIS)
    assert "Permissions" not in analysis
    (dashboard,) = with_dashboards.properties(DASHBOARD)
    (permission,) = dashboard["Permissions"]
    assert permission["Principal"] == READER


def test_every_type_of_the_lake_has_one_of_quicksight():
    assert COLUMN_TYPES.keys() == set(Type)


def test_the_readers_list_is_no_function_s_to_write(with_dashboards):
    """Who sees what is the owner's word: none of our functions may write below its prefix."""
    writing = [
        str(resource)
        for _, statement in with_dashboards.statements()
        if "s3:PutObject" in listed(statement["Action"])
        for resource in listed(statement["Resource"])
    ]
    assert writing and not any(READERS_PREFIX in resource for resource in writing)
