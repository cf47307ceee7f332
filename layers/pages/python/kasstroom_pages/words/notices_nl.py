"""What a debtor reads before a direct debit, or when one is called off: Dutch, B1, "u"."""

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
    "called_off_subject": "Wij schrijven {amount} niet af op {day}: {creditor}",
    "called_off_title": "Wij schrijven dit bedrag niet af",
    "called_off_text": "Wij zouden op {day} {amount} van uw rekening afschrijven. Dat gaat niet "
    "door. U hoeft nu niets te doen.",
    "called_off_total": "Wij schrijven niet af",
    "called_off_next": "Blijft dit bedrag open? Alleen dan hoort u later weer van ons: u krijgt "
    "een herinnering of wij spreken iets anders met u af.",
    "called_off_question": "Klopt er iets niet? Beantwoord dit bericht{or_call}.",
    "called_off_sms": "{creditor} schrijft op {day} {amount} niet van uw rekening af: {items}. U "
    "hoeft niets te doen. Alleen als het bedrag open blijft, volgt een herinnering of een andere "
    "afspraak. {call}",
}
