"""The accounts of people: who gets in, with what, and where the browser may come back to."""

from __future__ import annotations

from kasstroom.access.model import Role
from kasstroom_pages.desk_door import SIGNED_IN, SIGNED_OUT


def test_nobody_signs_up_and_passwords_are_strong(environment):
    (pool,) = environment.properties("AWS::Cognito::UserPool")
    assert pool["AdminCreateUserConfig"]["AllowAdminCreateUserOnly"] is True
    policy = pool["Policies"]["PasswordPolicy"]
    assert policy["MinimumLength"] >= 12
    assert all(
        policy[f"Require{what}"] for what in ("Lowercase", "Uppercase", "Numbers", "Symbols")
    )
    assert pool["EnabledMfas"] == ["SOFTWARE_TOKEN_MFA"]
    required = environment.name == "production"
    assert pool["MfaConfiguration"] == ("ON" if required else "OPTIONAL")


def test_an_organisation_is_given_once_and_every_role_is_a_group(environment):
    (pool,) = environment.properties("AWS::Cognito::UserPool")
    (org,) = [one for one in pool["Schema"] if one["Name"] == "org"]
    assert org["Mutable"] is False
    groups = environment.properties("AWS::Cognito::UserPoolGroup")
    assert {group["GroupName"] for group in groups} == set(Role)


def test_accounts_outlive_their_stack_in_production(production):
    ((_, pool),) = production.resources("AWS::Cognito::UserPool")
    assert pool["DeletionPolicy"] == "Retain"
    assert pool["Properties"]["DeletionProtection"] == "ACTIVE"


def test_the_desk_s_client_uses_the_pages_with_a_code_and_nothing_else(environment):
    (client,) = environment.properties("AWS::Cognito::UserPoolClient")
    assert client["AllowedOAuthFlows"] == ["code"] and client["AllowedOAuthScopes"] == ["openid"]
    assert client["ExplicitAuthFlows"] == ["ALLOW_REFRESH_TOKEN_AUTH"]
    assert client["PreventUserExistenceErrors"] == "ENABLED"
    assert client["ReadAttributes"] == ["custom:org"]
    for addresses, path in (("CallbackURLs", SIGNED_IN), ("LogoutURLs", SIGNED_OUT)):
        (address,) = client[addresses]
        end = address if isinstance(address, str) else address["Fn::Join"][1][-1]
        assert end.endswith(path)


def test_the_sign_in_function_holds_no_secret_and_administers_nobody(environment):
    actions = {
        action.partition(":")[0]
        for id_, statement in environment.statements()
        if id_.startswith("staffsignin")
        for action in (
            statement["Action"] if isinstance(statement["Action"], list) else [statement["Action"]]
        )
    }
    assert "dynamodb" in actions and actions <= {"dynamodb", "kms", "logs", "xray"}
    for id_, statement in environment.statements():
        assert "cognito" not in str(statement["Action"]), id_


def test_tokens_are_believed_of_our_pool_only(environment):
    told = environment.functions()["access/sign_in"]["Environment"]["Variables"]
    assert "ProviderName" in str(told["STAFF_ISSUER"])
    local = environment.name == "local"
    assert ("amazoncognito.com" in str(told["STAFF_SIGN_IN_URL"])) is not local
    assert "jwks.json" in str(told["STAFF_KEYS_URL"])
