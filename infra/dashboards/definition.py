"""The dashboard as a whole: its sheets, laid out, with their controls, filters and colours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from infra.dashboards import words
from infra.dashboards.charts import Charts
from infra.dashboards.filters import (
    CURRENCY,
    ORG_FILTER,
    filter_groups,
)
from infra.dashboards.parameters import CURRENCY_PARAMETER, DAY_PARAMETER, parameters
from infra.dashboards.reckoned import RECKONED
from infra.dashboards.sheets import sheets
from infra.dashboards.subject import Subject
from infra.dashboards.subjects import AGES
from infra.dashboards.theme import AGES as AGE_COLOURS
from infra.dashboards.visuals import PAGE, Kind, Sheet, Visual
from infra.environments import Environment

VIEW_PORT = "1600px"


def definition(kind: Kind, arns: Mapping[Subject, str], environment: Environment) -> dict[str, Any]:
    """What `kind`'s definition is made of; `arns` are the data sets'."""
    draw = Charts(kind)
    drawn = sheets(draw)
    return {
        "data_set_identifier_declarations": [
            kind.DataSetIdentifierDeclarationProperty(identifier=subject.name, data_set_arn=arn)
            for subject, arn in arns.items()
        ],
        "sheets": [_sheet(draw, sheet) for sheet in drawn],
        "calculated_fields": [
            kind.CalculatedFieldProperty(
                data_set_identifier=one.subject.name, name=one.name, expression=one.expression
            )
            for one in RECKONED
        ],
        "parameter_declarations": parameters(draw),
        "filter_groups": filter_groups(draw, drawn),
        "column_configurations": [_age_colours(draw)],
        "options": kind.AssetOptionsProperty(timezone=environment.timezone, week_start="MONDAY"),
    }


def _age_colours(draw: Charts) -> Any:
    """The same age has the same colour in every chart."""
    q = draw.kind
    pairs = zip(words.AGES.values(), AGE_COLOURS, strict=True)
    return q.ColumnConfigurationProperty(
        column=draw.column(AGES, "bucket"),
        colors_configuration=q.ColorsConfigurationProperty(
            custom_colors=[
                q.CustomColorProperty(field_value=label, color=colour) for label, colour in pairs
            ]
        ),
    )


def _sheet(draw: Charts, sheet: Sheet) -> Any:
    q = draw.kind
    return q.SheetDefinitionProperty(
        sheet_id=sheet.id,
        name=sheet.name,
        title=sheet.title.nl,
        description=sheet.title.en,
        content_type="INTERACTIVE",
        visuals=[visual.shape for visual in sheet.visuals],
        parameter_controls=_controls(draw, sheet),
        filter_controls=[
            q.FilterControlProperty(
                cross_sheet=q.FilterCrossSheetControlProperty(
                    filter_control_id=f"{sheet.id}-{ORG_FILTER}", source_filter_id=ORG_FILTER
                )
            )
        ],
        layouts=[_layout(draw, sheet.visuals)],
    )


def _controls(draw: Charts, sheet: Sheet) -> list[Any]:
    q = draw.kind
    day = q.ParameterDateTimePickerControlProperty(
        parameter_control_id=f"{sheet.id}-day",
        source_parameter_name=DAY_PARAMETER,
        title="Stand per / as of",
    )
    currency = q.ParameterDropDownControlProperty(
        parameter_control_id=f"{sheet.id}-currency",
        source_parameter_name=CURRENCY_PARAMETER,
        title="Valuta / currency",
        type="SINGLE_SELECT",
        selectable_values=q.ParameterSelectableValuesProperty(
            link_to_data_set_column=draw.column(AGES, CURRENCY)
        ),
    )
    return [
        q.ParameterControlProperty(date_time_picker=day),
        q.ParameterControlProperty(dropdown=currency),
    ]


def _layout(draw: Charts, visuals: Iterable[Visual]) -> Any:
    q = draw.kind
    elements = [
        q.GridLayoutElementProperty(
            element_id=visual.id,
            element_type="VISUAL",
            column_index=column,
            column_span=visual.wide,
            row_index=row,
            row_span=visual.high,
        )
        for visual, column, row in _placed(visuals)
    ]
    canvas = q.GridLayoutCanvasSizeOptionsProperty(
        screen_canvas_size_options=q.GridLayoutScreenCanvasSizeOptionsProperty(
            resize_option="FIXED", optimized_view_port_width=VIEW_PORT
        )
    )
    grid = q.GridLayoutConfigurationProperty(elements=elements, canvas_size_options=canvas)
    return q.LayoutProperty(configuration=q.LayoutConfigurationProperty(grid_layout=grid))


def _placed(visuals: Iterable[Visual]) -> Iterator[tuple[Visual, int, int]]:
    """From left to right, and below what stands there: column and row."""
    column = row = lowest = 0
    for visual in visuals:
        if column + visual.wide > PAGE:
            column, row = 0, lowest
        yield visual, column, row
        column += visual.wide
        lowest = max(lowest, row + visual.high)
