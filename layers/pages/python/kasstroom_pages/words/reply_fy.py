"""What a debtor reads when they answer a message: Frisian, "jo"."""

from __future__ import annotations

WORDS = {
    "reply_about": "It giet om",
    "reply_which_paid": "Hokker faktueren hawwe jo betelle?",
    "reply_which_disagree": "Hokker faktueren kloppe net?",
    "reply_optional": "net ferplichte",
    "reply_back": "Werom nei de betelside",
    "reply_other_paid": "Hawwe jo noch in faktuer betelle?",
    "reply_other_disagree": "Kloppet der noch in faktuer net?",
    "reply_fault_none": "Kies op syn minst ien faktuer.",
    "reply_fault_day": "Dizze datum kinne wy net lêze. Skriuw bygelyks 28-8-2026.",
    "reply_fault_future": "Dizze dei moat noch komme. Folje de dei yn dat jo betelle hawwe.",
    "reply_fault_account": "Folje de lêste fjouwer tekens fan jo IBAN yn, of lit it leech.",
    "reply_fault_long": "Dit is te lang. Jo kinne op syn heechst {most} tekens brûke.",
    "reply_fault_unseen": "Der stiet in teken yn dat wy net lêze kinne. Typ it opnij.",
    "reply_fault_reason": "Kies wat der net kloppet.",
    "reply_fault_many": "Jo keazen mear as ien faktuer. Lit it bedrach leech, of kies ien.",
    # already paid
    "reply_paid_title": "Jo hawwe al betelle",
    "reply_paid_text": "Lit it witte, dan sykje wy jo betelling op. Jo krije der {days} dagen gjin "
    "oantinken oer.",
    "reply_paid_on": "Wannear hawwe jo betelle?",
    "reply_paid_account": "Fan hokker rekken? De lêste fjouwer tekens fan it IBAN",
    "reply_paid_hint": "Sa fine wy jo betelling flugger.",
    "reply_paid_button": "Ik haw al betelle",
    "reply_paid_done": "Tige tank. Wy sykje jo betelling op",
    "reply_paid_done_text": "Jo lieten op {day} witte dat jo betelle hawwe. Oant {until} krije jo "
    "hjir gjin oantinken oer.",
    "reply_paid_next": "Fine wy jo betelling, dan hoege jo neat te dwaan. Fine wy him net, dan "
    "skriuwe wy jo nei {until}.",
    "reply_paid_over": "Wy hawwe jo betelling noch net fûn",
    "reply_paid_over_text": "Jo lieten op {day} witte dat jo betelle hawwe. Stjoer ús in "
    "betelbewiis of belje ús. Dan sykje wy it tegearre út.",
    # cannot pay
    "reply_cannot_pay_title": "Jo kinne no net betelje",
    "reply_cannot_pay_text": "Dat kin elkenien oerkomme. Lit it witte, dan nimt in kollega kontakt "
    "mei jo op om in oplossing te sykjen. Jo krije {days} dagen gjin oantinkens.",
    "reply_cannot_pay_said": "Wat kinne jo wol?",
    "reply_cannot_pay_hint": "Bygelyks: ik kin elke moanne 50 euro betelje. Skriuw neat oer jo "
    "sûnens.",
    "reply_cannot_pay_button": "Ik kin no net betelje",
    "reply_cannot_pay_done": "Moai dat jo it witte litte",
    "reply_cannot_pay_done_text": "Jo lieten op {day} witte dat jo no net betelje kinne. Oant "
    "{until} krije jo gjin oantinkens.",
    "reply_cannot_pay_next": "In kollega nimt kontakt mei jo op. Jo hoege no neat te dwaan.",
    "reply_cannot_pay_over_text": "Jo lieten op {day} witte dat jo no net betelje kinne. Wy hawwe "
    "inoar noch net sprutsen. Belje of mail ús, dan sykje wy tegearre in oplossing.",
    "reply_part_online": "Betelje no in diel",
    "reply_part_transfer": "Kinne jo alfêst in diel betelje? Meitsje it oer nei {iban} mei "
    "skaaimerk {reference}.",
    "reply_debt_help": "Help by skulden",
    # does not agree
    "reply_disagree_title": "Jo binne it der net mei iens",
    "reply_disagree_text": "Fertel ús wat der net kloppet. Wy freegje jo net om dit bedrach oant "
    "ien dernei sjoen hat.",
    "reply_disagree_reason": "Wat kloppet der net?",
    "reply_disagree_choose": "Kies in reden",
    "reply_disagree_amount": "Om hokker bedrach giet it?",
    "reply_disagree_hint": "Lit it leech as de hiele faktuer net kloppet.",
    "reply_disagree_said": "Wat is der bard?",
    "reply_disagree_button": "Ik bin it der net mei iens",
    "reply_disagree_done": "Wy sykje it út",
    "reply_disagree_done_text": "Jo lieten witte dat dit net kloppet. Oant ien dernei sjoen "
    "hat, hoege jo {amount} net te beteljen.",
    "reply_disagree_next": "Jo hearre fan ús wat derút komt.",
    "reply_disagree_call": "Nim kontakt mei ús op",
    "reply_disagree_call_text": "Jo lieten al earder witte dat dit net kloppet. Dat kin hjir net "
    "nochris. Belje of mail ús.",
    "reply_nothing_asked": "Jo hoege op dizze side no neat te beteljen.",
    "reply_still": "Der stiet noch {amount} iepen. Dat moatte jo wol betelje.",
    "reply_pay_rest": "Betelje {amount}",
    "reason_not_delivered": "Ik haw it net krigen",
    "reason_damaged": "It wie stikken of it wurket net",
    "reason_wrong_goods": "Ik haw wat oars krigen",
    "reason_wrong_amount": "It bedrach kloppet net",
    "reason_not_ordered": "Ik haw dit net besteld",
    "reason_already_paid": "Ik haw al betelle",
    "reason_credit_expected": "Ik krij noch jild werom",
    "reason_other": "Wat oars",
}
