"""What a reader chooses: the day, the currency and, by a click on a list, the debtor."""

from __future__ import annotations

from typing import Any

from infra.dashboards.visuals import Draw
from kasstroom.money import EUR

DAY_PARAMETER, CURRENCY_PARAMETER, DEBTOR_PARAMETER = "asOf", "currency", "debtor"
ANY_DEBTOR = "*"


def parameters(draw: Draw) -> list[Any]:
    q = draw.kind
    day = q.DateTimeParameterDeclarationProperty(
        name=DAY_PARAMETER,
        time_granularity="DAY",
        default_values=q.DateTimeDefaultValuesProperty(
            rolling_date=q.RollingDateConfigurationProperty(expression="truncDate('DD', now())")
        ),
    )
    texts = {CURRENCY_PARAMETER: EUR, DEBTOR_PARAMETER: ANY_DEBTOR}
    return [
        q.ParameterDeclarationProperty(date_time_parameter_declaration=day),
        *(
            q.ParameterDeclarationProperty(
                string_parameter_declaration=q.StringParameterDeclarationProperty(
                    name=name,
                    parameter_value_type="SINGLE_VALUED",
                    default_values=q.StringDefaultValuesProperty(static_values=[value]),
                )
            )
            for name, value in texts.items()
        ),
    ]
