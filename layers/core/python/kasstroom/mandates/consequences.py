"""What a reason of the bank means for the debtor, beside the mandate: an invoice that waits for a
talk, and no word to somebody who has died. Pure."""

from __future__ import annotations

from datetime import datetime

from kasstroom.changes import Changes
from kasstroom.dunning.blocks import with_block
from kasstroom.dunning.model import BlockReason, DunningCase
from kasstroom.dunning.pausing import NewPause, noted
from kasstroom.mandates.collection import Collecting, CollectionLine
from kasstroom.mandates.reasons import HOLDER_DIED, NextStep, reason_of

BY = "kasstroom"


def held_for_talk(collecting: Collecting, line: CollectionLine, code: str) -> Collecting:
    """Who asked for the money back, or refused, is not collected from again unasked."""
    if reason_of(code).next is not NextStep.CONTACT:
        return collecting
    return collecting.with_held(line.invoices, code)


def mourning(case: DunningCase, code: str, now: datetime) -> tuple[Changes, DunningCase]:
    """The holder of the account has died: reminding pauses until a person says otherwise, in the
    history as any pause. Nothing when it pauses for that already."""
    died = any(block.reason == BlockReason.DECEASED for block in case.blocks)
    if code != HOLDER_DIED or died:
        return Changes(), case
    note = "The bank returned a direct debit: the holder of the account has died (MD07)."
    new = NewPause(BlockReason.DECEASED, case.debtor, whole_debtor=True, note=note)
    changes, _, block = noted(case.org, new, BY, now)
    return changes, with_block(case, block, now)
