"""Which doors are open, and to whom."""

from __future__ import annotations

OPEN = {
    "GET /openapi.json",
    "GET /docs",
    "GET /docs/{file}",
    "GET /p/{token}",
    *(f"{m} /p/{{token}}/pay" for m in ("GET", "HEAD", "POST")),
    *(f"{m} /p/{{token}}/return" for m in ("GET", "HEAD")),
    "HEAD /p/{token}",
    *(
        f"{method} /p/{{token}}/{answer}"
        for method in ("GET", "HEAD", "POST")
        for answer in ("paid", "cannot-pay", "disagree")
    ),
    "GET /assets/{file}",
    "GET /apply/{token}",
    "HEAD /apply/{token}",
    "POST /apply/{token}",
    "POST /apply/{token}/withdraw",
    "GET /desk",
    "GET /desk/login",
    "POST /desk/login",
    "POST /desk/logout",
    "GET /desk/sign-in",
    "GET /desk/signed-in",
    "GET /desk/sign-out",
    "GET /desk/signed-out",
    "GET /desk/reviews/{id}",
    "POST /desk/reviews/{id}",
    "GET /desk/dashboard",
    "GET /desk/dashboard/figures",
    "GET /desk/dashboard/risks",
    "GET /desk/lists/{name}",
    "GET /desk/assets/{name}",
    "GET /desk/money",
    *(
        f"{method} /desk/money/{kind}/{{id}}"
        for method in ("GET", "POST")
        for kind in ("lines", "payments", "differences")
    ),
    "GET /desk/money/days/{on}",
    "POST /webhooks/bureau/{org}/{debtor}/{signature}",
    "POST /webhooks/insurer/{org}/{debtor}/{request}/{signature}",
    "POST /webhooks/mollie/{org}",
    "POST /webhooks/mollie/{org}/{attempt}/{signature}",
    "POST /webhooks/stripe/{org}",
}


def _routes(environment, api: str) -> dict[str, dict]:
    return {
        resource["Properties"]["RouteKey"]: resource["Properties"]
        for _, resource in environment.resources("AWS::ApiGatewayV2::Route")
        if api in _door(resource["Properties"]["ApiId"])
    }


def _door(id_: dict[str, str]) -> str:
    """The API a route stands at: in its own stack, or exported by the one that has the door."""
    return id_.get("Ref") or id_["Fn::ImportValue"]


def test_every_route_asks_for_a_key_except_the_public_ones(environment):
    routes = _routes(environment, "apihttp")
    without_key = {key for key, route in routes.items() if route["AuthorizationType"] == "NONE"}
    assert without_key == OPEN
    for key in routes.keys() - OPEN:
        assert routes[key]["AuthorizationType"] == "CUSTOM"
        assert key.startswith("ANY /v1/")


def test_the_key_is_asked_per_route_and_forgotten_soon(environment):
    (authorizer,) = environment.properties("AWS::ApiGatewayV2::Authorizer")
    assert authorizer["IdentitySource"] == ["$request.header.Authorization", "$context.routeKey"]
    assert authorizer["AuthorizerPayloadFormatVersion"] == "2.0"
    assert authorizer["EnableSimpleResponses"] is True
    seconds = 0 if environment.name == "local" else 60
    assert authorizer["AuthorizerResultTtlInSeconds"] == seconds


def test_there_is_a_brake_and_an_access_log_without_tokens(environment):
    for stage in environment.properties("AWS::ApiGatewayV2::Stage"):
        assert stage["DefaultRouteSettings"]["ThrottlingRateLimit"] > 0
        assert stage["DefaultRouteSettings"]["ThrottlingBurstLimit"] > 0
        written = stage["AccessLogSettings"]["Format"]
        assert "$context.routeKey" in written
        assert "$context.path" not in written and "sourceIp" not in written


def test_the_outside_world_has_its_own_door_on_this_machine(local):
    routes = _routes(local, "sandboxhttp")
    assert {
        "ANY /mollie/{proxy+}",
        "ANY /stripe/{proxy+}",
        "ANY /checkout/{proxy+}",
        "ANY /sms",
        "ANY /messages",
    } <= set(routes)
