"""Which entity lies under which key. One row per kind; bodies are the entity's own JSON."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kasstroom.access.answers import Answer
from kasstroom.access.model import ApiKey
from kasstroom.changes import Reference
from kasstroom.credit.model import CreditAccount, Decision, Reservation
from kasstroom.debtors.model import Debtor, Listed
from kasstroom.dunning.model import DunningCase
from kasstroom.imports.model import Import
from kasstroom.invoices.model import Invoice
from kasstroom.messages.model import Message
from kasstroom.organisations.model import Organisation
from kasstroom.payments.model import (
    BookedPayment,
    Entry,
    PaymentAttempt,
    PaymentLink,
    UnmatchedMoney,
)
from kasstroom_aws.keys import debtor_pk, org_pk, reference_pk

Key = tuple[str, str]


@dataclass(frozen=True)
class Kind:
    """`key(org, debtor, id)` gives pk and sk; `facts(entity)` gives those three."""

    name: str
    key: Callable[[str, str, str], Key]
    facts: Callable[[Any], tuple[str, str, str]]
    ttl_days: int | None = None


def _of_debtor(name: str, sk: str, id_field: str = "") -> Kind:
    """An item in the debtor's partition: `sk` alone, or `sk#id` where there can be many."""
    if not id_field:
        return Kind(
            name,
            lambda org, debtor, _: (debtor_pk(org, debtor), sk),
            lambda entity: (entity.org, entity.debtor, ""),
        )
    return Kind(
        name,
        lambda org, debtor, id: (debtor_pk(org, debtor), f"{sk}#{id}"),
        lambda entity: (entity.org, entity.debtor, getattr(entity, id_field)),
    )


KINDS: dict[type, Kind] = {
    Debtor: Kind(
        "debtor",
        lambda org, debtor, _: (debtor_pk(org, debtor), "DEBTOR"),
        lambda debtor: (debtor.org, debtor.number, ""),
    ),
    CreditAccount: _of_debtor("credit_account", "CREDIT"),
    DunningCase: _of_debtor("dunning_case", "DUNNING"),
    Invoice: _of_debtor("invoice", "INV", "number"),
    Entry: _of_debtor("entry", "ENT", "id"),
    Reservation: _of_debtor("reservation", "RSV", "id"),
    Decision: _of_debtor("decision", "DEC", "id"),
    PaymentLink: _of_debtor("payment_link", "LNK", "id"),
    PaymentAttempt: _of_debtor("payment_attempt", "PAY", "id"),
    Message: _of_debtor("message", "MSG", "id"),
    UnmatchedMoney: _of_debtor("unmatched_money", "UNM", "id"),
    Reference: Kind(
        "reference",
        lambda org, kind, value: (reference_pk(org, kind, value), "REF"),
        lambda reference: (reference.org, reference.kind, reference.value),
    ),
    Organisation: Kind(
        "organisation",
        lambda org, *_: (org_pk(org), "SETTINGS"),
        lambda organisation: (organisation.org, "", ""),
    ),
    Listed: Kind(
        "listed_debtor",
        lambda org, _, number: (org_pk(org), f"DEB#{number}"),
        lambda listed: (listed.org, "", listed.number),
    ),
    BookedPayment: Kind(
        "booked_payment",
        lambda org, day, id: (f"PMT#{org}#{day}", f"PAY#{id}"),
        lambda booked: (booked.org, booked.day.isoformat(), booked.id),
    ),
    Import: Kind(
        "import",
        lambda org, _, id: (org_pk(org), f"IMP#{id}"),
        lambda entity: (entity.org, "", entity.id),
    ),
    ApiKey: Kind(
        "api_key", lambda _, __, id: (f"KEY#{id}", "KEY"), lambda key: ("", "", key.key_hash)
    ),
    Answer: Kind(
        "answer",
        lambda org, _, id: (f"ANS#{org}#{id}", "ANSWER"),
        lambda answer: (answer.org, "", answer.key),
        ttl_days=7,
    ),
}


def key_of(entity: Any) -> Key:
    kind = KINDS[type(entity)]
    return kind.key(*kind.facts(entity))
