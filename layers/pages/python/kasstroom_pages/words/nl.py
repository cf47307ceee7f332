"""Nederlands, met u, B1."""

from __future__ import annotations

WORDS = {
    # every page
    "page_title": "Betaal uw factuur",
    "preview_title": "Betaalpagina",
    "preview_text": "Bekijk wat er openstaat en betaal via uw eigen bank.",
    "kvk": "KvK {number}",
    "test_mode": "Testomgeving",
    "check_domain": "Controleer altijd of het adres begint met <strong>{domain}</strong>.",
    "never_ask": "Wij vragen nooit om uw pincode of om u te verifiëren.",
    # what is owed
    "to_pay": "Te betalen",
    "days_late_one": "1 dag over de betaaldatum",
    "days_late_many": "{days} dagen over de betaaldatum",
    "due_today": "Vandaag is de betaaldatum",
    "days_left_one": "U hebt nog 1 dag",
    "days_left_many": "U hebt nog {days} dagen",
    "invoice": "Factuur {number}",
    "credit_note": "Creditnota {number}",
    "due_on": "betaaldatum {day}",
    "lines_label": "Wat er openstaat",
    "still_open": "Er staat open",
    "instalment": "Termijn {number} van {of}, te betalen uiterlijk op {day}.",
    "part_of": "Dit is een deel van de {amount} die openstaat.",
    "free_label": "Hoeveel wilt u betalen?",
    "free_hint": "Van {least} tot en met {most}.",
    "free_hint_most": "Ten hoogste {most}.",
    "free_oldest": "U betaalt eerst de oudste factuur.",
    "free_amount_missing": "Vul in hoeveel u wilt betalen.",
    "free_amount_unread": "Dit lezen wij niet als een bedrag. Schrijf het zoals 125 of 125,50.",
    "free_amount_too_low": "U kunt niet minder betalen dan {least}.",
    "free_amount_too_high": "Er staat {most} open. Vul dat in, of minder.",
    "pay_button_other": "Betalen met {method}",
    "method_wero": "Wero",
    "method_bancontact": "Bancontact",
    "method_creditcard": "kaart",
    "method_paypal": "PayPal",
    "method_kbc": "KBC",
    "method_belfius": "Belfius",
    "pay_button": "Betalen met iDEAL\u00a0|\u00a0Wero",
    "pay_hint": "U gaat naar de beveiligde omgeving van uw eigen bank.",
    "not_online": "Dit bedrag kunt u niet online betalen. Maak het over naar onze rekening.",
    "expires_on": "Deze pagina werkt tot en met {day}.",
    # notices above the amount
    "notice_not_paid": "Uw betaling is niet afgerond. Er is geen geld afgeschreven. "
    "U kunt het opnieuw proberen.",
    "notice_amount_changed": "Het bedrag is veranderd sinds u deze pagina opende. "
    "Hieronder staat wat u nu nog moet betalen.",
    "notice_still_pending": "Wij wachten nog op bericht van uw bank over uw vorige betaling. "
    "Hebt u al betaald? Dan hoeft u nu niets te doen.",
    "notice_press_again": "Deze pagina stond te lang open. Druk nog een keer op de knop.",
    # bank transfer
    "transfer_only": "Zelf overmaken",
    "transfer_title": "Liever zelf overmaken?",
    "transfer_hint": "Neem deze gegevens precies over. Dan zien wij meteen dat u hebt betaald.",
    "iban": "IBAN",
    "account_name": "Op naam van",
    "amount": "Bedrag",
    "reference": "Kenmerk",
    "qr_title": "QR-code met de gegevens voor een overboeking",
    "qr_hint": "Scan met de app van uw bank. Niet elke bank-app leest deze code.",
    # help
    "help_title": "Hulp nodig?",
    "help_paid": "Ik heb al betaald",
    "help_parts": "Betalen in delen",
    "help_wrong": "Klopt dit niet?",
    "help_question": "Vraag stellen",
    "help_subject_paid": "Ik heb al betaald, kenmerk {reference}",
    "help_subject_parts": "Ik wil in delen betalen, kenmerk {reference}",
    "help_subject_wrong": "Dit klopt niet, kenmerk {reference}",
    "help_subject_question": "Vraag, kenmerk {reference}",
    "help_call": "Liever bellen? {phone}",
    # back from the bank
    "state_paid_title": "Bedankt, uw betaling is binnen",
    "state_paid_text": "U hoeft niets meer te doen. U kunt deze pagina bewaren of afdrukken.",
    "state_part_paid_title": "Bedankt, uw betaling is binnen",
    "state_part_paid_text": "Er staat nog {amount} open. U kunt dat nu of later betalen.",
    "state_pending_title": "Wij wachten op uw bank",
    "state_pending_text": "Dit duurt meestal een paar tellen. Deze pagina kijkt zelf of uw "
    "betaling binnen is. U hoeft niet nog een keer te betalen.",
    "state_processing_title": "Bedankt, uw betaling is binnen",
    "state_processing_text": "Wij verwerken uw betaling nu. U hoeft niets meer te doen "
    "en niet nog een keer te betalen.",
    "state_slow_title": "Uw bank doet er langer over",
    "state_slow_text": "Wij hebben nog geen bericht van uw bank. Is het geld afgeschreven? "
    "Dan hoeft u niets te doen: wij verwerken uw betaling zodra het bericht er is.",
    "state_failed_title": "De betaling is niet gelukt",
    "state_failed_text": "Er is geen geld afgeschreven. Probeer het opnieuw, "
    "of maak het bedrag zelf over.",
    "state_canceled_title": "U bent gestopt met betalen",
    "state_canceled_text": "Er is geen geld afgeschreven. U kunt later verdergaan met "
    "dezelfde link.",
    "state_expired_title": "De tijd om te betalen is voorbij",
    "state_expired_text": "Uw bank heeft de betaling gestopt, omdat het te lang duurde. "
    "Er is geen geld afgeschreven.",
    "refresh_now": "Nu kijken",
    "back_to_pay": "Terug naar betalen",
    "pay_rest": "De rest betalen",
    "proof_amount": "Betaald",
    "proof_date": "Datum",
    "proof_creditor": "Aan",
    "proof_invoices": "Facturen",
    "proof_invoice": "Factuur",
    "proof_remaining": "Nog open",
    "nothing_title": "Er staat niets meer open",
    "nothing_text": "Deze link is betaald. U hoeft niets meer te doen.",
    # problems
    "gone_title": "Deze link werkt niet",
    "gone_text": "Misschien is de link verlopen, is het bedrag al betaald of hebt u een nieuwere "
    "link gekregen. Kijk in het laatste bericht dat u kreeg.",
    "gone_next": "Komt u er niet uit? Bel of mail het bedrijf dat u de factuur stuurde. "
    "Gebruik het telefoonnummer of mailadres dat op uw factuur staat.",
    "busy_title": "Even wachten",
    "busy_text": "Deze pagina is in korte tijd te vaak geopend.",
    "busy_next": "Wacht een minuut en probeer het dan opnieuw.",
    "method_title": "Dit kan hier niet",
    "method_text": "Deze pagina begrijpt uw vraag niet.",
    "method_next": "Open de link uit uw bericht opnieuw.",
    "error_title": "Er ging bij ons iets mis",
    "error_text": "Dit ligt niet aan u. Er is niets afgeschreven door deze fout.",
    "error_next": "Probeer het over een paar minuten opnieuw.",
    "error_code": "Code voor als u ons belt of mailt: {code}",
    "trouble_title": "Betalen via uw bank lukt nu even niet",
    "trouble_text": "Er is geen geld afgeschreven. Probeer het over een paar minuten opnieuw, "
    "of maak het bedrag zelf over.",
    "trouble_retry": "Opnieuw proberen",
    # messages: shared
    "items_one": "factuur {number}",
    "items_two": "facturen {number} en {other}",
    "items_many": "factuur {number} en {others} andere",
    "items_amount_one": "{items} van {amount}",
    "items_amount_many": "{items} ({amount})",
    "mail_greeting": "Beste {name},",
    "mail_greeting_nameless": "Beste heer of mevrouw,",
    "mail_total": "Totaal te betalen",
    "mail_button": "Bekijken en betalen",
    "mail_button_hint": "Op de pagina kiest u zelf: nu betalen, betalen in delen, "
    "melden dat iets niet klopt of een vraag stellen.",
    "mail_own_way": "Liever niet op een knop drukken?",
    "mail_own_way_type": "Ga zelf naar {domain} en typ het hele adres over:",
    "mail_own_way_transfer": "Of maak het bedrag over:",
    "mail_paid": "Hebt u al betaald? Dan hebben onze berichten elkaar gekruist "
    "en hoeft u niets te doen.",
    "mail_question": "Klopt er iets niet of lukt betalen niet? Beantwoord dit bericht{or_call}. "
    "Dan zoeken wij samen een oplossing.",
    "mail_or_call": " of bel {phone}",
    "mail_closing": "Met vriendelijke groet,",
    # messages: the three steps
    "mail_reminder_subject": "Herinnering: {items} van {creditor}",
    "mail_reminder_title": "Een herinnering aan uw factuur",
    "mail_reminder_text": "Misschien is het u ontgaan: voor {items} hebben wij nog geen betaling "
    "gezien. Wilt u ernaar kijken?",
    "mail_reminder_early_title": "De betaaldatum komt eraan",
    "mail_reminder_early_text": "Wij herinneren u graag op tijd aan {items}. "
    "De betaaldatum is {day}.",
    "mail_second_reminder_subject": "Tweede herinnering: {items} van {creditor}",
    "mail_second_reminder_title": "Tweede herinnering",
    "mail_second_reminder_text": "Wij schreven u eerder over {items}. Wij hebben nog geen betaling "
    "gezien. Wilt u betalen, of ons laten weten wat er aan de hand is?",
    "mail_final_demand_subject": "Laatste herinnering: {items} van {creditor}",
    "mail_final_demand_title": "Laatste herinnering",
    "mail_final_demand_text": "Wij schreven u al vaker over {items}. Het bedrag staat nog open. "
    "{pay_by}",
    "mail_pay_by": "Wilt u uiterlijk op {day} betalen of met ons afspreken hoe u gaat betalen?",
    "mail_pay_now": "Wilt u nu betalen of met ons afspreken hoe u gaat betalen?",
    "mail_final_demand_next": "Wat gebeurt er als wij niets van u horen? Dan beslist een "
    "medewerker over het vervolg. Wij kunnen een incassobureau vragen om ons te helpen. "
    "Dat doen wij niet zonder dat u daarover eerst een aparte brief van ons krijgt.",
    # SMS: the link closes the text
    "sms_reminder": "{creditor} herinnert u aan {items}. {call}Betaal of reageer: {url}",
    "sms_second_reminder": "{creditor}: 2e herinnering voor {items}. {call}"
    "Betaal of reageer: {url}",
    "sms_final_demand": "{creditor}: laatste herinnering voor {items}. {call}"
    "Betaal of overleg: {url}",
    "sms_call": "Vragen? {phone}. ",
    # WhatsApp utility templates
    "whatsapp_reminder": "Beste {name}, dit is een herinnering van {creditor} aan {items}. "
    "Er staat nog {amount} open.",
    "whatsapp_second_reminder": "Beste {name}, dit is de tweede herinnering van {creditor} aan "
    "{items}. Er staat nog {amount} open. Lukt betalen niet? Laat het ons weten.",
    "whatsapp_final_demand": "Beste {name}, dit is de laatste herinnering van {creditor} aan "
    "{items}. Er staat nog {amount} open. Wilt u betalen of met ons afspreken hoe u gaat betalen?",
    "whatsapp_close": "Betalen of reageren kan met de knop hieronder. Zelf overmaken kan ook: "
    "{iban}, kenmerk {reference}. Wij vragen nooit om uw pincode of om u te verifiëren.",
    "whatsapp_button": "Bekijken en betalen",
    # documentation
    "docs_title": "API-documentatie",
}
