"""What a debtor reads before a direct debit, or when one is called off: English, B1."""

from __future__ import annotations

WORDS = {
    "notice_subject": "We will collect {amount} on {day}: {creditor}",
    "notice_title": "We will collect money from your account",
    "notice_text": "On {day} we will collect {amount} from your account that ends in {account}. "
    "You gave us a mandate to do so. You do not have to do anything.",
    "notice_enough": "Please make sure that there is enough money in your account on that day.",
    "notice_total": "We will collect",
    "notice_day": "Date",
    "notice_mandate": "Mandate reference",
    "notice_creditor_id": "Creditor identifier",
    "notice_account": "Your account",
    "notice_account_end": "ends in {account}",
    "notice_refund": "Do you not agree with the collection? You can ask your bank to pay the money "
    "back within 8 weeks.",
    "notice_question": "Is something wrong? Please reply to this message{or_call}, if possible "
    "before {day}.",
    "notice_sms": "{creditor} will collect {amount} on {day} from your account (ends in "
    "{account}) for {items}. Mandate {mandate}, creditor {creditor_id}. {call}",
    "called_off_subject": "We will not collect {amount} on {day}: {creditor}",
    "called_off_title": "We will not collect this amount",
    "called_off_text": "We were going to collect {amount} from your account on {day}. We will not "
    "do that. You do not have to do anything now.",
    "called_off_total": "We will not collect",
    "called_off_next": "Does this amount stay open? Only then you will hear from us again: you get "
    "a reminder, or we agree on something else with you.",
    "called_off_question": "Is something wrong? Please reply to this message{or_call}.",
    "called_off_sms": "{creditor} will not collect {amount} from your account on {day}: {items}. "
    "You do not have to do anything. Only if the amount stays open, a reminder or another "
    "agreement follows. {call}",
}
