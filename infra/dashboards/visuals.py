"""Visuals in a few words: what a chart shows of a subject, and when its rows count.

QuickSight has every shape twice, for an analysis and for a dashboard, with the same fields: `Draw`
draws with either.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, cast

from aws_cdk import aws_quicksight as quicksight

from infra.dashboards.subject import Subject
from kasstroom.reports.lake import Type

Kind = type[quicksight.CfnDashboard]
DASHBOARD: Kind = quicksight.CfnDashboard
ANALYSIS = cast(Kind, quicksight.CfnAnalysis)
SHOWN = "VISIBLE"
PAGE = 36
"""Columns of the grid."""


class Time(StrEnum):
    """Which rows count: those that stood `on` the chosen day, all photographs `until` that day, or
    rows whose own day lies before it."""

    ON = "on"
    UNTIL = "until"
    OWN = "own"


@dataclass(frozen=True)
class Said:
    """Dutch above, English below it; `alt` is read out where the chart cannot be seen."""

    nl: str
    en: str


@dataclass(frozen=True)
class Visual:
    """`only`: the values that count, by column; `own_day`: the column that the day is held to;
    `chosen`: the calculated field that is 1 for what counts."""

    id: str
    subject: Subject
    shape: Any
    time: Time = Time.ON
    own_day: str = ""
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    chosen: str = ""
    wide: int = PAGE // 2
    high: int = 12


@dataclass(frozen=True)
class Sheet:
    id: str
    name: str
    title: Said
    visuals: tuple[Visual, ...]


class Draw:
    """Fields and texts of one kind (`DASHBOARD` or `ANALYSIS`). KeyError: a column that the subject
    does not have."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind

    def column(self, subject: Subject, name: str) -> Any:
        if name not in subject.types:
            raise KeyError(f"{subject.name} has no {name}")
        return self.kind.ColumnIdentifierProperty(
            data_set_identifier=subject.name, column_name=name
        )

    def by(self, chart: str, subject: Subject, name: str, each: str = "DAY") -> Any:
        """What rows are grouped by; `each` is the length of a period."""
        q, column = self.kind, self.column(subject, name)
        field_id = f"{chart}.{name}"
        if subject.types[name] in (Type.DATE, Type.TIMESTAMP):
            dated = q.DateDimensionFieldProperty(
                column=column, field_id=field_id, date_granularity=each
            )
            return q.DimensionFieldProperty(date_dimension_field=dated)
        said = q.CategoricalDimensionFieldProperty(column=column, field_id=field_id)
        return q.DimensionFieldProperty(categorical_dimension_field=said)

    def total(self, chart: str, subject: Subject, name: str, how: str = "SUM") -> Any:
        """A number over the rows of a group."""
        q = self.kind
        return q.MeasureFieldProperty(
            numerical_measure_field=q.NumericalMeasureFieldProperty(
                column=self.column(subject, name),
                field_id=f"{chart}.{name}",
                aggregation_function=q.NumericalAggregationFunctionProperty(
                    simple_numerical_aggregation=how
                ),
                format_configuration=self.number(subject.types[name]),
            )
        )

    def count(self, chart: str, subject: Subject, name: str) -> Any:
        """How many rows of a group have it."""
        q = self.kind
        return q.MeasureFieldProperty(
            categorical_measure_field=q.CategoricalMeasureFieldProperty(
                column=self.column(subject, name),
                field_id=f"{chart}.{name}",
                aggregation_function="COUNT",
            )
        )

    def share(self, chart: str, subject: Subject, reckoned: str) -> Any:
        """A calculated field that adds up by itself, in percent."""
        q = self.kind
        percent = q.PercentageDisplayFormatConfigurationProperty(
            decimal_places_configuration=q.DecimalPlacesConfigurationProperty(decimal_places=1),
            separator_configuration=self._dutch(),
        )
        shown = q.NumericFormatConfigurationProperty(
            percentage_display_format_configuration=percent
        )
        return q.MeasureFieldProperty(
            numerical_measure_field=q.NumericalMeasureFieldProperty(
                column=q.ColumnIdentifierProperty(
                    data_set_identifier=subject.name, column_name=reckoned
                ),
                field_id=f"{chart}.{reckoned}",
                format_configuration=q.NumberFormatConfigurationProperty(
                    format_configuration=shown
                ),
            )
        )

    def number(self, type_: Type) -> Any:
        """Counts without decimals, everything else with two: 1.234,50."""
        q = self.kind
        shown = q.NumberDisplayFormatConfigurationProperty(
            decimal_places_configuration=q.DecimalPlacesConfigurationProperty(
                decimal_places=0 if type_ is Type.BIGINT else 2
            ),
            separator_configuration=self._dutch(),
        )
        return q.NumberFormatConfigurationProperty(
            format_configuration=q.NumericFormatConfigurationProperty(
                number_display_format_configuration=shown
            )
        )

    def _dutch(self) -> Any:
        q = self.kind
        return q.NumericSeparatorConfigurationProperty(
            decimal_separator="COMMA",
            thousands_separator=q.ThousandSeparatorOptionsProperty(symbol="DOT", visibility=SHOWN),
        )

    def texts(self, said: Said) -> dict[str, Any]:
        """Title, subtitle and the text that stands for the picture."""
        q = self.kind
        return {
            "title": q.VisualTitleLabelOptionsProperty(
                visibility=SHOWN, format_text=q.ShortFormatTextProperty(plain_text=said.nl)
            ),
            "subtitle": q.VisualSubtitleLabelOptionsProperty(
                visibility=SHOWN, format_text=q.LongFormatTextProperty(plain_text=said.en)
            ),
            "visual_content_alt_text": f"{said.nl} ({said.en})",
        }
