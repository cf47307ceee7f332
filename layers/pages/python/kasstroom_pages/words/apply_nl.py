"""De aanvraag voor kopen op rekening: Nederlands, met u, B1."""

from __future__ import annotations

WORDS = {
    "apply_title": "Kopen op rekening aanvragen",
    "apply_intro": "Wilt u bij {creditor} op rekening kopen en later betalen? Vul dan deze "
    "gegevens in. Dat duurt ongeveer vijf minuten.",
    "apply_intro_until": "Versturen kan tot en met {day}. Wat niet verplicht is, staat erbij.",
    "apply_preview_title": "Aanvraag",
    "apply_preview_text": "Vul uw aanvraag in of bekijk hoe het ermee staat.",
    "apply_other_language": "Andere taal",
    "apply_fault_forbidden_character": "Hier staat een teken dat niemand kan zien. Wij hebben "
    "het weggehaald. Controleer wat er nu staat.",
    "apply_fault_prefix": "Let op: ",
    # sections
    "apply_you": "Over u",
    "apply_company": "Uw bedrijf",
    "apply_address": "Adres",
    "apply_contact": "Met wie kunnen wij overleggen?",
    "apply_wish": "Wat u aanvraagt",
    "apply_consent": "Uw gegevens",
    # fields
    "apply_optional": "niet verplicht",
    "apply_label_name": "Naam van het bedrijf",
    "apply_label_own_name": "Uw naam",
    "apply_label_legal_form": "Rechtsvorm",
    "apply_label_kvk": "KvK-nummer",
    "apply_label_vat": "Btw-nummer",
    "apply_label_street": "Straat",
    "apply_label_house_number": "Huisnummer",
    "apply_label_postcode": "Postcode",
    "apply_label_city": "Plaats",
    "apply_label_country": "Land",
    "apply_label_contact_name": "Naam",
    "apply_label_email": "E-mailadres",
    "apply_label_phone": "Telefoonnummer",
    "apply_label_requested": "Tot welk bedrag wilt u op rekening kopen?",
    "apply_label_terms_days": "Binnen hoeveel dagen wilt u betalen?",
    "apply_label_iban": "IBAN",
    "apply_label_consent": "Ik heb dit gelezen en ga akkoord met de controle van mijn gegevens.",
    "apply_hint_kvk": "Acht cijfers. Vul ze in als u in Nederland bent ingeschreven.",
    "apply_hint_vat": "Bijvoorbeeld NL004495445B01. Buiten Nederland is dit verplicht.",
    "apply_hint_house_number": "Met toevoeging, zoals 25-1a.",
    "apply_hint_requested": "In euro's, zoals 5.000.",
    "apply_hint_iban": "De rekening waarmee u gaat betalen.",
    "apply_choose": "Kies een rechtsvorm",
    "apply_no_preference": "Geen voorkeur",
    "apply_days": "{days} dagen",
    "apply_form_bv": "Besloten vennootschap (bv)",
    "apply_form_nv": "Naamloze vennootschap (nv)",
    "apply_form_foundation": "Stichting",
    "apply_form_association": "Vereniging",
    "apply_form_cooperative": "Coöperatie",
    "apply_form_vof": "Vennootschap onder firma (vof)",
    "apply_form_maatschap": "Maatschap",
    "apply_form_cv": "Commanditaire vennootschap (cv)",
    "apply_form_other": "Anders",
    # privacy and consent
    "apply_privacy": "{creditor} gebruikt deze gegevens om te beslissen of u op rekening kunt "
    "kopen. Daarvoor kunnen wij ze vergelijken met openbare registers en bij een kredietbureau "
    "navragen hoe het bedrijf ervoor staat.",
    "apply_privacy_person": "{creditor} gebruikt deze gegevens om te beslissen of u op rekening "
    "kunt kopen. Daarvoor kunnen wij ze vergelijken met openbare registers en bij een "
    "kredietbureau navragen. Alleen een medewerker kan uw aanvraag afwijzen, nooit een computer.",
    "apply_privacy_kept": "Krijgt u geen krediet, dan bewaren wij de gegevens nog vier maanden. "
    "U mag uw gegevens inzien, verbeteren en laten wissen.",
    "apply_privacy_link": "Lees hoe {creditor} met gegevens omgaat",
    "apply_send": "Aanvraag versturen",
    "apply_save": "Bewaren en later verdergaan",
    "apply_save_hint": "U gaat later verder met dezelfde link.",
    # notices
    "apply_notice_saved": "Uw gegevens zijn bewaard. U kunt later verdergaan met dezelfde link, "
    "tot en met {day}.",
    "apply_notice_again": "Deze pagina stond te lang open, of u hebt de aanvraag in een ander "
    "venster bewaard. Kijk of alles nog klopt en verstuur de aanvraag nog een keer.",
    "apply_notice_too_large": "Wat u verstuurde, is te groot. Het mag niet meer zijn dan 32 kB. "
    "Hier staat wat wij van u hebben. Maak uw tekst korter en verstuur de aanvraag nog een keer.",
    "apply_notice_unread": "Wij konden niet lezen wat u verstuurde. Hier staat wat wij van u "
    "hebben. Vul het formulier opnieuw in.",
    # what is wrong
    "apply_faults_one": "Er is nog 1 ding dat niet klopt",
    "apply_faults_many": "Er zijn nog {count} dingen die niet kloppen",
    "apply_missing_name": "Vul de naam van het bedrijf in.",
    "apply_missing_own_name": "Vul uw naam in.",
    "apply_missing_legal_form": "Kies de rechtsvorm van het bedrijf.",
    "apply_missing_kvk": "Vul het KvK-nummer in: acht cijfers.",
    "apply_missing_vat": "Vul het btw-nummer in. Dat is nodig voor een bedrijf buiten Nederland.",
    "apply_missing_street": "Vul de straat in.",
    "apply_missing_house_number": "Vul het huisnummer in.",
    "apply_missing_postcode": "Vul de postcode in.",
    "apply_missing_city": "Vul de plaats in.",
    "apply_missing_contact_name": "Vul de naam in van iemand met wie wij kunnen overleggen.",
    "apply_missing_email": "Vul een e-mailadres in.",
    "apply_missing_requested": "Vul het bedrag in waarvoor u op rekening wilt kopen.",
    "apply_fault_too_long": "Deze tekst is te lang. Maak hem korter.",
    "apply_fault_invalid_kvk": "Een KvK-nummer heeft acht cijfers. Kijk op uw uittreksel van de "
    "KvK.",
    "apply_fault_invalid_vat": "Dit btw-nummer kan niet kloppen. Controleer de cijfers en het "
    "land.",
    "apply_fault_vat_is_private": "Vul uw btw-id in, het nummer dat op uw facturen staat. Uw "
    "oudere btw-nummer bevat uw burgerservicenummer en mogen wij niet bewaren.",
    "apply_fault_invalid_legal_form": "Kies een rechtsvorm uit de lijst.",
    "apply_fault_invalid_house_number": "Begin het huisnummer met cijfers, zoals 25 of 25-1a.",
    "apply_fault_invalid_postcode": "Deze postcode kan niet kloppen. Een Nederlandse postcode "
    "heeft vier cijfers en twee letters, zoals 3511 ED.",
    "apply_fault_invalid_country": "Kies een land uit de lijst.",
    "apply_fault_invalid_email": "Dit e-mailadres kan niet kloppen. Schrijf het zoals "
    "naam@bedrijf.nl.",
    "apply_fault_invalid_phone": "Dit telefoonnummer kan niet kloppen. Schrijf het zoals "
    "06 12345678 of +31 6 12345678.",
    "apply_fault_invalid_iban": "Dit IBAN kan niet kloppen. Controleer de cijfers.",
    "apply_fault_invalid_amount": "Vul een bedrag in euro's in dat hoger is dan nul, zoals 5.000.",
    "apply_fault_amount_too_large": "Vul een bedrag in van ten hoogste 10 miljoen euro.",
    "apply_fault_invalid_terms": "Kies een aantal dagen uit de lijst.",
    "apply_fault_consent_missing": "Vink aan dat u akkoord gaat. Zonder uw akkoord mogen wij uw "
    "gegevens niet controleren.",
    # what became of it
    "apply_reference": "Aanvraagnummer",
    "apply_submitted_on": "Verstuurd op",
    "apply_decided_on": "Besluit van",
    "apply_withdrawn_on": "Ingetrokken op",
    "apply_limit": "Op rekening tot",
    "apply_terms": "Betalen binnen",
    "apply_submitted_title": "Uw aanvraag is verstuurd",
    "apply_submitted_text": "{creditor} bekijkt uw aanvraag, meestal binnen drie werkdagen. U "
    "hoeft nu niets te doen.",
    "apply_submitted_next": "Bewaar de link van deze pagina. Hier ziet u straks ook het besluit.",
    "apply_approved_title": "Uw aanvraag is goedgekeurd",
    "apply_approved_text": "U kunt vanaf nu bij {creditor} op rekening kopen.",
    "apply_approved_next": "Bij elke bestelling kijken wij of er genoeg ruimte is.",
    "apply_rejected_title": "Uw aanvraag is niet goedgekeurd",
    "apply_rejected_text": "{creditor} heeft uw aanvraag bekeken en kan het gevraagde krediet nu "
    "niet geven. U kunt wel bestellen en meteen betalen.",
    "apply_rejected_next": "Klopt er volgens u iets niet, of is er iets veranderd? Neem dan "
    "contact op.",
    "apply_rejected_person": "Een medewerker heeft dit besluit genomen. U hebt recht op uitleg van "
    "een medewerker, u mag zeggen wat u ervan vindt en u mag vragen om het opnieuw te bekijken.",
    "apply_withdrawn_title": "De aanvraag is ingetrokken",
    "apply_withdrawn_text": "Er gebeurt niets meer met deze aanvraag.",
    "apply_withdrawn_next": "Wilt u later toch op rekening kopen? Vraag {creditor} dan om een "
    "nieuwe link.",
    "apply_expired_title": "De tijd voor deze aanvraag is voorbij",
    "apply_expired_text": "Wat u had ingevuld, bewaren wij niet.",
    "apply_expired_next": "Wilt u toch op rekening kopen? Vraag {creditor} dan om een nieuwe link.",
    "apply_gone_title": "Deze link werkt niet",
    "apply_gone_text": "Misschien is de link verlopen, of is niet de hele link meegekomen. "
    "Open de link nog een keer vanuit het bericht dat u kreeg.",
    "apply_gone_next": "Komt u er niet uit? Vraag het bedrijf waar u op rekening wilt kopen om "
    "een nieuwe link.",
    "apply_back": "Terug naar {creditor}",
    "apply_withdraw_title": "Aanvraag intrekken",
    "apply_withdraw_text": "Wij kijken dan niet meer naar uw aanvraag. Dit kunt u niet ongedaan "
    "maken. U kunt later wel een nieuwe aanvraag doen.",
    "apply_withdraw_button": "Ja, ik trek de aanvraag in",
}
