"""The kinds of charts the sheets use, each made of the columns it shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from infra.dashboards.subject import Subject
from infra.dashboards.visuals import SHOWN, Draw, Said

STACKED, BESIDE = "STACKED", "CLUSTERED"
LONGEST_LIST = 15


class Charts(Draw):
    """`chart` is the visual's id; what is clicked does what `actions` say."""

    def tile(self, chart: str, said: Said, subject: Subject, value: str, day: str = "") -> Any:
        """One figure; with a `day` also the days before it, and how it moved since the last one."""
        q = self.kind
        wells = q.KPIFieldWellsProperty(
            values=[self.total(chart, subject, value)],
            trend_groups=[self.by(chart, subject, day)] if day else [],
        )
        options = q.KPIOptionsProperty(
            sparkline=q.KPISparklineOptionsProperty(type="LINE", visibility=SHOWN)
        )
        settings = q.KPIConfigurationProperty(
            field_wells=wells, kpi_options=options if day else None
        )
        tile = q.KPIVisualProperty(
            visual_id=chart, chart_configuration=settings, **self.texts(said)
        )
        return q.VisualProperty(kpi_visual=tile)

    def bars(
        self,
        chart: str,
        said: Said,
        category: Any,
        values: Sequence[Any],
        *,
        colour: Any = None,
        arrangement: str = STACKED,
        lying: bool = False,
        largest_first: str = "",
        actions: Sequence[Any] = (),
    ) -> Any:
        """`largest_first` is the field of a value: the longest bars only, the rest together."""
        q = self.kind
        wells = q.BarChartAggregatedFieldWellsProperty(
            category=[category], values=list(values), colors=[colour] if colour else []
        )
        settings = q.BarChartConfigurationProperty(
            field_wells=q.BarChartFieldWellsProperty(bar_chart_aggregated_field_wells=wells),
            bars_arrangement=arrangement,
            orientation="HORIZONTAL" if lying else "VERTICAL",
            sort_configuration=self._largest(largest_first) if largest_first else None,
            legend=self._legend(),
        )
        bars = q.BarChartVisualProperty(
            visual_id=chart,
            chart_configuration=settings,
            actions=list(actions),
            **self.texts(said),
        )
        return q.VisualProperty(bar_chart_visual=bars)

    def lines(
        self, chart: str, said: Said, category: Any, value: Any, colour: Any, each: Any = None
    ) -> Any:
        """A line per `colour`, in a small chart for `each`."""
        q = self.kind
        wells = q.LineChartAggregatedFieldWellsProperty(
            category=[category],
            values=[value],
            colors=[colour],
            small_multiples=[each] if each else [],
        )
        settings = q.LineChartConfigurationProperty(
            field_wells=q.LineChartFieldWellsProperty(line_chart_aggregated_field_wells=wells),
            type="LINE",
            legend=self._legend(),
        )
        lines = q.LineChartVisualProperty(
            visual_id=chart, chart_configuration=settings, **self.texts(said)
        )
        return q.VisualProperty(line_chart_visual=lines)

    def bars_and_lines(
        self, chart: str, said: Said, category: Any, bars: Sequence[Any], lines: Sequence[Any]
    ) -> Any:
        q = self.kind
        wells = q.ComboChartAggregatedFieldWellsProperty(
            category=[category], bar_values=list(bars), line_values=list(lines)
        )
        settings = q.ComboChartConfigurationProperty(
            field_wells=q.ComboChartFieldWellsProperty(combo_chart_aggregated_field_wells=wells),
            bars_arrangement=BESIDE,
            legend=self._legend(),
        )
        combo = q.ComboChartVisualProperty(
            visual_id=chart, chart_configuration=settings, **self.texts(said)
        )
        return q.VisualProperty(combo_chart_visual=combo)

    def funnel(self, chart: str, said: Said, category: Any, value: Any, sorted_by: str) -> Any:
        q = self.kind
        wells = q.FunnelChartAggregatedFieldWellsProperty(category=[category], values=[value])
        settings = q.FunnelChartConfigurationProperty(
            field_wells=q.FunnelChartFieldWellsProperty(funnel_chart_aggregated_field_wells=wells),
            sort_configuration=q.FunnelChartSortConfigurationProperty(
                category_sort=[self._sorted(sorted_by, "ASC")]
            ),
        )
        funnel = q.FunnelChartVisualProperty(
            visual_id=chart, chart_configuration=settings, **self.texts(said)
        )
        return q.VisualProperty(funnel_chart_visual=funnel)

    def table(
        self,
        chart: str,
        said: Said,
        rows: Sequence[Any],
        values: Sequence[Any],
        sorted_by: str,
        direction: str = "DESC",
        actions: Sequence[Any] = (),
    ) -> Any:
        """One line per `rows`, the largest of `sorted_by` first."""
        q = self.kind
        wells = q.TableAggregatedFieldWellsProperty(group_by=list(rows), values=list(values))
        settings = q.TableConfigurationProperty(
            field_wells=q.TableFieldWellsProperty(table_aggregated_field_wells=wells),
            sort_configuration=q.TableSortConfigurationProperty(
                row_sort=[self._sorted(sorted_by, direction)]
            ),
        )
        table = q.TableVisualProperty(
            visual_id=chart,
            chart_configuration=settings,
            actions=list(actions),
            **self.texts(said),
        )
        return q.VisualProperty(table_visual=table)

    def _legend(self) -> Any:
        return self.kind.LegendOptionsProperty(visibility=SHOWN, position="BOTTOM")

    def _sorted(self, field_id: str, direction: str) -> Any:
        q = self.kind
        by = q.FieldSortProperty(field_id=field_id, direction=direction)
        return q.FieldSortOptionsProperty(field_sort=by)

    def _largest(self, field_id: str) -> Any:
        q = self.kind
        return q.BarChartSortConfigurationProperty(
            category_sort=[self._sorted(field_id, "DESC")],
            category_items_limit=q.ItemsLimitConfigurationProperty(
                items_limit=LONGEST_LIST, other_categories="INCLUDE"
            ),
        )
