"""What has to be there before the first customer: the organisation, a key, the provider's key."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from typing import Any

from infra.local.deploy import client
from infra.local.running import Environment
from kasstroom.access.model import EVERYTHING, KEY_PREFIXES, ApiKey
from kasstroom.changes import Changes
from kasstroom.ids import digest
from kasstroom.organisations.model import Organisation
from kasstroom.settings import TableSettings

ORG = "vandijk"
WHATSAPP_ACCOUNT = "waba-vandijk"
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


@dataclass(frozen=True)
class Access:
    org: str
    api_key: str


def seed(environment: Environment) -> Access:
    """Once per set of books; the key is kept for the owner of this machine."""
    known = environment.place.read("access.json")
    if known.get("org") and _organisation_exists(environment):
        return Access(known["org"], known["api_key"])
    access = Access(ORG, KEY_PREFIXES["test"] + secrets.token_urlsafe(24))
    _book(environment, access)
    _give_provider_key(environment)
    _verify_sender(environment)
    _register_templates(environment)
    environment.place.write("access.json", {"org": access.org, "api_key": access.api_key})
    return access


def books(environment: Environment) -> Any:
    """The product's own adapter on the deployed table."""
    from kasstroom_aws.books import BooksTable

    return BooksTable(TableSettings(table_name=environment.outputs["TableName"]))


def _organisation_exists(environment: Environment) -> bool:
    return books(environment).find(Organisation, ORG) is not None


def _book(environment: Environment, access: Access) -> None:
    now = environment.clock.now()
    key = ApiKey(
        org=access.org,
        key_hash=digest(access.api_key),
        name="demo webshop",
        mode="test",
        scopes=(EVERYTHING,),
        created_at=now,
    )
    table = books(environment)
    if not _organisation_exists(environment):
        table.commit(Changes(create=(ORGANISATION,)))
    table.commit(Changes(create=(key,)))


def _give_provider_key(environment: Environment) -> None:
    """Beside the `webhook_key` that the stack generated, which is kept."""
    manager, secret = environment.aws("secretsmanager"), environment.outputs["ProviderSecretArn"]
    held = json.loads(manager.get_secret_value(SecretId=secret)["SecretString"])
    organisations = held.setdefault("organisations", {})
    organisations[ORG] = {"mollie": {"api_key": f"test_{secrets.token_hex(15)}"}}
    manager.put_secret_value(SecretId=secret, SecretString=json.dumps(held))


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
