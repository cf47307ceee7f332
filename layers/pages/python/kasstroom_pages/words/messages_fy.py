"""What every message shares, and the short channels: Frisian, "jo"."""

from __future__ import annotations

WORDS = {
    "items_one": "faktuer {number}",
    "items_two": "faktueren {number} en {other}",
    "items_many": "faktuer {number} en {others} oaren",
    "items_amount_one": "{items} fan {amount}",
    "items_amount_many": "{items} ({amount})",
    # mails
    "mail_greeting": "Bêste {name},",
    "mail_greeting_nameless": "Bêste hear of frou,",
    "mail_total": "Totaal te beteljen",
    "mail_costs": "Ynkassokosten",
    "mail_costs_vat": "Ynkassokosten, mei btw",
    "mail_interest": "Wetlike rinte",
    "mail_button": "Besjen en betelje",
    "mail_button_hint": "Op de side kieze jo sels: no betelje, sizze dat beteljen net slagget, "
    "of melde dat der wat net kloppet.",
    "mail_links": "Of lit it ús witte:",
    "mail_link_paid": "Ik haw al betelle",
    "mail_link_cannot_pay": "Beteljen slagget net",
    "mail_link_disagree": "Dit kloppet net",
    "mail_own_way": "Leaver net op in knop drukke?",
    "mail_own_way_type": "Gean sels nei {domain} en typ it hiele adres oer:",
    "mail_own_way_transfer": "Of meitsje it bedrach oer:",
    "mail_paid": "Hawwe jo al betelle? Dan hawwe ús berjochten inoar krúst "
    "en hoege jo neat te dwaan.",
    "mail_question": "Kloppet der wat net of slagget it beteljen net? Antwurdzje op dit "
    "berjocht{or_call}. Dan sykje wy tegearre in oplossing.",
    "mail_or_call": " of belje {phone}",
    "mail_debt_help": "Hawwe jo mear rekkens as jo betelje kinne? Jo steane der net allinnich "
    "foar. Freegje help by Geldfit (de Nederlânske Skuldhelprûte) of by jo gemeente.",
    "mail_closing": "Mei freonlike groetnis,",
    "mail_pay_by": "Wolle jo op syn lêst op {day} betelje of mei ús ôfprate "
    "hoe't jo betelje sille?",
    "mail_pay_now": "Wolle jo no betelje of mei ús ôfprate hoe't jo betelje sille?",
    # letters
    "letter_number": "Faktuer",
    "letter_issued": "Faktuerdatum",
    "letter_due": "Beteldatum",
    "letter_open": "Noch te beteljen",
    "letter_question": "Kloppet der wat net of slagget it beteljen net? {ways} "
    "Dan sykje wy tegearre in oplossing.",
    "letter_ways_both": "Belje {phone} of mail nei {email}.",
    "letter_ways_phone": "Belje {phone}.",
    "letter_ways_mail": "Mail nei {email}.",
    "letter_links": "Jo kinne ús ek op ynternet witte litte wat der oan 'e hân is:",
    "letter_link": "{label}: {url}",
    # SMS: the link closes the text
    "sms_pre_reminder": "{creditor}: tinke jo om {items}? {call}Betelje of antwurdzje: {url}",
    "sms_reminder": "{creditor}: in herinnering oan {items}. {call}Betelje of antwurdzje: {url}",
    "sms_second_reminder": "{creditor}: 2e herinnering oan {items}. {call}"
    "Betelje of antwurdzje: {url}",
    "sms_notice": "{creditor}: noch net betelle: {items}. {call}Betelje of oerlizze: {url}",
    "sms_fourteen_day_letter": "{creditor}: jo krije in brief oer {items}. {call}"
    "Lêze of betelje: {url}",
    "sms_final_demand": "{creditor}: lêste herinnering oan {items}. {call}"
    "Betelje of oerlizze: {url}",
    "sms_call": "Fragen? {phone}. ",
    # WhatsApp utility templates
    "whatsapp_pre_reminder": "Bêste {name}, {creditor} tinkt op tiid mei jo oan {items}. "
    "It giet om {amount}. De beteldatum komt deroan.",
    "whatsapp_reminder": "Bêste {name}, dit is in herinnering fan {creditor} oan {items}. "
    "Der stiet noch {amount} iepen.",
    "whatsapp_second_reminder": "Bêste {name}, dit is de twadde herinnering fan {creditor} oan "
    "{items}. Der stiet noch {amount} iepen. Slagget it beteljen net? Lit it ús witte.",
    "whatsapp_notice": "Bêste {name}, {creditor} hat foar {items} noch gjin betelling sjoen. "
    "Der stiet {amount} iepen. Wolle jo betelje of mei ús ôfprate hoe't jo betelje sille?",
    "whatsapp_fourteen_day_letter": "Bêste {name}, jo krije fan {creditor} in brief oer {items}. "
    "Der stiet {amount} iepen. Lês de brief goed: dêryn stiet wat jo dwaan kinne.",
    "whatsapp_final_demand": "Bêste {name}, dit is de lêste herinnering fan {creditor} oan "
    "{items}. Der stiet noch {amount} iepen. Wolle jo betelje of mei ús ôfprate "
    "hoe't jo betelje sille?",
    "whatsapp_close": "Betelje of antwurdzje kin mei de knop hjirûnder. Sels oermeitsje kin ek: "
    "{iban}, skaaimerk {reference}. Wy freegje nea om jo pinkoade of om jo te ferifiearjen.",
    "whatsapp_button": "Besjen en betelje",
    # thanks
    "thanks_subject": "Tige tank, wy hawwe {amount} ûntfongen: {creditor}",
    "thanks_title": "Tige tank, jo betelling is binnen",
    "thanks_text": "Wy hawwe {amount} fan jo ûntfongen foar {items}.",
    "thanks_done": "Der stiet hjirfan neat mear iepen. Jo hoege neat mear te dwaan.",
    "thanks_rest": "Der stiet noch {amount} iepen. Dat kinne jo letter betelje.",
    "thanks_question": "Hawwe jo in fraach? Antwurdzje op dit berjocht{or_call}.",
    "thanks_sms": "Tige tank. {creditor} hat {amount} fan jo ûntfongen foar {items}. {rest}",
    "thanks_sms_done": "Jo hoege neat mear te dwaan.",
    "thanks_whatsapp": "Bêste {name}, tige tank. {creditor} hat {amount} fan jo ûntfongen foar "
    "{items}. Jo hoege op dit berjocht net te antwurdzjen.",
}
