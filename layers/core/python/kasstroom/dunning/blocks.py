"""Pauses of a case, set and lifted. Pure; who asked for it stands in the history (`pausing`)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from kasstroom.dunning.model import Block, DunningCase
from kasstroom.dunning.scheduling import rescheduled


def blocking(case: DunningCase, now: datetime) -> Block | None:
    """The pause that holds the whole case longest, if any."""
    holding = [block for block in case.blocks if block.holds(now)]
    return max(holding, key=_lasts, default=None)


def with_block(case: DunningCase, block: Block, now: datetime) -> DunningCase:
    """Paused; a pause of the books takes the place of its own earlier one."""
    others = tuple(b for b in case.blocks if b.id or b.reason != block.reason or block.id)
    return rescheduled(replace(case, blocks=(*others, block)), now)


def without_reason(case: DunningCase, reason: str, now: datetime) -> DunningCase:
    """The books' own pause for this reason lifted; a person's stays."""
    blocks = tuple(b for b in case.blocks if b.id or b.reason != reason)
    return rescheduled(replace(case, blocks=blocks), now) if blocks != case.blocks else case


def without_id(case: DunningCase, id: str, now: datetime) -> DunningCase:
    """One pause lifted, of the case or of one of its invoices."""
    items = tuple(
        replace(item, blocks=tuple(b for b in item.blocks if b.id != id)) for item in case.items
    )
    blocks = tuple(b for b in case.blocks if b.id != id)
    return rescheduled(replace(case, blocks=blocks, items=items), now)


def with_item_block(case: DunningCase, number: str, block: Block, now: datetime) -> DunningCase:
    items = tuple(
        replace(item, blocks=(*item.blocks, block)) if item.number == number else item
        for item in case.items
    )
    return rescheduled(replace(case, items=items), now)


def _lasts(block: Block) -> tuple[bool, float]:
    return block.until is None, block.until.timestamp() if block.until else 0.0
