"""Which rows count: those of the chosen day, currency and organisation, on every sheet."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from infra.dashboards.parameters import CURRENCY_PARAMETER, DAY_PARAMETER
from infra.dashboards.subject import AS_OF, ORG, UNTIL
from infra.dashboards.subjects import AGES
from infra.dashboards.visuals import Draw, Sheet, Time, Visual

CURRENCY = "currency"
ORG_FILTER = "organisation"
ONE_SET, ALL_SETS = "SINGLE_DATASET", "ALL_DATASETS"
KNOWN = "NON_NULLS_ONLY"
Placed = tuple[Sheet, Visual]


def filter_groups(draw: Draw, sheets: tuple[Sheet, ...]) -> list[Any]:
    return [_organisations(draw), *_of_subjects(draw, sheets), *_of_visuals(draw, sheets)]


def _organisations(draw: Draw) -> Any:
    """Every data set has the column; whoever reads one organisation sees one name."""
    q = draw.kind
    control = q.DefaultFilterControlConfigurationProperty(
        title="Organisatie / organisation",
        control_options=q.DefaultFilterControlOptionsProperty(
            default_dropdown_options=q.DefaultFilterDropDownControlOptionsProperty(
                type="MULTI_SELECT"
            )
        ),
    )
    every = q.CategoryFilterConfigurationProperty(
        filter_list_configuration=q.FilterListConfigurationProperty(
            match_operator="CONTAINS", select_all_options="FILTER_ALL_VALUES"
        )
    )
    filter_ = q.CategoryFilterProperty(
        filter_id=ORG_FILTER,
        column=draw.column(AGES, ORG),
        configuration=every,
        default_filter_control_configuration=control,
    )
    return q.FilterGroupProperty(
        filter_group_id=f"{ORG_FILTER}-group",
        cross_dataset=ALL_SETS,
        filters=[q.FilterProperty(category_filter=filter_)],
        scope_configuration=q.FilterScopeConfigurationProperty(all_sheets={}),
        status="ENABLED",
    )


def _of_subjects(draw: Draw, sheets: tuple[Sheet, ...]) -> Iterator[Any]:
    """The day and the currency of the visuals that show one subject in one way."""
    placed = [(sheet, visual) for sheet in sheets for visual in sheet.visuals]

    def alike(one: Placed) -> tuple[str, str, str]:
        return one[1].subject.name, str(one[1].time), one[1].own_day

    for (name, time, own_day), found in groupby(sorted(placed, key=alike), alike):
        group = "-".join(filter(None, (name, time, own_day)))
        same = list(found)
        subject = same[0][1].subject
        filters = list(_days(draw, group, same[0][1]))
        if subject.in_currency:
            filters.append(_currency(draw, f"{group}-currency", same[0][1]))
        yield _group(draw, group, filters, same)


def _days(draw: Draw, group: str, visual: Visual) -> Iterator[Any]:
    """A photograph counts from its day until the next was taken."""
    day = visual.own_day or AS_OF
    yield _dated(draw, f"{group}-from", visual, day, up_to=True)
    if visual.time is Time.ON:
        yield _dated(draw, f"{group}-until", visual, UNTIL, up_to=False)


def _dated(draw: Draw, id_: str, visual: Visual, column: str, *, up_to: bool) -> Any:
    """`column` is the chosen day or before it; or else after it."""
    q = draw.kind
    chosen = q.TimeRangeFilterValueProperty(parameter=DAY_PARAMETER)
    bounds = (
        {"range_maximum_value": chosen, "include_maximum": True}
        if up_to
        else {"range_minimum_value": chosen, "include_minimum": False}
    )
    filter_ = q.TimeRangeFilterProperty(
        filter_id=id_,
        column=draw.column(visual.subject, column),
        null_option=KNOWN,
        time_granularity="DAY",
        **bounds,
    )
    return q.FilterProperty(time_range_filter=filter_)


def _currency(draw: Draw, id_: str, visual: Visual) -> Any:
    q = draw.kind
    filter_ = q.CategoryFilterProperty(
        filter_id=id_,
        column=draw.column(visual.subject, CURRENCY),
        configuration=q.CategoryFilterConfigurationProperty(
            custom_filter_configuration=q.CustomFilterConfigurationProperty(
                match_operator="EQUALS", null_option=KNOWN, parameter_name=CURRENCY_PARAMETER
            )
        ),
    )
    return q.FilterProperty(category_filter=filter_)


def _of_visuals(draw: Draw, sheets: tuple[Sheet, ...]) -> Iterator[Any]:
    """What one visual shows of its subject."""
    for sheet in sheets:
        for visual in sheet.visuals:
            filters = [
                _listed(draw, f"{visual.id}-{column}", visual, column, values)
                for column, values in visual.only.items()
            ]
            if visual.chosen:
                filters.append(_chosen(draw, f"{visual.id}-chosen", visual))
            if filters:
                yield _group(draw, f"{visual.id}-only", filters, [(sheet, visual)])


def _listed(draw: Draw, id_: str, visual: Visual, column: str, values: tuple[str, ...]) -> Any:
    q = draw.kind
    filter_ = q.CategoryFilterProperty(
        filter_id=id_,
        column=draw.column(visual.subject, column),
        configuration=q.CategoryFilterConfigurationProperty(
            filter_list_configuration=q.FilterListConfigurationProperty(
                match_operator="CONTAINS", category_values=list(values)
            )
        ),
    )
    return q.FilterProperty(category_filter=filter_)


def _chosen(draw: Draw, id_: str, visual: Visual) -> Any:
    q = draw.kind
    filter_ = q.NumericEqualityFilterProperty(
        filter_id=id_,
        column=q.ColumnIdentifierProperty(
            data_set_identifier=visual.subject.name, column_name=visual.chosen
        ),
        match_operator="EQUALS",
        null_option=KNOWN,
        value=1,
    )
    return q.FilterProperty(numeric_equality_filter=filter_)


def _group(draw: Draw, id_: str, filters: list[Any], placed: list[Placed]) -> Any:
    q = draw.kind
    scopes = [
        q.SheetVisualScopingConfigurationProperty(
            sheet_id=sheet_id,
            scope="SELECTED_VISUALS",
            visual_ids=[visual.id for _, visual in found],
        )
        for sheet_id, found in groupby(placed, lambda one: one[0].id)
    ]
    return q.FilterGroupProperty(
        filter_group_id=id_,
        cross_dataset=ONE_SET,
        filters=filters,
        scope_configuration=q.FilterScopeConfigurationProperty(
            selected_sheets=q.SelectedSheetsFilterScopeConfigurationProperty(
                sheet_visual_scoping_configurations=scopes
            )
        ),
        status="ENABLED",
    )
