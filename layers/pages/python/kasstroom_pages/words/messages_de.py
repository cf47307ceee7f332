"""What every message shares, and the short channels: German, "Sie", plain."""

from __future__ import annotations

WORDS = {
    "items_one": "Rechnung {number}",
    "items_two": "Rechnungen {number} und {other}",
    "items_many": "Rechnung {number} und {others} weitere",
    "items_amount_one": "{items} über {amount}",
    "items_amount_many": "{items} ({amount})",
    # mails
    "mail_greeting": "Guten Tag {name},",
    "mail_greeting_nameless": "Guten Tag,",
    "mail_total": "Gesamtbetrag",
    "mail_costs": "Inkassokosten",
    "mail_costs_vat": "Inkassokosten, mit Mehrwertsteuer",
    "mail_interest": "Gesetzliche Zinsen",
    "mail_button": "Ansehen und bezahlen",
    "mail_button_hint": "Auf der Seite wählen Sie selbst: jetzt bezahlen, sagen, dass es "
    "gerade nicht geht, oder melden, dass etwas nicht stimmt.",
    "mail_links": "Oder sagen Sie uns gleich Bescheid:",
    "mail_link_paid": "Ich habe schon bezahlt",
    "mail_link_cannot_pay": "Ich kann nicht bezahlen",
    "mail_link_disagree": "Das stimmt nicht",
    "mail_own_way": "Möchten Sie lieber keinen Knopf drücken?",
    "mail_own_way_type": "Gehen Sie selbst zu {domain} und tippen Sie die ganze Adresse ab:",
    "mail_own_way_transfer": "Oder überweisen Sie den Betrag:",
    "mail_paid": "Haben Sie schon bezahlt? Dann haben sich unsere Nachrichten gekreuzt "
    "und Sie brauchen nichts zu tun.",
    "mail_question": "Stimmt etwas nicht oder können Sie nicht bezahlen? Antworten Sie auf diese "
    "Nachricht{or_call}. Dann suchen wir gemeinsam eine Lösung.",
    "mail_or_call": " oder rufen Sie uns an: {phone}",
    "mail_debt_help": "Haben Sie mehr Rechnungen, als Sie bezahlen können? Sie sind damit nicht "
    "allein. Hilfe bekommen Sie in den Niederlanden bei Geldfit (der niederländischen "
    "Schuldenhilfe) oder bei Ihrer Gemeinde.",
    "mail_closing": "Mit freundlichen Grüßen",
    "mail_pay_by": "Bitte bezahlen Sie bis zum {day} oder sprechen Sie mit uns ab, "
    "wie Sie bezahlen.",
    "mail_pay_now": "Bitte bezahlen Sie jetzt oder sprechen Sie mit uns ab, wie Sie bezahlen.",
    # letters
    "letter_number": "Rechnung",
    "letter_issued": "Rechnungsdatum",
    "letter_due": "Zahlbar bis",
    "letter_open": "Noch offen",
    "letter_question": "Stimmt etwas nicht oder können Sie nicht bezahlen? {ways} "
    "Dann suchen wir gemeinsam eine Lösung.",
    "letter_ways_both": "Rufen Sie uns an ({phone}) oder schreiben Sie an {email}.",
    "letter_ways_phone": "Rufen Sie uns an: {phone}.",
    "letter_ways_mail": "Schreiben Sie an {email}.",
    "letter_links": "Sie können uns auch im Internet sagen, was los ist:",
    "letter_link": "{label}: {url}",
    # SMS: the link closes the text
    "sms_pre_reminder": "{creditor}: bitte denken Sie an {items}. {call}"
    "Zahlen oder antworten: {url}",
    "sms_reminder": "{creditor} erinnert Sie an {items}. {call}Zahlen oder antworten: {url}",
    "sms_second_reminder": "{creditor}: 2. Erinnerung an {items}. {call}"
    "Zahlen oder antworten: {url}",
    "sms_notice": "{creditor}: Ihre Zahlung fehlt: {items}. {call}Zahlen oder antworten: {url}",
    "sms_fourteen_day_letter": "{creditor}: Sie bekommen einen Brief: {items}. {call}"
    "Zur Seite: {url}",
    "sms_final_demand": "{creditor}: letzte Erinnerung: {items}. {call}Zahlen oder reden: {url}",
    "sms_call": "Fragen? {phone}. ",
    # WhatsApp utility templates
    "whatsapp_pre_reminder": "Guten Tag {name}, {creditor} erinnert Sie rechtzeitig an {items}. "
    "Es geht um {amount}. Der Zahlungstag kommt bald.",
    "whatsapp_reminder": "Guten Tag {name}, dies ist eine Erinnerung von {creditor} an {items}. "
    "Es sind noch {amount} offen.",
    "whatsapp_second_reminder": "Guten Tag {name}, dies ist die zweite Erinnerung von {creditor} "
    "an {items}. Es sind noch {amount} offen. Können Sie nicht bezahlen? Sagen Sie uns Bescheid.",
    "whatsapp_notice": "Guten Tag {name}, {creditor} hat noch keine Zahlung für {items} gesehen. "
    "Es sind {amount} offen. Bitte bezahlen Sie oder sprechen Sie mit uns ab, wie Sie bezahlen.",
    "whatsapp_fourteen_day_letter": "Guten Tag {name}, Sie bekommen von {creditor} einen Brief "
    "über {items}. Es sind {amount} offen. Bitte lesen Sie den Brief gut: Darin steht, was Sie "
    "tun können.",
    "whatsapp_final_demand": "Guten Tag {name}, dies ist die letzte Erinnerung von {creditor} an "
    "{items}. Es sind noch {amount} offen. Bitte bezahlen Sie oder sprechen Sie mit uns ab, "
    "wie Sie bezahlen.",
    "whatsapp_close": "Mit dem Knopf unten können Sie bezahlen oder antworten. Sie können den "
    "Betrag auch selbst überweisen: {iban}, Verwendungszweck {reference}. "
    "Wir fragen nie nach Ihrer PIN und bitten Sie nie, sich zu verifizieren.",
    "whatsapp_button": "Ansehen und bezahlen",
    # thanks
    "thanks_subject": "Danke, wir haben {amount} erhalten: {creditor}",
    "thanks_title": "Danke, Ihre Zahlung ist da",
    "thanks_text": "Wir haben {amount} von Ihnen erhalten: {items}.",
    "thanks_done": "Davon ist nichts mehr offen. Sie brauchen nichts mehr zu tun.",
    "thanks_rest": "Es sind noch {amount} offen. Die können Sie später bezahlen.",
    "thanks_question": "Haben Sie eine Frage? Antworten Sie auf diese Nachricht{or_call}.",
    "thanks_sms": "Danke. {creditor} hat {amount} von Ihnen erhalten: {items}. {rest}",
    "thanks_sms_done": "Sie brauchen nichts mehr zu tun.",
    "thanks_whatsapp": "Guten Tag {name}, danke. {creditor} hat {amount} von Ihnen erhalten: "
    "{items}. Auf diese Nachricht brauchen Sie nicht zu antworten.",
}
