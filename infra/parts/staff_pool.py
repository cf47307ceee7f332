"""The accounts of the owner's own people: who they are, of which organisation, in which roles."""

from __future__ import annotations

from aws_cdk import Aws, Duration
from aws_cdk import aws_cognito as cognito
from constructs import Construct

from infra.environments import Environment
from infra.parts.bucket import removal
from infra.parts.checklist import accept
from kasstroom.access.id_tokens import ORG_ATTRIBUTE
from kasstroom.access.model import Role

SHORTEST_PASSWORD = 12
INVITATION_DAYS = 7
INVITATION = """U hebt toegang tot Kasstroom. / You have access to Kasstroom.

Inlognaam / user name: {username}
Tijdelijk wachtwoord / temporary password: {####}

U kiest bij de eerste keer een eigen wachtwoord. / You choose your own password the first time."""


class StaffPool(Construct):
    """Nobody signs up by themselves; `infra.onboard person` invites. A person's name and
    organisation never change: two names are four eyes."""

    def __init__(self, scope: Construct, id_: str, *, environment: Environment) -> None:
        super().__init__(scope, id_)
        self._environment = environment
        self.pool = self._pool()
        for role in Role:
            cognito.CfnUserPoolGroup(
                self,
                f"role-{role}",
                user_pool_id=self.pool.user_pool_id,
                group_name=role.value,
                description=f"What {role} may do stands in kasstroom/access/roles.py",
            )
        self._domain = self.pool.add_domain(
            "domain",
            cognito_domain=cognito.CognitoDomainOptions(
                domain_prefix=f"{environment.prefix}-{environment.account or Aws.ACCOUNT_ID}"
            ),
        )

    def _pool(self) -> cognito.UserPool:
        environment = self._environment
        pool = cognito.UserPool(
            self,
            "pool",
            user_pool_name=f"{environment.prefix}-staff",
            self_sign_up_enabled=False,
            sign_in_aliases=cognito.SignInAliases(username=True, email=True),
            sign_in_case_sensitive=False,
            standard_attributes=cognito.StandardAttributes(
                email=cognito.StandardAttribute(required=True, mutable=True)
            ),
            custom_attributes={
                ORG_ATTRIBUTE: cognito.StringAttribute(min_len=2, max_len=31, mutable=False)
            },
            password_policy=cognito.PasswordPolicy(
                min_length=SHORTEST_PASSWORD,
                require_digits=True,
                require_lowercase=True,
                require_uppercase=True,
                require_symbols=True,
                temp_password_validity=Duration.days(INVITATION_DAYS),
            ),
            mfa=cognito.Mfa.REQUIRED if environment.second_factor else cognito.Mfa.OPTIONAL,
            mfa_second_factor=cognito.MfaSecondFactor(otp=True, sms=False),
            account_recovery=cognito.AccountRecovery.EMAIL_ONLY,
            user_invitation=cognito.UserInvitationConfig(
                email_subject="Uw toegang tot Kasstroom / Your access to Kasstroom",
                email_body=INVITATION.replace("\n", "<br>"),
            ),
            deletion_protection=environment.protect_data,
            removal_policy=removal(environment),
        )
        _accept(pool, environment)
        return pool

    @property
    def issuer(self) -> str:
        return f"https://{self.pool.user_pool_provider_name}"

    @property
    def sign_in_url(self) -> str:
        """The embedded AWS serves every pool's pages on its own address."""
        if self._environment.sandbox:
            return self._environment.sandbox.embedded_aws_url
        return self._domain.base_url()

    @property
    def keys_url(self) -> str:
        where = self.issuer
        if self._environment.sandbox:
            where = f"{self._environment.sandbox.embedded_aws_url}/{self.pool.user_pool_id}"
        return f"{where}/.well-known/jwks.json"

    def client(self, scope: Construct, public_url: str, back: str, left: str) -> str:
        """Us, as the pool knows us; its id. Without a secret: the verifier of each sign-in, which
        never leaves our cookie and our server, already proves that a code comes back to who asked
        for it. `back` and `left` are paths of ours."""
        client = cognito.UserPoolClient(
            scope,
            "client",
            user_pool=self.pool,
            user_pool_client_name=f"{self._environment.prefix}-desk",
            generate_secret=False,
            o_auth=cognito.OAuthSettings(
                flows=cognito.OAuthFlows(authorization_code_grant=True),
                scopes=[cognito.OAuthScope.OPENID],
                callback_urls=[f"{public_url}{back}"],
                logout_urls=[f"{public_url}{left}"],
            ),
            supported_identity_providers=[cognito.UserPoolClientIdentityProvider.COGNITO],
            prevent_user_existence_errors=True,
            enable_token_revocation=True,
            id_token_validity=Duration.minutes(5),
            access_token_validity=Duration.minutes(5),
            refresh_token_validity=Duration.hours(1),
            read_attributes=cognito.ClientAttributes().with_custom_attributes(ORG_ATTRIBUTE),
        )
        # The pages only: a token got past them could change what the pool knows of its owner.
        client.node.default_child.explicit_auth_flows = ["ALLOW_REFRESH_TOKEN_AUTH"]
        return client.user_pool_client_id


def _accept(pool: cognito.UserPool, environment: Environment) -> None:
    accept(
        pool,
        "AwsSolutions-COG3",
        "Threat protection is of Cognito's Plus plan, which costs by the person; an owner who wants"
        " it switches the plan on. Nobody can sign up, and production asks a second factor.",
    )
    accept(pool, "AwsSolutions-COG8", "As COG3: the Plus plan is the owner's choice.")
    if not environment.second_factor:
        accept(
            pool,
            "AwsSolutions-COG2",
            "A trial account holds no real data; a second factor is optional there.",
        )
