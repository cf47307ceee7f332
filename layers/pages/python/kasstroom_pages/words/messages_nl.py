"""What every message shares, and the short channels: Dutch, B1, "u"."""

from __future__ import annotations

WORDS = {
    "items_one": "factuur {number}",
    "items_two": "facturen {number} en {other}",
    "items_many": "factuur {number} en {others} andere",
    "items_amount_one": "{items} van {amount}",
    "items_amount_many": "{items} ({amount})",
    # mails
    "mail_greeting": "Beste {name},",
    "mail_greeting_nameless": "Beste heer of mevrouw,",
    "mail_total": "Totaal te betalen",
    "mail_costs": "Incassokosten",
    "mail_costs_vat": "Incassokosten, met btw",
    "mail_interest": "Wettelijke rente",
    "mail_button": "Bekijken en betalen",
    "mail_button_hint": "Op de pagina kiest u zelf: nu betalen, zeggen dat betalen niet "
    "lukt, of melden dat iets niet klopt.",
    "mail_links": "Of laat het ons meteen weten:",
    "mail_link_paid": "Ik heb al betaald",
    "mail_link_cannot_pay": "Betalen lukt niet",
    "mail_link_disagree": "Dit klopt niet",
    "mail_own_way": "Liever niet op een knop drukken?",
    "mail_own_way_type": "Ga zelf naar {domain} en typ het hele adres over:",
    "mail_own_way_transfer": "Of maak het bedrag over:",
    "mail_paid": "Hebt u al betaald? Dan hebben onze berichten elkaar gekruist "
    "en hoeft u niets te doen.",
    "mail_question": "Klopt er iets niet of lukt betalen niet? Beantwoord dit bericht{or_call}. "
    "Dan zoeken wij samen een oplossing.",
    "mail_or_call": " of bel {phone}",
    "mail_debt_help": "Hebt u meer rekeningen dan u kunt betalen? U staat er niet alleen voor. "
    "Vraag hulp bij Geldfit (de Nederlandse Schuldhulproute) of bij uw gemeente.",
    "mail_closing": "Met vriendelijke groet,",
    "mail_pay_by": "Wilt u uiterlijk op {day} betalen of met ons afspreken hoe u gaat betalen?",
    "mail_pay_now": "Wilt u nu betalen of met ons afspreken hoe u gaat betalen?",
    # letters
    "letter_number": "Factuur",
    "letter_issued": "Factuurdatum",
    "letter_due": "Betaaldatum",
    "letter_open": "Nog te betalen",
    "letter_question": "Klopt er iets niet of lukt betalen niet? {ways} "
    "Dan zoeken wij samen een oplossing.",
    "letter_ways_both": "Bel {phone} of mail naar {email}.",
    "letter_ways_phone": "Bel {phone}.",
    "letter_ways_mail": "Mail naar {email}.",
    "letter_links": "U kunt ons ook op internet laten weten wat er aan de hand is:",
    "letter_link": "{label}: {url}",
    # SMS: the link closes the text
    "sms_pre_reminder": "{creditor}: denkt u aan {items}? {call}Betaal of reageer: {url}",
    "sms_reminder": "{creditor} herinnert u aan {items}. {call}Betaal of reageer: {url}",
    "sms_second_reminder": "{creditor}: 2e herinnering voor {items}. {call}"
    "Betaal of reageer: {url}",
    "sms_notice": "{creditor}: nog niet betaald: {items}. {call}Betaal of overleg: {url}",
    "sms_fourteen_day_letter": "{creditor}: u krijgt een brief over {items}. {call}"
    "Lees of betaal: {url}",
    "sms_final_demand": "{creditor}: laatste herinnering voor {items}. {call}"
    "Betaal of overleg: {url}",
    "sms_call": "Vragen? {phone}. ",
    # WhatsApp utility templates
    "whatsapp_pre_reminder": "Beste {name}, {creditor} herinnert u graag op tijd aan {items}. "
    "Het gaat om {amount}. De betaaldatum komt eraan.",
    "whatsapp_reminder": "Beste {name}, dit is een herinnering van {creditor} aan {items}. "
    "Er staat nog {amount} open.",
    "whatsapp_second_reminder": "Beste {name}, dit is de tweede herinnering van {creditor} aan "
    "{items}. Er staat nog {amount} open. Lukt betalen niet? Laat het ons weten.",
    "whatsapp_notice": "Beste {name}, {creditor} heeft voor {items} nog geen betaling gezien. "
    "Er staat {amount} open. Wilt u betalen of met ons afspreken hoe u gaat betalen?",
    "whatsapp_fourteen_day_letter": "Beste {name}, u krijgt van {creditor} een brief over {items}. "
    "Er staat {amount} open. Lees de brief goed: daarin staat wat u kunt doen.",
    "whatsapp_final_demand": "Beste {name}, dit is de laatste herinnering van {creditor} aan "
    "{items}. Er staat nog {amount} open. Wilt u betalen of met ons afspreken hoe u gaat betalen?",
    "whatsapp_close": "Betalen of reageren kan met de knop hieronder. Zelf overmaken kan ook: "
    "{iban}, kenmerk {reference}. Wij vragen nooit om uw pincode of om u te verifiëren.",
    "whatsapp_button": "Bekijken en betalen",
    # thanks
    "thanks_subject": "Bedankt, wij hebben {amount} ontvangen: {creditor}",
    "thanks_title": "Bedankt, uw betaling is binnen",
    "thanks_text": "Wij hebben {amount} van u ontvangen voor {items}.",
    "thanks_done": "Er staat hiervan niets meer open. U hoeft niets meer te doen.",
    "thanks_rest": "Er staat nog {amount} open. U kunt dat later betalen.",
    "thanks_question": "Hebt u een vraag? Beantwoord dit bericht{or_call}.",
    "thanks_sms": "Bedankt. {creditor} heeft {amount} van u ontvangen voor {items}. {rest}",
    "thanks_sms_done": "U hoeft niets meer te doen.",
    "thanks_whatsapp": "Beste {name}, bedankt. {creditor} heeft {amount} van u ontvangen voor "
    "{items}. U hoeft op dit bericht niet te reageren.",
}
