"""What a debtor reads when they answer a message: Dutch, B1, "u"."""

from __future__ import annotations

WORDS = {
    "reply_about": "Het gaat om",
    "reply_which_paid": "Welke facturen hebt u betaald?",
    "reply_which_disagree": "Welke facturen kloppen niet?",
    "reply_optional": "niet verplicht",
    "reply_back": "Terug naar de betaalpagina",
    "reply_other_paid": "Hebt u nog een factuur betaald?",
    "reply_other_disagree": "Klopt er nog een factuur niet?",
    "reply_fault_none": "Kies minstens één factuur.",
    "reply_fault_day": "Deze datum kunnen wij niet lezen. Schrijf bijvoorbeeld 28-8-2026.",
    "reply_fault_future": "Deze dag moet nog komen. Vul de dag in waarop u hebt betaald.",
    "reply_fault_account": "Vul de laatste vier tekens van uw IBAN in, of laat het leeg.",
    "reply_fault_long": "Dit is te lang. U kunt hoogstens {most} tekens gebruiken.",
    "reply_fault_unseen": "Er staat een teken in dat wij niet kunnen lezen. Typ het opnieuw.",
    "reply_fault_reason": "Kies wat er niet klopt.",
    "reply_fault_many": "U koos meer dan één factuur. Laat het bedrag leeg, of kies er één.",
    # already paid
    "reply_paid_title": "U hebt al betaald",
    "reply_paid_text": "Laat het weten, dan zoeken wij uw betaling op. U krijgt er {days} dagen "
    "geen herinnering over.",
    "reply_paid_on": "Wanneer hebt u betaald?",
    "reply_paid_account": "Van welke rekening? De laatste vier tekens van het IBAN",
    "reply_paid_hint": "Zo vinden wij uw betaling sneller.",
    "reply_paid_button": "Ik heb al betaald",
    "reply_paid_done": "Dank u wel. Wij zoeken uw betaling op",
    "reply_paid_done_text": "U liet op {day} weten dat u hebt betaald. Tot {until} krijgt u hier "
    "geen herinnering over.",
    "reply_paid_next": "Vinden wij uw betaling, dan hoeft u niets te doen. Vinden wij hem niet, "
    "dan schrijven wij u na {until}.",
    "reply_paid_over": "Wij hebben uw betaling nog niet gevonden",
    "reply_paid_over_text": "U liet op {day} weten dat u hebt betaald. Stuur ons een "
    "betaalbewijs of bel ons. Dan zoeken wij het samen uit.",
    # cannot pay
    "reply_cannot_pay_title": "U kunt nu niet betalen",
    "reply_cannot_pay_text": "Dat kan iedereen overkomen. Laat het weten, dan neemt een collega "
    "contact met u op om een oplossing te zoeken. U krijgt {days} dagen geen herinneringen.",
    "reply_cannot_pay_said": "Wat kunt u wel?",
    "reply_cannot_pay_hint": "Bijvoorbeeld: ik kan elke maand 50 euro betalen. Schrijf niets over "
    "uw gezondheid.",
    "reply_cannot_pay_button": "Ik kan nu niet betalen",
    "reply_cannot_pay_done": "Fijn dat u het laat weten",
    "reply_cannot_pay_done_text": "U liet op {day} weten dat u nu niet kunt betalen. Tot {until} "
    "krijgt u geen herinneringen.",
    "reply_cannot_pay_next": "Een collega neemt contact met u op. U hoeft nu niets te doen.",
    "reply_cannot_pay_over_text": "U liet op {day} weten dat u nu niet kunt betalen. Wij hebben "
    "elkaar nog niet gesproken. Bel of mail ons, dan zoeken wij samen een oplossing.",
    "reply_part_online": "Betaal nu een deel",
    "reply_part_transfer": "Kunt u alvast een deel betalen? Maak het over naar {iban} met kenmerk "
    "{reference}.",
    "reply_debt_help": "Hulp bij schulden",
    # does not agree
    "reply_disagree_title": "U bent het er niet mee eens",
    "reply_disagree_text": "Vertel ons wat er niet klopt. Wij vragen u niet om dit bedrag tot "
    "iemand ernaar heeft gekeken.",
    "reply_disagree_reason": "Wat klopt er niet?",
    "reply_disagree_choose": "Kies een reden",
    "reply_disagree_amount": "Om welk bedrag gaat het?",
    "reply_disagree_hint": "Laat het leeg als de hele factuur niet klopt.",
    "reply_disagree_said": "Wat is er gebeurd?",
    "reply_disagree_button": "Ik ben het er niet mee eens",
    "reply_disagree_done": "Wij zoeken het uit",
    "reply_disagree_done_text": "U liet weten dat dit niet klopt. Tot iemand ernaar heeft "
    "gekeken, hoeft u {amount} niet te betalen.",
    "reply_disagree_next": "U hoort van ons wat eruit komt.",
    "reply_disagree_call": "Neem contact met ons op",
    "reply_disagree_call_text": "U liet al eerder weten dat dit niet klopt. Dat kan hier niet nog "
    "een keer. Bel of mail ons.",
    "reply_nothing_asked": "U hoeft op deze pagina nu niets te betalen.",
    "reply_still": "Er staat nog {amount} open. Dat moet u wel betalen.",
    "reply_pay_rest": "Betaal {amount}",
    "reason_not_delivered": "Ik heb het niet gekregen",
    "reason_damaged": "Het was kapot of het werkt niet",
    "reason_wrong_goods": "Ik heb iets anders gekregen",
    "reason_wrong_amount": "Het bedrag klopt niet",
    "reason_not_ordered": "Ik heb dit niet besteld",
    "reason_already_paid": "Ik heb al betaald",
    "reason_credit_expected": "Ik krijg nog geld terug",
    "reason_other": "Iets anders",
}
