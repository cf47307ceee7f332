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
    "held_back": "Over {amount} zoeken wij nog iets uit. Dat hoeft u nu niet te betalen.",
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
    # documentation
    "docs_title": "API-documentatie",
}
