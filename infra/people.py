"""Accounts of people in the pool of an environment: made, changed, and taken away."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

from kasstroom.access.id_tokens import ORG_CLAIM, username

NONE = "none"
NAME = re.compile(r"[a-z][a-z0-9-]{0,39}\Z")
EMAIL = re.compile(r"[^@\s,;<>]{1,64}@[^@\s,;<>]+\.[^@\s,;<>.]{2,}\Z")


@dataclass(frozen=True)
class Account:
    """`roles` empty: no access."""

    org: str
    name: str
    email: str
    roles: tuple[str, ...]

    @property
    def username(self) -> str:
        return username(self.org, self.name)


def person(org: str, name: str, email: str, roles: tuple[str, ...]) -> Account:
    """SystemExit, with what to give, for a name or an address that cannot be one."""
    if not NAME.match(name):
        raise SystemExit("--name has 1 to 40 lower-case letters, digits or dashes, such as anna.")
    if roles and not EMAIL.match(email):
        raise SystemExit("Give --email: the address where this person reads their invitation.")
    return Account(org, name, email.lower(), roles)


def put(cognito: Any, pool: str, account: Account, password: str = "") -> str:
    """Makes the account, or changes it to this; what to tell. Running it again completes what was
    half done. With a `password` nobody is invited: for this machine only."""
    try:
        found = _found(cognito, pool, account)
        if not account.roles:
            return _taken_away(cognito, pool, account, found)
        if found is None:
            _made(cognito, pool, account, password)
        else:
            _changed(cognito, pool, account, found)
        _in_roles(cognito, pool, account)
    except ClientError as error:
        raise SystemExit(_told(error, account)) from None
    held = f"{account.name} of {account.org} is {', '.join(account.roles)}"
    if found is None and not password:
        return f"{held}. An invitation went to {account.email}; it works for seven days."
    return f"{held}. Changed roles count within half an hour."


def _found(cognito: Any, pool: str, account: Account) -> dict[str, Any] | None:
    try:
        return cognito.admin_get_user(UserPoolId=pool, Username=account.username)
    except cognito.exceptions.UserNotFoundException:
        return None


def _made(cognito: Any, pool: str, account: Account, password: str) -> None:
    invited = {"MessageAction": "SUPPRESS"} if password else {"DesiredDeliveryMediums": ["EMAIL"]}
    who = {"UserPoolId": pool, "Username": account.username}
    given = [*_address(account), {"Name": ORG_CLAIM, "Value": account.org}]
    cognito.admin_create_user(**who, UserAttributes=given, **invited)
    if password:
        cognito.admin_set_user_password(**who, Password=password, Permanent=True)


def _changed(cognito: Any, pool: str, account: Account, found: dict[str, Any]) -> None:
    who = {"UserPoolId": pool, "Username": account.username}
    known = {one["Name"]: one["Value"] for one in found["UserAttributes"]}
    if known.get("email") != account.email:
        cognito.admin_update_user_attributes(**who, UserAttributes=_address(account))
    if not found["Enabled"]:
        cognito.admin_enable_user(**who)


def _address(account: Account) -> list[dict[str, str]]:
    """Verified: an administrator says so, and one can sign in with it."""
    return [
        {"Name": "email", "Value": account.email},
        {"Name": "email_verified", "Value": "true"},
    ]


def _in_roles(cognito: Any, pool: str, account: Account) -> None:
    """What goes, goes first: an interrupted change never leaves more than was meant."""
    who = {"UserPoolId": pool, "Username": account.username}
    held = {one["GroupName"] for one in cognito.admin_list_groups_for_user(**who)["Groups"]}
    for role in sorted(held - set(account.roles)):
        cognito.admin_remove_user_from_group(**who, GroupName=role)
    for role in sorted(set(account.roles) - held):
        cognito.admin_add_user_to_group(**who, GroupName=role)


def _taken_away(cognito: Any, pool: str, account: Account, found: dict[str, Any] | None) -> str:
    if found is None:
        raise SystemExit(f"{account.org} has no account called {account.name}.")
    _in_roles(cognito, pool, account)
    cognito.admin_disable_user(UserPoolId=pool, Username=account.username)
    cognito.admin_user_global_sign_out(UserPoolId=pool, Username=account.username)
    return (
        f"{account.name} of {account.org} has no access any more, at the latest in half an hour."
        " A personal key of theirs, if there is one, still works."
    )


def _told(error: ClientError, account: Account) -> str:
    code, said = error.response["Error"]["Code"], error.response["Error"]["Message"]
    if code in ("AliasExistsException", "UsernameExistsException"):
        return f"{account.email} is already the address of another account. Give another one."
    if code == "ResourceNotFoundException":
        return "The accounts of this environment are not there yet. Deploy it first."
    return f"The account of {account.name} was not changed: {said} ({code})"
