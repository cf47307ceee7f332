"""A shop of the local environment that takes our webhooks, and a page that shows them."""

from functools import cache
from typing import Any

from kasstroom.settings import SandboxSettings
from kasstroom_sandbox.shop.site import shop_site
from kasstroom_sandbox.web import Site


@cache
def _site() -> Site:
    return shop_site(SandboxSettings.from_env())


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    return _site().answer(event)
