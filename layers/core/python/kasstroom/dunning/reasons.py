"""Why a debtor, or an invoice, is left alone: a code and a sentence. The reasons of a pause are
codes of their own (`model.BlockReason`)."""

from __future__ import annotations

from enum import StrEnum

from kasstroom.dunning.model import BlockReason


class Why(StrEnum):
    """What stands in the way that is no pause."""

    NOT_DUE = "not_due"
    NOTHING_DUE = "nothing_due"
    ALL_STEPS_DONE = "all_steps_done"
    FREQUENCY_CAP = "frequency_cap"
    CONTACT_HOURS = "contact_hours"
    TERM_RUNNING = "fourteen_day_term_running"
    PAYMENT_IN_TRANSIT = "payment_in_transit"
    BELOW_MINIMUM = "below_minimum"
    CREDIT_NOTE_NETS = "credit_note_nets"
    MISSING_ADDRESS = "missing_address"
    DISPUTED = "disputed"
    DISPUTED_PART = "disputed_part"
    WAITS_FOR_APPROVAL = "waits_for_approval"
    OTHER_CURRENCY = "other_currency"
    CHOSEN_HOUR = "chosen_hour"


SENTENCES: dict[str, str] = {
    Why.NOT_DUE: "The next step is not due yet.",
    Why.NOTHING_DUE: "Nothing is overdue.",
    Why.ALL_STEPS_DONE: "It has had every step; decide how it goes on.",
    Why.FREQUENCY_CAP: "The debtor was written to or called a short time ago.",
    Why.CONTACT_HOURS: "Nobody is written to at this hour or on this day.",
    Why.TERM_RUNNING: "The term of the fourteen-day letter has not ended.",
    Why.PAYMENT_IN_TRANSIT: "A payment is being made at this moment.",
    Why.BELOW_MINIMUM: "What is overdue is less than the smallest amount reminded of.",
    Why.CREDIT_NOTE_NETS: "Open credit notes take off what is overdue.",
    Why.MISSING_ADDRESS: "There is no address for the channels of this step; add one.",
    Why.DISPUTED: "All of it is disputed; decide on the dispute.",
    Why.DISPUTED_PART: "A part of it is disputed and is not asked for.",
    Why.WAITS_FOR_APPROVAL: "The step waits for somebody to approve it.",
    Why.OTHER_CURRENCY: "It is in another currency; it comes in a message of its own.",
    Why.CHOSEN_HOUR: "It waits for the hour at which this debtor pays most often.",
    BlockReason.PROMISE: "The debtor promised to pay.",
    BlockReason.PAYMENT_PLAN: "There is a payment plan.",
    BlockReason.SAYS_PAID: "The debtor says it was paid; look for the payment.",
    BlockReason.CANNOT_PAY: "The debtor cannot pay now; agree on a plan.",
    BlockReason.MANUAL: "Somebody paused it.",
    BlockReason.VALIDATION: "The data of the debtor have to be checked first.",
    BlockReason.INSOLVENCY: "The debtor is insolvent; file the claim with the trustee.",
    BlockReason.DEBT_COUNSELLING: "The debtor is in debt counselling; talk to the counsellor.",
    BlockReason.DECEASED: "The debtor has died; write to the heirs by hand.",
    BlockReason.IN_PERSON: "A colleague deals with this debtor in person.",
    BlockReason.LEGAL: "It is in a legal procedure.",
    BlockReason.DISPUTE: "The debtor does not agree; decide on the dispute.",
    BlockReason.HANDED_OVER: "It was handed over.",
    BlockReason.DIRECT_DEBIT: "The money is being collected by direct debit.",
    BlockReason.PAYMENT_RETURNED: "A payment came back; the debtor gets a few days.",
}


def sentence(code: str) -> str:
    """What a code means, for people."""
    return SENTENCES.get(code, code.replace("_", " "))
