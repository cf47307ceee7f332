"""The organisation's own accounts: a statement of any other account is not booked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from kasstroom.access.model import Actor, Role
from kasstroom.bank.model import AccountKind, BankAccount
from kasstroom.bank.quarantine import Quarantined
from kasstroom.changes import Changes, Command
from kasstroom.errors import Refused
from kasstroom.organisations.model import Organisation
from kasstroom.ports import Books

_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}\Z")
_LOCAL = re.compile(r"[A-Z0-9]{5,34}\Z")
_WITH_CURRENCY = re.compile(r"([A-Z0-9]*[0-9])[A-Z]{3}\Z")
MOST_ACCOUNTS = 100


@dataclass(frozen=True, slots=True)
class NameAccount(Command):
    """`name` is what people call it, such as `ABN AMRO current account`. Without `kind` it stays
    what it is, and a new account is a current one."""

    name: str = ""
    kind: AccountKind | None = None


@dataclass(frozen=True, slots=True)
class AccountPage:
    items: tuple[BankAccount, ...]


def account_key(text: str) -> str:
    """Upper case without blanks and marks, and without the currency some banks put behind it:
    `NL69 INGB 0123 4567 89EUR` is `NL69INGB0123456789`."""
    key = re.sub(r"[^A-Z0-9]", "", text.upper())
    shorter = _WITH_CURRENCY.match(key)
    return shorter[1] if shorter and not is_iban(key) else key


def is_iban(text: str) -> bool:
    """Whether the check digits of an IBAN are right (ISO 13616, modulo 97)."""
    if not _IBAN.match(text):
        return False
    return int("".join(str(int(c, 36)) for c in text[4:] + text[:4])) % 97 == 1


def own_iban(own: Iterable[str], text: str) -> str | None:
    """The account of ours a bank means; older formats name it by its local number only."""
    key, known = account_key(text), set(own)
    if key in known:
        return key
    local = [iban for iban in known if key.isdigit() and _local(iban) == key.lstrip("0")]
    return local[0] if len(local) == 1 else None


def _local(iban: str) -> str:
    """The account number inside an IBAN: `NL02ABNA0123456789` holds 123456789."""
    return iban[4:].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ").lstrip("0")


def accounts(books: Books, org: str) -> tuple[BankAccount, ...]:
    """All accounts; the one of the organisation's settings is always among them."""
    known = books.listing(BankAccount, org, after="", limit=MOST_ACCOUNTS)
    settings = books.find(Organisation, org)
    learned = account_key(settings.iban) if settings else ""
    if learned and learned not in {account.iban for account in known}:
        known.append(BankAccount(org, learned))
    return tuple(known)


def g_accounts(books: Books, org: str) -> frozenset[str]:
    """The IBANs of those on which hirers pay part of an invoice."""
    known = books.listing(BankAccount, org, after="", limit=MOST_ACCOUNTS)
    return frozenset(account.iban for account in known if account.kind is AccountKind.G_ACCOUNT)


def own_account(known: tuple[BankAccount, ...], text: str, position: str) -> BankAccount:
    """Quarantined for an account that is not ours: whoever can send a file could invent money."""
    by_iban = {account.iban: account for account in known}
    found = own_iban(by_iban, text)
    if found:
        return by_iban[found]
    key = account_key(text) or "(none)"
    detail = (
        f"this statement is of account {key}, which is not one of yours. Add it with"
        f" PUT /v1/bank-accounts/{key} and send the file again."
    )
    raise Quarantined("unknown_account", detail, position)


def put(
    books: Books, org: str, iban: str, data: NameAccount, actor: Actor
) -> tuple[Changes, BankAccount]:
    """Adds or names an account of our own (a person). Refused for a mistyped IBAN."""
    actor.must_be(Role.CREDIT_MANAGER)
    key = account_key(iban)
    looks_like_iban = key[:2].isalpha() and key[2:4].isdigit()
    if not _LOCAL.match(key) or (looks_like_iban and not is_iban(key)):
        detail = f"{iban!r} is not an IBAN: check its digits, such as NL91ABNA0417164300."
        raise Refused("invalid_iban", detail, "/path/iban")
    found = books.find(BankAccount, org, id=key)
    if found is None:
        if len(books.listing(BankAccount, org, after="", limit=MOST_ACCOUNTS)) == MOST_ACCOUNTS:
            raise Refused("too_many_accounts", f"There are {MOST_ACCOUNTS} accounts already.")
        made = BankAccount(org, key, data.name, kind=data.kind or AccountKind.CURRENT)
        return Changes(create=(made,)), made
    named = replace(found, name=data.name, kind=data.kind or found.kind)
    return (Changes(update=(named,)) if named != found else Changes()), named
