"""What has to be there before the first customer: the organisation, a key, the provider's key."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from infra.local.deploy import client
from infra.local.payment_providers import connect
from infra.local.running import Environment
from infra.local.staff import seed_staff
from infra.onboard import give_credentials, new_key
from kasstroom.access.model import EVERYTHING, Role
from kasstroom.changes import Changes
from kasstroom.organisations.model import Organisation
from kasstroom.settings import TableSettings

ORG = "vandijk"
WHATSAPP_ACCOUNT = "waba-vandijk"
REGISTERS = {
    "kvk": {"api_key": "sandbox"},
    "vies": {"requester": "NL800000006B01"},
    "creditsafe": {
        "username": "vandijk", "password": "sandbox", "portfolio": "1", "report_cost_minor": "195",
    },
    "insolvency": {"api_key": "sandbox"},
    "sanctions": {"api_key": "sandbox"},
    "allianz_trade": {"api_key": "at_test_vandijk"},
}  # fmt: skip
"""The sandbox's registers and insurer let everybody in who says who they are."""
ORGANISATION = Organisation(
    org=ORG,
    name="Van Dijk Bouwmaterialen B.V.",
    kvk="12345678",
    city="Utrecht",
    iban="NL91ABNA0417164300",
    email_from="facturen@vandijk.example",
    phone="+31302001234",
    website="https://www.vandijk.example",
    sms_sender="VanDijk",
    whatsapp_sender="phone-number-id-vandijk",
)


PEOPLE = {
    "anna": (Role.CREDIT_MANAGER,),
    "bram": (Role.CREDIT_MANAGER,),
    "carla": (Role.COLLECTOR,),
}
"""Two credit managers, because four eyes are two names, and who calls and posts letters."""


@dataclass(frozen=True)
class Access:
    """The webshop's key, the personal keys by name, and the roles of who has an account: both open
    the desk."""

    org: str
    api_key: str
    people: dict[str, str]
    staff: dict[str, str] = field(default_factory=dict)


def seed(environment: Environment) -> Access:
    """Once per set of books; the key is kept for the owner of this machine."""
    known, staff = environment.place.read("access.json"), seed_staff(environment, ORG)
    if set(known.get("people", {})) >= set(PEOPLE) and _organisation_exists(environment):
        return Access(known["org"], known["api_key"], known["people"], staff)
    table, now = books(environment), environment.clock.now()
    if not _organisation_exists(environment):
        table.commit(Changes(create=(ORGANISATION,)))
    key = lambda name, roles=(): new_key(table, ORG, name, "test", (EVERYTHING,), now, roles)  # noqa: E731
    people = {name: key(name, roles) for name, roles in PEOPLE.items()}
    access = Access(ORG, key("demo webshop"), people, staff)
    _give_provider_key(environment)
    _verify_sender(environment)
    _register_templates(environment)
    environment.place.write("access.json", asdict(access))
    return access


def books(environment: Environment) -> Any:
    """The product's own adapter on the deployed table."""
    from kasstroom_aws.books import BooksTable

    return BooksTable(TableSettings(table_name=environment.outputs["TableName"]))


def _organisation_exists(environment: Environment) -> bool:
    return books(environment).find(Organisation, ORG) is not None


def _give_provider_key(environment: Environment) -> None:
    manager, secret = environment.aws("secretsmanager"), environment.outputs["ProviderSecretArn"]
    connect(environment, manager, secret, ORG)
    for register, given in REGISTERS.items():
        give_credentials(manager, secret, ORG, register, given)


def _verify_sender(environment: Environment) -> None:
    """The embedded AWS, like the real one, refuses a sender it does not know."""
    ses = environment.aws("sesv2")
    known = {identity["IdentityName"] for identity in _identities(ses)}
    if ORGANISATION.email_from not in known:
        ses.create_email_identity(EmailIdentity=ORGANISATION.email_from)


def _register_templates(environment: Environment) -> None:
    """Meta knows a WhatsApp template before it may be used; the sandbox approves at once."""
    from kasstroom_pages.messages import whatsapp_templates

    endpoint = f"{environment.ports.sandbox_url}/whatsapp"
    social = client("socialmessaging", environment.ports, endpoint)
    for definition in whatsapp_templates(environment.ports.product_url):
        social.create_whatsapp_message_template(
            id=WHATSAPP_ACCOUNT, templateDefinition=json.dumps(definition).encode()
        )


def _identities(ses: Any) -> list[dict[str, Any]]:
    return ses.list_email_identities()["EmailIdentities"]
