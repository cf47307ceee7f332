"""What a debtor reads before a direct debit, or when one is called off: German, "Sie", plain."""

from __future__ import annotations

WORDS = {
    "notice_subject": "Wir buchen am {day} {amount} ab: {creditor}",
    "notice_title": "Wir buchen bald Geld ab",
    "notice_text": "Am {day} buchen wir {amount} von Ihrem Konto ab, das auf {account} endet. "
    "Sie haben uns dafür ein Mandat gegeben. Sie brauchen nichts zu tun.",
    "notice_enough": "Bitte sorgen Sie dafür, dass an diesem Tag genug Geld auf Ihrem Konto ist.",
    "notice_total": "Wir buchen ab",
    "notice_day": "Datum",
    "notice_mandate": "Mandatsreferenz",
    "notice_creditor_id": "Gläubiger-ID",
    "notice_account": "Ihr Konto",
    "notice_account_end": "endet auf {account}",
    "notice_refund": "Sind Sie mit der Abbuchung nicht einverstanden? Sie können das Geld "
    "innerhalb von 8 Wochen über Ihre Bank zurückholen.",
    "notice_question": "Stimmt etwas nicht? Antworten Sie auf diese Nachricht{or_call}, möglichst "
    "vor dem {day}.",
    "notice_sms": "{creditor} bucht am {day} {amount} von Ihrem Konto ab (endet auf {account}): "
    "{items}. Mandat {mandate}, Gläubiger {creditor_id}. {call}",
    "called_off_subject": "Wir buchen {amount} am {day} nicht ab: {creditor}",
    "called_off_title": "Wir buchen diesen Betrag nicht ab",
    "called_off_text": "Wir wollten am {day} {amount} von Ihrem Konto abbuchen. Das machen wir "
    "nicht. Sie brauchen jetzt nichts zu tun.",
    "called_off_total": "Wir buchen nicht ab",
    "called_off_next": "Bleibt dieser Betrag offen? Nur dann hören Sie wieder von uns: Sie "
    "bekommen eine Erinnerung oder wir vereinbaren etwas anderes mit Ihnen.",
    "called_off_question": "Stimmt etwas nicht? Antworten Sie auf diese Nachricht{or_call}.",
    "called_off_sms": "{creditor} bucht am {day} {amount} nicht von Ihrem Konto ab: {items}. Sie "
    "brauchen nichts zu tun. Nur wenn der Betrag offen bleibt, folgt eine Erinnerung oder eine "
    "andere Vereinbarung. {call}",
}
