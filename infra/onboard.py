"""An organisation, its API keys, people and payment provider on a deployed environment.

    python -m infra.onboard organisation --environment sandbox --org vandijk --name "Van Dijk" \\
        --kvk 12345678 --city Utrecht --iban NL91ABNA0417164300 --email-from facturen@vandijk.nl
    python -m infra.onboard key --environment sandbox --org vandijk --name webshop
    python -m infra.onboard key --environment sandbox --org vandijk --name anna \\
        --roles credit_manager    (a person's own key, to sign in at /desk)
    python -m infra.onboard person --environment sandbox --org vandijk --name anna \\
        --email anna@vandijk.nl --roles "credit_manager finance"    (an account, to sign in at
        /desk; again with other roles: they change; with --roles none: no access any more)
    python -m infra.onboard register --environment sandbox --org vandijk --name creditsafe
    python -m infra.onboard mollie --environment sandbox --org vandijk    (asks for the key)
    python -m infra.onboard settings --environment sandbox --org vandijk \\
        --set providers=mollie,stripe --set small_difference_minor=5

It works with the AWS credentials of the shell and shows an API key once: what is stored is its
fingerprint.
"""

from __future__ import annotations

import argparse
import getpass
import json
import re
import secrets
import sys
from datetime import UTC, datetime
from typing import Any

from infra import organisation_settings, people
from kasstroom.access.model import EVERYTHING, KEY_PREFIXES, ApiKey, Role
from kasstroom.changes import Changes
from kasstroom.errors import KasstroomError
from kasstroom.ids import digest
from kasstroom.organisations.model import Organisation
from kasstroom.ports import Books
from kasstroom.settings import TableSettings

MODES = {"sandbox": "test", "production": "live"}
ORG = re.compile(r"[a-z][a-z0-9-]{1,30}\Z")
MOLLIE_KEY = re.compile(r"(live|test)_\w{10,}\Z")
FIELDS = ("name", "kvk", "city", "iban", "email_from")
REGISTERS = {
    "kvk": ("api_key",),
    "vies": ("requester",),
    "creditsafe": ("username", "password", "portfolio", "report_cost_minor"),
    "insolvency": ("api_key",),
    "sanctions": ("api_key",),
    "allianz_trade": ("api_key",),
    "stripe": ("api_key", "webhook_secret"),
    "mollie": ("access_token", "webhook_secret"),
}
"""What a register, bureau, insurer or other payment provider wants to know of us; `requester` is
our own VAT number, `webhook_secret` what the provider signs its events to
`/webhooks/{stripe,mollie}/{org}` with, and Mollie's `access_token` reads settlements and events."""
OPTIONAL = ("phone", "website", "sms_sender", "whatsapp_sender", "brand_colour")


def new_key(
    books: Books,
    org: str,
    name: str,
    mode: str,
    scopes: tuple[str, ...],
    now: datetime,
    roles: tuple[str, ...] = (),
) -> str:
    """Makes an API key and returns it; only its fingerprint is kept. A person's has `roles`."""
    key = KEY_PREFIXES[mode] + secrets.token_urlsafe(24)
    made = ApiKey(org, digest(key), name, mode, scopes, now, roles=roles)
    books.commit(Changes(create=(made,)))
    return key


def give_provider_key(manager: Any, secret: str, org: str, provider: str, api_key: str) -> None:
    give_credentials(manager, secret, org, provider, {"api_key": api_key})


def give_credentials(
    manager: Any, secret: str, org: str, provider: str, given: dict[str, str]
) -> None:
    """Beside the `webhook_key` that the stack generated, and beside what was given before."""
    held = json.loads(manager.get_secret_value(SecretId=secret)["SecretString"])
    mine = held.setdefault("organisations", {}).setdefault(org, {})
    mine[provider] = mine.get(provider, {}) | given
    manager.put_secret_value(SecretId=secret, SecretString=json.dumps(held))


def outputs(environment: str) -> dict[str, str]:
    """What the data stack of an environment says it made; SystemExit when it is not deployed."""
    import boto3
    from botocore.exceptions import BotoCoreError, ClientError

    name = f"kasstroom-{environment}-data"
    try:
        (stack,) = boto3.client("cloudformation").describe_stacks(StackName=name)["Stacks"]
    except (ClientError, BotoCoreError) as error:
        raise SystemExit(f"The stack {name} cannot be read ({error}). Deploy it first.") from None
    return {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}


def _organisation(asked: argparse.Namespace, books: Books) -> str:
    given = {name: getattr(asked, name) for name in (*FIELDS, *OPTIONAL) if getattr(asked, name)}
    missing = [f"--{name.replace('_', '-')}" for name in FIELDS if name not in given]
    if missing:
        raise SystemExit(f"Give {', '.join(missing)} too.")
    mode = MODES[asked.environment]
    books.commit(Changes(create=(Organisation(asked.org, **given, mode=mode),)))
    return f"{given['name']} is there. Next: make a key for it."


def _key(asked: argparse.Namespace, books: Books) -> str:
    books.get(Organisation, asked.org)
    scopes = tuple(asked.scopes.split())
    roles = _roles(asked)
    mode = MODES[asked.environment]
    key = new_key(books, asked.org, asked.name or "api", mode, scopes, datetime.now(UTC), roles)
    return f"This key is shown once:\n{key}"


def _roles(asked: argparse.Namespace) -> tuple[str, ...]:
    """A person's roles; four eyes are two names, so a key with roles is one person's."""
    roles = tuple(asked.roles.split())
    unknown = sorted(set(roles) - set(Role))
    if unknown:
        raise SystemExit(f"There is no role {unknown[0]}; choose from: {', '.join(Role)}.")
    if roles and not asked.name:
        raise SystemExit("Give --name too: a key with roles belongs to one person.")
    return roles


def _person(asked: argparse.Namespace, books: Books) -> str:
    import boto3

    books.get(Organisation, asked.org)
    if not asked.roles:
        raise SystemExit(f"Give --roles: {', '.join(Role)}, or none to take access away.")
    taken_away = asked.roles == people.NONE
    roles = () if taken_away else _roles(asked)
    person = people.person(asked.org, asked.name or "", asked.email or "", roles)
    pool = outputs(asked.environment)["StaffPoolId"]
    return people.put(boto3.client("cognito-idp"), pool, person)


def _mollie(asked: argparse.Namespace, books: Books) -> str:
    import boto3

    books.get(Organisation, asked.org)
    key = getpass.getpass("Mollie API key: ") if sys.stdin.isatty() else sys.stdin.readline()
    found = MOLLIE_KEY.match(key.strip())
    if found is None or found[1] != MODES[asked.environment]:
        mode = MODES[asked.environment]
        raise SystemExit(f"That is not a Mollie {mode} key: it starts with {mode}_.")
    secret = outputs(asked.environment)["ProviderSecretArn"]
    manager = boto3.client("secretsmanager")
    give_provider_key(manager, secret, asked.org, "mollie", key.strip())
    return "Mollie is connected. The functions read the key within five minutes."


def _register(asked: argparse.Namespace, books: Books) -> str:
    """The credentials come as one line of JSON, so that none is in the shell's history."""
    import boto3

    books.get(Organisation, asked.org)
    wanted = REGISTERS.get(asked.name or "")
    if wanted is None:
        raise SystemExit(f"Give --name: one of {', '.join(REGISTERS)}.")
    hint = f"{asked.name} as JSON with {', '.join(wanted)}: "
    line = getpass.getpass(hint) if sys.stdin.isatty() else sys.stdin.readline()
    try:
        given = json.loads(line)
    except ValueError:
        given = None
    if not isinstance(given, dict) or not all(isinstance(v, str) for v in given.values()):
        raise SystemExit("That is not a JSON object of texts.")
    if set(given) != set(wanted):
        raise SystemExit(f"Give exactly {', '.join(wanted)}.")
    secret = outputs(asked.environment)["ProviderSecretArn"]
    give_credentials(boto3.client("secretsmanager"), secret, asked.org, asked.name, given)
    return f"{asked.name} is connected. The functions read this within five minutes."


def _settings(asked: argparse.Namespace, books: Books) -> str:
    import boto3

    wanted = organisation_settings.given(asked.set)
    before = books.get(Organisation, asked.org)
    after = organisation_settings.changed(before, wanted)
    if after != before:
        books.commit(Changes(update=(after,)))
    if order := organisation_settings.order_of(wanted):
        manager, secret = boto3.client("secretsmanager"), outputs(asked.environment)
        held = json.loads(
            manager.get_secret_value(SecretId=secret["ProviderSecretArn"])["SecretString"]
        )
        held.setdefault("organisations", {}).setdefault(asked.org, {})["order"] = order
        manager.put_secret_value(
            SecretId=secret["ProviderSecretArn"], SecretString=json.dumps(held)
        )
    return f"Set: {', '.join(wanted)}. The functions read it within five minutes."


COMMANDS = {
    "organisation": _organisation,
    "key": _key,
    "person": _person,
    "mollie": _mollie,
    "register": _register,
    "settings": _settings,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="infra.onboard", description=__doc__.split("\n")[0])
    parser.add_argument("command", choices=COMMANDS)
    parser.add_argument("--environment", choices=MODES, required=True)
    parser.add_argument("--org", required=True, help="a short name, such as vandijk")
    parser.add_argument("--scopes", default=EVERYTHING, help="such as debtors:read invoices:write")
    parser.add_argument("--set", action="append", default=[], help="name=value, of settings")
    parser.add_argument("--email", help="of a person with an account")
    parser.add_argument("--roles", default="", help=f"a person's: {' '.join(Role)}")
    for name in (*FIELDS, *OPTIONAL):
        parser.add_argument(f"--{name.replace('_', '-')}")
    asked = parser.parse_args()
    if not ORG.match(asked.org):
        raise SystemExit("--org has 2 to 31 lower-case letters, digits or dashes.")
    from kasstroom_aws.books import BooksTable

    books = BooksTable(TableSettings(outputs(asked.environment)["TableName"]))
    try:
        print(COMMANDS[asked.command](asked, books))
    except KasstroomError as error:
        raise SystemExit(error.detail) from None


if __name__ == "__main__":
    main()
