"""What a debtor reads before a direct debit, or when one is called off: Frisian, "jo"."""

from __future__ import annotations

WORDS = {
    "notice_subject": "Wy skriuwe {amount} ôf op {day}: {creditor}",
    "notice_title": "Wy skriuwe meikoarten jild ôf",
    "notice_text": "Op {day} skriuwe wy {amount} ôf fan jo rekken dy't einiget op {account}. "
    "Jo hawwe ús dêr in machtiging foar jûn. Jo hoege neat te dwaan.",
    "notice_enough": "Soargje dat der op dy dei genôch jild op jo rekken stiet.",
    "notice_total": "Wy skriuwe ôf",
    "notice_day": "Datum",
    "notice_mandate": "Skaaimerk machtiging",
    "notice_creditor_id": "Ynkassant-ID",
    "notice_account": "Jo rekken",
    "notice_account_end": "einiget op {account}",
    "notice_refund": "Binne jo it net iens mei de ôfskriuwing? Jo kinne it jild binnen 8 wiken "
    "fia jo bank weromkrije.",
    "notice_question": "Kloppet der wat net? Antwurdzje op dit berjocht{or_call}, leafst foar "
    "{day}.",
    "notice_sms": "{creditor} skriuwt op {day} {amount} ôf fan jo rekken (einiget op {account}) "
    "foar {items}. Machtiging {mandate}, ynkassant {creditor_id}. {call}",
    "called_off_subject": "Wy skriuwe {amount} net ôf op {day}: {creditor}",
    "called_off_title": "Wy skriuwe dit bedrach net ôf",
    "called_off_text": "Wy soene op {day} {amount} fan jo rekken ôfskriuwe. Dat giet net troch. Jo "
    "hoege no neat te dwaan.",
    "called_off_total": "Wy skriuwe net ôf",
    "called_off_next": "Bliuwt dit bedrach iepenstean? Allinnich dan hearre jo letter wer fan ús: "
    "jo krije in oantinken of wy sprekke wat oars mei jo ôf.",
    "called_off_question": "Kloppet der wat net? Antwurdzje op dit berjocht{or_call}.",
    "called_off_sms": "{creditor} skriuwt op {day} {amount} net fan jo rekken ôf: {items}. Jo "
    "hoege neat te dwaan. Allinnich as it bedrach iepen bliuwt, folget in oantinken of in oare "
    "ôfspraak. {call}",
}
