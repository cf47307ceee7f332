"""A mandate goes on with another account of the same debtor; the bank is told with the next
collection (SDD Core and B2B Rulebooks: Same Mandate, New Debtor Account).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from kasstroom.access.model import Actor
from kasstroom.changes import Changes, Command
from kasstroom.errors import Conflict, Refused
from kasstroom.events.mandates import MandateAmended
from kasstroom.mandates.identifiers import bare, is_sepa_iban
from kasstroom.mandates.model import Mandate, MandateState
from kasstroom.mandates.registering import LONGEST_HOLDER, mandate_of
from kasstroom.ports import Books
from kasstroom.text import has_unseen
from kasstroom.time import day_of

OF_THE_ACCOUNT = frozenset({"AC01", "AC04", "AG01"})
"""Reasons of the bank that are about the account alone: with another one it can be used again."""


@dataclass(frozen=True, slots=True)
class Amendment(Command):
    """`evidence` says where it can be found that the debtor asked for it; `holder` empty: the same
    name."""

    iban: str
    evidence: str
    holder: str = ""


def amend(
    books: Books, org: str, id: str, new: Amendment, actor: Actor, now: datetime
) -> tuple[Changes, Mandate]:
    """Nothing when it is the account already. Refused with the field to fix; Conflict for a mandate
    that ended for another reason than its account."""
    found = mandate_of(books, org, id)
    after = amended(found, new, now)
    if (after.iban, after.holder) == (found.iban, found.holder):
        return Changes(), found
    event = MandateAmended(
        org=org, debtor=found.debtor, subject=id, at=now, reference=found.reference, by=actor.name,
        account_end=after.iban[-4:], account_end_before=found.iban[-4:],
    )  # fmt: skip
    return Changes(update=(after,), events=(event,)), after


def amended(mandate: Mandate, new: Amendment, now: datetime) -> Mandate:
    """Pure. A mandate the bank has never seen is simply written with the other account."""
    iban, holder = bare(new.iban), (new.holder or mandate.holder)[:LONGEST_HOLDER]
    if not is_sepa_iban(iban):
        detail = "This is not an account in SEPA; check it, such as NL91 ABNA 0417 1643 00."
        raise Refused("invalid_iban", detail, "/body/iban")
    if has_unseen(holder):
        detail = "There are characters in this name that nobody can see; type it again."
        raise Refused("forbidden_character", detail, "/body/holder")
    if not new.evidence:
        detail = "Say where it can be found that the debtor asked for this, such as a mail's date."
        raise Refused("evidence_missing", detail, "/body/evidence")
    of_account = mandate.state is MandateState.SUSPENDED and mandate.reason in OF_THE_ACCOUNT
    if mandate.state_on(day_of(now)) is not MandateState.ACTIVE and not of_account:
        detail = f"This mandate is {mandate.state_on(day_of(now))}; have the debtor sign a new one."
        raise Conflict("mandate_ended", detail)
    other = iban != mandate.iban
    return replace(
        mandate, iban=iban, holder=holder, state=MandateState.ACTIVE, ended_at=None, reason="",
        tell_account=mandate.tell_account or (other and mandate.collections > 0),
        evidence="; ".join(filter(None, (mandate.evidence, new.evidence)))[-500:],
    )  # fmt: skip
