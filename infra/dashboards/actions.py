"""What a click does: look closer on the same sheet, or go to the list of one debtor."""

from __future__ import annotations

from typing import Any

from infra.dashboards.parameters import DEBTOR_PARAMETER
from infra.dashboards.visuals import Kind

DEBTOR_SHEET = "debtor"


def look_closer(kind: Kind, chart: str) -> Any:
    """The other charts of the sheet show what was clicked, and nothing else."""
    return kind.VisualCustomActionProperty(
        custom_action_id=f"{chart}-closer",
        name="Alleen dit / only this",
        trigger="DATA_POINT_CLICK",
        status="ENABLED",
        action_operations=[
            kind.VisualCustomActionOperationProperty(
                filter_operation=kind.CustomActionFilterOperationProperty(
                    selected_fields_configuration=(
                        kind.FilterOperationSelectedFieldsConfigurationProperty(
                            selected_field_options="ALL_FIELDS"
                        )
                    ),
                    target_visuals_configuration=(
                        kind.FilterOperationTargetVisualsConfigurationProperty(
                            same_sheet_target_visual_configuration=(
                                kind.SameSheetTargetVisualConfigurationProperty(
                                    target_visual_options="ALL_VISUALS"
                                )
                            )
                        )
                    ),
                )
            )
        ],
    )


def to_debtor(kind: Kind, chart: str, field: str) -> Any:
    """To the open items of the debtor in this `field` of the chart."""
    go = kind.CustomActionNavigationOperationProperty(
        local_navigation_configuration=kind.LocalNavigationConfigurationProperty(
            target_sheet_id=DEBTOR_SHEET
        )
    )
    choose = kind.CustomActionSetParametersOperationProperty(
        parameter_value_configurations=[
            kind.SetParameterValueConfigurationProperty(
                destination_parameter_name=DEBTOR_PARAMETER,
                value=kind.DestinationParameterValueConfigurationProperty(source_field=field),
            )
        ]
    )
    return kind.VisualCustomActionProperty(
        custom_action_id=f"{chart}-debtor",
        name="Naar de debiteur / to the debtor",
        trigger="DATA_POINT_CLICK",
        status="ENABLED",
        action_operations=[
            kind.VisualCustomActionOperationProperty(navigation_operation=go),
            kind.VisualCustomActionOperationProperty(set_parameters_operation=choose),
        ],
    )
