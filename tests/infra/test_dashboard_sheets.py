"""How the sheets hold together: every chart once, of one day, with words for everybody."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from conftest import Synthesised
from quicksight import ANALYSIS, DASHBOARD, DATA_SET, SCHEDULE, QuickSight, all_under, walk

from infra.dashboards import words
from infra.dashboards.theme import AGES as AGE_COLOURS
from infra.dashboards.theme import BRAND, INFO, INK, LINE, OK, PAPER
from infra.dashboards.visuals import PAGE
from infra.environments import ROOT
from kasstroom.dunning.strategy import StepKind
from kasstroom.reports.ageing import Bucket
from kasstroom.reports.contributing.messages import PAID_WITHIN_DAYS
from kasstroom.reports.kpi.registry import KPIS


@pytest.fixture
def quicksight(with_dashboards: Synthesised) -> QuickSight:
    return QuickSight(with_dashboards)


def test_no_name_is_given_twice(quicksight):
    definition = quicksight.definition()
    for key in ("SheetId", "VisualId", "FilterGroupId", "FilterId", "CustomActionId"):
        own = [
            one[key] for one in walk(definition) if key in one and ("Scope" not in one)
        ]  # a scope names a sheet, it does not make one
        assert len(set(own)) == len(own) > 0, key
    controls = all_under(definition, "ParameterControlId") + all_under(
        definition, "FilterControlId"
    )
    assert len(set(controls)) == len(controls)
    for type_, id_ in ((DATA_SET, "DataSetId"), (SCHEDULE, "DataSetId")):
        ids = [found[id_] for found in quicksight.made.properties(type_)]
        assert len({str(found) for found in ids}) == len(ids)
    names = [one["Name"] for one in quicksight.sets.values()]
    assert len(set(names)) == len(names)


def test_a_sheet_shows_all_its_charts_once_and_none_over_another(quicksight):
    for sheet in quicksight.definition()["Sheets"]:
        (layout,) = sheet["Layouts"]
        placed = layout["Configuration"]["GridLayout"]["Elements"]
        visuals = [next(iter(visual.values()))["VisualId"] for visual in sheet["Visuals"]]
        assert [element["ElementId"] for element in placed] == visuals
        taken = Counter(
            (row, column)
            for element in placed
            for row in range(element["RowIndex"], element["RowIndex"] + element["RowSpan"])
            for column in range(
                element["ColumnIndex"], element["ColumnIndex"] + element["ColumnSpan"]
            )
        )
        assert max(taken.values()) == 1 and max(column for _, column in taken) < PAGE


def test_every_chart_is_of_one_day_one_currency_and_the_chosen_organisations(quicksight):
    """All rows of all nights together would be a sum of photographs."""
    on_sheet = {visual["VisualId"]: sheet for sheet, visual in quicksight.visuals}
    held = {visual: set() for visual in on_sheet}
    for group in quicksight.definition()["FilterGroups"]:
        scope = group["ScopeConfiguration"]
        if "AllSheets" in scope:
            assert group["CrossDataset"] == "ALL_DATASETS"
            continue
        columns = {one["Column"]["ColumnName"] for one in walk(group) if "Column" in one}
        for place in scope["SelectedSheets"]["SheetVisualScopingConfigurations"]:
            for visual in place["VisualIds"]:
                assert on_sheet[visual] == place["SheetId"]
                held[visual] |= columns
    own_days = {"out_on", "decided_on", "effective_on", "as_of"}
    for visual, columns in held.items():
        assert "currency" in columns and columns & own_days, visual
    assert all("org" in columns for columns in quicksight.columns.values())


def test_an_action_leads_to_a_sheet_that_is_there(quicksight):
    sheets = set(all_under(quicksight.definition()["Sheets"], "SheetId"))
    targets = all_under(quicksight.definition(), "TargetSheetId")
    assert targets and set(targets) <= sheets
    sources = set(all_under(quicksight.definition(), "SourceFilterId"))
    assert sources <= set(all_under(quicksight.definition(), "FilterId"))


def test_the_figures_that_are_shown_are_those_of_the_registry(quicksight):
    known = {kpi.name for kpi in KPIS}
    shown = {
        value
        for one in all_under(quicksight.definition(), "CategoryFilter")
        if one["Column"]["ColumnName"] == "name"
        for value in all_under(one, "CategoryValues")[0]
    }
    assert len(shown) > 8 and shown <= known


def test_every_chart_has_a_dutch_title_an_english_one_and_words_for_who_cannot_see_it(quicksight):
    for _, visual in quicksight.visuals:
        titles = [visual[key]["FormatText"]["PlainText"] for key in ("Title", "Subtitle")]
        assert all(titles) and titles[0] != titles[1]
        assert visual["VisualContentAltText"]


def test_analysis_and_dashboard_show_the_same(quicksight):
    assert quicksight.definition(ANALYSIS) == quicksight.definition(DASHBOARD)


def test_names_for_people_leave_nothing_out():
    assert words.AGES.keys() == set(Bucket)
    assert len(words.AGES) == len(AGE_COLOURS)
    assert sorted(words.AGES.values()) == list(words.AGES.values())
    assert words.STEPS.keys() == set(StepKind) - {StepKind.HAND_OVER}
    assert str(PAID_WITHIN_DAYS) in words.PAID


def test_the_colours_are_those_of_the_pages():
    sheet = (ROOT / "layers/pages/python/kasstroom_pages/assets/kasstroom.css").read_text()
    light = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", sheet.split("@media")[0]))
    ours = {"ink": INK, "paper": PAPER, "line": LINE, "brand": BRAND, "ok": OK, "info": INFO}
    assert {name: light[name].upper() for name in ours} == ours
