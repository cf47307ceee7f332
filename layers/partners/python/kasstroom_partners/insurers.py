"""Which insurer serves an organisation, with its own credentials; one client per process."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from kasstroom.errors import Refused
from kasstroom.insurance.ports import Insurer


def insurers(
    credentials: Callable[[str, str], dict[str, str]], insurer_url: str
) -> Callable[[str, str], Insurer]:
    """`credentials(org, insurer)`; Refused for an insurer we have no adapter for."""

    @cache
    def of(org: str, name: str) -> Insurer:
        if name == "allianz_trade":
            from kasstroom_partners.allianz_trade import AllianzTrade

            return AllianzTrade(credentials(org, name)["api_key"], insurer_url)
        raise Refused("no_insurer", f"There is no connection to an insurer called {name}.")

    return of
