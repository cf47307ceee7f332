"""What a debtor reads before a direct debit: Dutch, B1, "u"."""

from __future__ import annotations

WORDS = {
    "notice_subject": "Wij schrijven {amount} af op {day}: {creditor}",
    "notice_title": "Wij schrijven binnenkort geld af",
    "notice_text": "Op {day} schrijven wij {amount} af van uw rekening die eindigt op {account}. "
    "U hebt ons daar een machtiging voor gegeven. U hoeft niets te doen.",
    "notice_enough": "Zorg dat er op die dag genoeg geld op uw rekening staat.",
    "notice_total": "Wij schrijven af",
    "notice_day": "Datum",
    "notice_mandate": "Kenmerk machtiging",
    "notice_creditor_id": "Incassant-ID",
    "notice_account": "Uw rekening",
    "notice_account_end": "eindigt op {account}",
    "notice_refund": "Bent u het niet eens met de afschrijving? U kunt het geld binnen 8 weken "
    "door uw bank laten terugstorten.",
    "notice_question": "Klopt er iets niet? Beantwoord dit bericht{or_call}, liefst voor {day}.",
    "notice_sms": "{creditor} schrijft op {day} {amount} af van uw rekening (eindigt op "
    "{account}) voor {items}. Machtiging {mandate}, incassant {creditor_id}. {call}",
}
