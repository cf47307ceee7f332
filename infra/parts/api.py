"""An HTTP API: routes to functions, an access log, a brake."""

from __future__ import annotations

from collections.abc import Iterable

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_apigatewayv2 as apigw
from aws_cdk import aws_apigatewayv2_authorizers as authorizers
from aws_cdk import aws_apigatewayv2_integrations as integrations
from aws_cdk import aws_logs as logs
from constructs import Construct

from infra.environments import Environment
from infra.parts.checklist import accept
from infra.parts.function import Function, retention

ACCESS_LOG_FIELDS = {
    "request_id": "$context.requestId",
    "at": "$context.requestTime",
    "route": "$context.routeKey",
    "status": "$context.status",
    "latency_ms": "$context.responseLatency",
    "integration_error": "$context.integrationErrorMessage",
}


class Api(Construct):
    """Routes are closed: `opens` names the few that need no key.

    A web ACL cannot be attached to an HTTP API; the stage's brake and the authorizer stand in
    front of every function. An owner who wants WAF puts CloudFront before it and gives its address
    as `public_url`.
    """

    def __init__(self, scope: Construct, id_: str, *, environment: Environment) -> None:
        super().__init__(scope, id_)
        self._environment = environment
        self.http = apigw.HttpApi(
            self, "http", api_name=f"{environment.prefix}-{id_}", create_default_stage=False
        )
        self._authorizer: apigw.IHttpRouteAuthorizer | None = None
        self._stage()

    @property
    def id(self) -> str:
        return self.http.api_id

    @property
    def url(self) -> str:
        return self.http.api_endpoint

    def guarded_by(self, function: Function) -> None:
        """An answer is remembered per key and route, never longer than the environment says."""
        self._authorizer = authorizers.HttpLambdaAuthorizer(
            "key",
            function.entry,
            authorizer_name="api-key",
            response_types=[authorizers.HttpLambdaResponseType.SIMPLE],
            identity_source=["$request.header.Authorization", "$context.routeKey"],
            results_cache_ttl=Duration.seconds(self._environment.authorizer_ttl_seconds),
        )

    def serves(self, function: Function, *paths: str) -> None:
        """Every method below these paths, with an API key."""
        if self._authorizer is None:
            raise ValueError("guarded_by comes before serves: no route is open by accident")
        self._route(function, [f"ANY {path}" for path in paths], self._authorizer)

    def opens(self, function: Function, *routes: str) -> None:
        """Routes for the whole world, each written as `METHOD /path`."""
        self._route(function, routes, apigw.HttpNoneAuthorizer())

    def _route(
        self, function: Function, routes: Iterable[str], authorizer: apigw.IHttpRouteAuthorizer
    ) -> None:
        integration = integrations.HttpLambdaIntegration(
            function.name.replace("/", "-"), function.entry, scope_permission_to_route=False
        )
        for method, path in (route.split(" ", 1) for route in routes):
            # Beside its function, so that it stands in the function's stack: a stack holds 500.
            added = apigw.HttpRoute(
                function.node.scope,
                f"{method} {path.replace('/', '_')}",
                http_api=self.http,
                route_key=apigw.HttpRouteKey.with_(path, apigw.HttpMethod[method]),
                integration=integration,
                authorizer=authorizer,
            )
            if isinstance(authorizer, apigw.HttpNoneAuthorizer):
                _public(added, path)

    def _stage(self) -> None:
        group = logs.LogGroup(
            self,
            "access",
            log_group_name=f"/aws/apigateway/{self._environment.prefix}-{self.node.id}",
            retention=retention(self._environment),
            removal_policy=RemovalPolicy.DESTROY,
        )
        stage = apigw.HttpStage(
            self,
            "stage",
            http_api=self.http,
            stage_name="$default",
            auto_deploy=True,
            throttle=apigw.ThrottleSettings(
                rate_limit=self._environment.requests_per_second,
                burst_limit=self._environment.request_burst,
            ),
        )
        # Without addresses and paths: a payment link's token is in the path.
        fields = ",".join(f'"{name}":"{value}"' for name, value in ACCESS_LOG_FIELDS.items())
        stage.node.default_child.access_log_settings = apigw.CfnStage.AccessLogSettingsProperty(
            destination_arn=group.log_group_arn, format=f"{{{fields}}}"
        )


def _public(route: apigw.HttpRoute, path: str) -> None:
    accept(
        route,
        "AwsSolutions-APIG4",
        f"{path} is public on purpose: documentation; the payer's and the applicant's page, each"
        " behind an unguessable token; the desk, where a person signs in with their account or"
        " key; or a provider's webhook that carries its own signature.",
    )
