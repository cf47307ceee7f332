"""Nederlands op de pagina's voor geld: de werklijst en een bankregel."""

from __future__ import annotations

WORDS = {
    "desk_money_menu": "Geld",
    "desk_money_title": "Geld dat wacht",
    "desk_money_back": "Terug naar het geld dat wacht",
    "desk_money_to_day": "Klopt de dag? Grootboek, betaaldienst en bank",
    "desk_money_one": "1 post wacht op iemand",
    "desk_money_many": "{count} posten wachten op iemand",
    "desk_money_kinds_line": "Bankregels",
    "desk_money_kinds_payment": "Geld zonder factuur",
    "desk_money_kinds_difference": "Verschillen met een betaaldienst",
    "desk_money_count_one": "1 post",
    "desk_money_count_many": "{count} posten",
    "desk_money_went": "en eraf: {amount}",
    "desk_money_sum_none": "Niets te doen",
    "desk_money_cut": "Er wacht meer dan deze pagina in één keer leest. De bedragen zijn die van "
    "de oudste posten.",
    "desk_money_filter": "Welk geld",
    "desk_money_nameless": "Onbekende betaler",
    "desk_money_no_proposal": "Nog geen voorstel",
    "desk_money_being_matched": "Wordt nu gekoppeld",
    "desk_money_label_payment": "Zonder factuur",
    "desk_money_label_difference": "Verschil",
    "desk_money_both": "{provider}: {theirs}, grootboek: {ours}.",
    "desk_money_nothing": "niets",
    "desk_money_empty_title": "Al het geld heeft zijn plaats",
    "desk_money_empty_text": "Er wacht geen bankregel, geen geld zonder factuur en geen verschil. "
    "Wat nieuw is, komt hier vanzelf.",
    "desk_money_empty_kind": "Van deze soort wacht er niets. Kijk bij Alles wat er nog wel wacht.",
    "desk_money_gone_title": "Deze post is er niet",
    "desk_money_gone_text": "Misschien is hij al langer dan een maand geleden afgehandeld.",
    # one bank line
    "desk_money_line_title": "{amount} van {name}",
    "desk_money_line_back": "{amount} terug naar {name}",
    "desk_money_owner": "Wacht op {name}",
    "desk_money_g_account": "G-rekening",
    "desk_money_bank_title": "Wat de bank zei",
    "desk_money_fact_amount": "Bedrag",
    "desk_money_fact_booked": "Geboekt op",
    "desk_money_fact_value": "Rentedatum",
    "desk_money_fact_payer": "Naam",
    "desk_money_fact_iban": "IBAN",
    "desk_money_fact_behalf": "Namens",
    "desk_money_fact_text": "Omschrijving",
    "desk_money_fact_reference": "Betalingskenmerk",
    "desk_money_fact_end_to_end": "Kenmerk van de betaler",
    "desk_money_fact_mandate": "Machtiging",
    "desk_money_fact_return": "Reden van terugboeking",
    "desk_money_fact_bank_reference": "Kenmerk van de bank",
    "desk_money_fact_account": "Op uw rekening",
    "desk_money_fact_statement": "Afschrift",
    "desk_money_why_title": "Waarom dit niet vanzelf is geboekt",
    "desk_money_score": "score {score} van 100",
    "desk_money_col_invoice": "Factuur",
    "desk_money_col_due": "Uiterlijk",
    "desk_money_col_open": "Open",
    "desk_money_disputed": "Betwist",
    "desk_money_for": "Voor deze facturen",
    "desk_money_open_sum": "Samen open",
    "desk_money_settled": "Niet meer open: {numbers}",
    "desk_money_others": "Wat nog meer openstaat ({count})",
    "desk_money_book_these": "Boek op deze facturen",
    "desk_money_book_debtor": "Boek op deze klant",
    "desk_money_no_proposal_text": "Niets in deze regel wijst een klant aan. Kies hieronder zelf, "
    "of leg de regel opzij.",
    "desk_money_not_bookable": "Dit is geen geld van een betaler. Er is niets om op een factuur te "
    "boeken.",
    "desk_money_look_only": "U kunt dit bekijken. Boeken mag iemand met de rol finance of "
    "kredietbeheerder.",
    # by hand
    "desk_money_hand_title": "Zelf kiezen",
    "desk_money_hand_text": "Verdeel {amount} over een of meer klanten.",
    "desk_money_share": "Klant {nth}",
    "desk_money_debtor": "Klantnummer",
    "desk_money_debtor_hint": "Het nummer zoals het in Kasstroom staat.",
    "desk_money_invoices": "Factuurnummers",
    "desk_money_invoices_hint": "Met een komma ertussen, de eerste wordt het eerst betaald. Leeg: "
    "het geld blijft bij de klant staan.",
    "desk_money_amount": "Bedrag voor deze klant",
    "desk_money_amount_hint": "Leeg is het hele bedrag. Bij meer klanten is leeg: wat van deze "
    "facturen openstaat.",
    "desk_money_look": "Laat zien wat openstaat",
    "desk_money_more": "Nog een klant",
    "desk_money_more_items": "En nog {count} facturen. Typ daarvan het nummer.",
    "desk_money_nothing_open": "Deze klant heeft niets open.",
    "desk_money_hand_button": "Boek zoals ik het verdeel",
    # not a debtor's, and back again
    "desk_money_aside_title": "Geen geld van een klant",
    "desk_money_aside_why": "Wat is het wel?",
    "desk_money_aside_hint": "Bijvoorbeeld kosten, belasting of een eigen overboeking. Dit wordt "
    "bewaard.",
    "desk_money_aside_button": "Leg opzij",
    "desk_money_undo": "Dit klopt niet",
    "desk_money_undo_why": "Waarom haalt u dit terug?",
    "desk_money_undo_hint": "De facturen gaan weer open en de regel wacht weer. Het grootboek "
    "bewaart allebei, met uw reden.",
    "desk_money_undo_button": "Maak ongedaan",
    "desk_money_done_matched": "Geboekt",
    "desk_money_done_cleared": "Hoort bij een uitbetaling",
    "desk_money_done_set_aside": "Opzij gelegd",
    "desk_money_done_by": "Door {name}",
    "desk_money_next": "Naar de volgende",
    "desk_money_history": "Wat er met deze regel gebeurde",
    "desk_money_told": "Ingelezen op {moment}",
    "desk_money_history_none": "Er is nog niets geboekt.",
    "desk_money_on_no_invoice": "nog zonder factuur",
    "desk_money_first_matched": "{who} was u voor: deze regel is al geboekt. Wat u vroeg, is niet "
    "gedaan. Hier staat hoe het nu is.",
    "desk_money_first_set_aside": "{who} was u voor: deze regel ligt opzij. Wat u vroeg, is niet "
    "gedaan. Hier staat hoe het nu is.",
    "desk_money_first_cleared": "Deze regel is al verrekend met een uitbetaling. Wat u vroeg, is "
    "niet gedaan.",
    "desk_money_first_waiting": "Deze regel veranderde terwijl u keek. Wat u vroeg, is niet "
    "gedaan. Kijk hieronder en druk nog een keer als het klopt.",
    # what went wrong
    "desk_money_book_back": "Boek als teruggehaald",
    "desk_money_paid_then": "Betaalde toen: {numbers}. Die gaan weer open.",
    "desk_money_hand_back": "Van welke klant kwam dit terug? Noem facturen als er meer betalingen "
    "passen.",
    "desk_money_said_one_debtor": "Geld dat terugkwam, is van één klant. Noem alleen die.",
    "desk_money_said_payment_not_found": "Klant {debtor} deed geen betaling die dit kan zijn.",
    "desk_money_said_several_payments": "Er passen meer betalingen van klant {debtor}. Noem de "
    "facturen die toen betaald zijn.",
    "desk_money_said_wrong_count": "Vul minstens één klant in, en niet meer dan vijf.",
    "desk_money_said_too_many_invoices": "Dit zijn te veel facturen in één keer. Vul alleen de "
    "klant in en zet het geld daarna op de facturen.",
    "desk_money_said_debtor_twice": "Een klant staat er twee keer. Zet de facturen bij elkaar.",
    "desk_money_said_does_not_add_up": "De delen samen zijn niet het bedrag van de bankregel. "
    "Verdeel precies {amount}.",
    "desk_money_said_invoice_not_found": "Een van deze facturen is niet van klant {debtor}: "
    "{invoices}. Controleer het nummer.",
    "desk_money_said_debtor_not_found": "Klant {debtor} is er niet. Controleer het nummer.",
    "desk_money_said_amount_missing": "Vul in hoeveel voor deze klant is, of voor welke facturen.",
    "desk_money_said_wrong_currency": "Deze regel is in {currency}.",
    "desk_money_said_not_positive": "Vul een bedrag boven nul in.",
    "desk_money_said_invalid_amount": "Dit is geen bedrag. Schrijf het als 1.250,00.",
    "desk_money_said_reason_missing": "Schrijf op waarom. Zonder reden bewaren wij dit niet.",
    "desk_money_said_not_a_receipt": "Alleen geld dat van een betaler binnenkwam, hoort op een "
    "factuur.",
    "desk_money_said_cannot_be_undone": "Dit volgt uit wat de bank zei en kan hier niet terug.",
    "desk_money_said_direct_debit": "Dit is een incasso van uzelf. Die komt alleen via de bank "
    "terug, en wordt dan geboekt.",
    "desk_money_said_went_back": "Een deel van dit geld ging terug naar de betaler. Handel dat "
    "eerst af.",
    "desk_money_said_role_required": "U kunt dit bekijken. Boeken mag iemand met de rol finance of "
    "kredietbeheerder.",
    "desk_money_said_form_outdated": "Deze pagina was van een andere sessie. Er is niets gedaan. "
    "Controleer wat er staat en druk nog een keer.",
    "desk_money_said_changed_meanwhile": "Er veranderde net iets bij deze klant. Er is niets "
    "gedaan. Druk nog een keer.",
    "desk_money_said_malformed_form": "Gebruik een knop van deze pagina. Er is niets gedaan.",
}
