"""What each step says in a mail and a letter, per tone: Frisian, "jo". A key that ends in
`_company` is read instead of the one without it when a business owes the money."""

from __future__ import annotations

WORDS = {
    # before the beteldatum
    "mail_pre_reminder_subject": "Meikoarten te beteljen: {items} fan {creditor}",
    "mail_pre_reminder_title": "De beteldatum komt deroan",
    "mail_pre_reminder_friendly": "Wy tinke graach op tiid mei jo oan {items}. "
    "De beteldatum is {day}. Dan hoege jo der sels net oan te tinken.",
    "mail_pre_reminder_neutral": "Wy tinke graach op tiid mei jo oan {items}. "
    "De beteldatum is {day}.",
    "mail_pre_reminder_firm": "De beteldatum fan {items} is {day}. "
    "Wolle jo derfoar soargje dat wy it bedrach dy deis hawwe?",
    # after it
    "mail_reminder_subject": "Herinnering: {items} fan {creditor}",
    "mail_reminder_title": "In herinnering oan jo faktuer",
    "mail_reminder_friendly": "Miskien is it jo ûntgien: foar {items} hawwe wy noch gjin betelling "
    "sjoen. Wolle jo der ris nei sjen?",
    "mail_reminder_neutral": "Foar {items} hawwe wy noch gjin betelling sjoen. De beteldatum is "
    "foarby. Wolle jo betelje, of ús witte litte wat der oan 'e hân is?",
    "mail_reminder_firm": "De beteldatum fan {items} is foarby en wy hawwe noch gjin betelling "
    "sjoen. Wolle jo it bedrach no betelje?",
    # a payment that came and was taken back
    "mail_returned": "Jo betelling foar {items} is weromboekt. Dêrtroch stiet dit bedrach wer "
    "iepen.",
    "mail_returned_ask": "Miskien wisten jo dat noch net. Wolle jo opnij betelje, of ús witte "
    "litte wat der oan 'e hân is?",
    "mail_second_reminder_subject": "Twadde herinnering: {items} fan {creditor}",
    "mail_second_reminder_title": "Twadde herinnering",
    "mail_second_reminder_friendly": "Wy skreaunen jo earder oer {items}. Wy hawwe noch gjin "
    "betelling sjoen. Slagget it net? Fertel it ús, dan tinke wy mei jo mei.",
    "mail_second_reminder_neutral": "Wy skreaunen jo earder oer {items}. Wy hawwe noch gjin "
    "betelling sjoen. Wolle jo betelje, of ús witte litte wat der oan 'e hân is?",
    "mail_second_reminder_firm": "Wy skreaunen jo earder oer {items}. It bedrach is noch altyd "
    "net betelle. Wolle jo it no betelje, of ús witte litte wêrom't dat net slagget?",
    # the notice of default (art. 6:82 BW): a day to pay by
    "mail_notice_subject": "Jo betelling is te let: {items} fan {creditor}",
    "mail_notice_title": "Jo betelling is te let",
    "mail_notice_friendly": "Foar {items} hawwe wy noch gjin betelling sjoen. Miskien is dêr in "
    "reden foar. Wy hearre it graach. {pay_by}",
    "mail_notice_neutral": "De beteldatum fan {items} is foarby en wy hawwe noch gjin betelling "
    "sjoen. {pay_by}",
    "mail_notice_firm": "Jo hiene {items} al betelje moatten. {pay_by}",
    "mail_notice_next": "Dizze brief is in yngebrekestelling. Dat betsjut: betelje jo net op syn "
    "lêst op {day}, dan binne jo nei dy dei neffens de wet te let (yn fersom).",
    "mail_notice_next_company": "Dizze brief is in yngebrekestelling. Dat betsjut: betellet jo "
    "bedriuw net op syn lêst op {day}, dan is it nei dy dei neffens de wet te let (yn "
    "fersom).",
    # the fourteen-day letter (art. 6:96 lid 6 BW)
    "mail_fourteen_day_letter_subject": "Jo kinne noch sûnder kosten betelje: {items}, {creditor}",
    "mail_fourteen_day_letter_title": "Jo kinne noch sûnder kosten betelje",
    "mail_fourteen_day_letter_friendly": "Wy hawwe foar {items} noch gjin betelling sjoen. "
    "Wy wolle graach dat jo gjin kosten krije. Dêrom skriuwe wy jo dizze brief.",
    "mail_fourteen_day_letter_neutral": "Wy hawwe foar {items} noch gjin betelling sjoen. "
    "Yn dizze brief lêze jo hoe't jo kosten foarkomme.",
    "mail_fourteen_day_letter_firm": "Foar {items} is de beteldatum foarby en wy hawwe noch gjin "
    "betelling sjoen. Yn dizze brief lêze jo wat de gefolgen binne.",
    "law14_term": "Betelje jo {principal} {term}? Dan betelje jo gjin ynkassokosten.",
    "law14_costs": "Betelje jo net binnen dy tiid? Dan moatte jo ek ynkassokosten betelje. "
    "De ynkassokosten binne {total_costs}. Tegearre mei it bedrach dat iepen stiet is dat {total}.",
    "law14_vat": "Yn dizze ynkassokosten sit {vat} btw: de kosten sels binne {costs}. In "
    "ynkassotsjinst rekkenet ús dy btw en wy kinne de btw net ferrekkenje.",
    "law14_part": "Betelje jo in part op tiid? Dan berekkenje wy de ynkassokosten oer it part "
    "dat dan noch iepen stiet.",
    "law14_source": "Sa stiet it yn de wet: artikel 6:96 fan it Boargerlik Wetboek en it "
    "Beslút fergoeding foar bûtengerjochtlike ynkassokosten.",
    "mail_fourteen_day_letter_subject_company": "Ynkassokosten foarkomme: {items} fan {creditor}",
    "mail_fourteen_day_letter_title_company": "Jo bedriuw kin noch sûnder kosten betelje",
    "law14_company": "Foar bedriuwen jildt: is de beteldatum foarby, dan meie wy neffens de wet "
    "ynkassokosten rekkenje. Dêr is gjin aparte brief foar nedich. Per faktuer is dat op syn minst "
    "€ 40 (artikel 6:96 lid 4 fan it Boargerlik Wetboek).",
    "law14_company_costs": "Foar jo bedriuw binne de ynkassokosten {total_costs}. Wy rekkenje dy "
    "no noch net. {pay_by} Hearre wy neat, dan freegje wy {total}.",
    # the last one
    "mail_final_demand_subject": "Lêste herinnering: {items} fan {creditor}",
    "mail_final_demand_title": "Lêste herinnering",
    "mail_final_demand_friendly": "Wy skreaunen jo al faker oer {items}. Wy sykje graach tegearre "
    "mei jo in oplossing. {pay_by}",
    "mail_final_demand_neutral": "Wy skreaunen jo al faker oer {items}. It bedrach stiet noch "
    "iepen. {pay_by}",
    "mail_final_demand_firm": "Wy skreaunen jo al faker oer {items} en wy hawwe noch altyd gjin "
    "betelling sjoen. {pay_by}",
    "mail_final_demand_costs": "Yn in eardere brief skreaunen wy jo hoe't jo ynkassokosten "
    "foarkomme koene. De tiid dêrfoar is foarby. Dêrom steane der no ynkassokosten by.",
    "mail_final_demand_costs_company": "Om't de beteldatum foarby is, rekkenje wy jo bedriuw "
    "ynkassokosten (artikel 6:96 lid 4 fan it Boargerlik Wetboek).",
    "mail_final_demand_next": "Wat bart der as wy neat fan jo hearre? Dan beslút in meiwurker oer "
    "it ferfolch. Wy kinne in ynkassoburo freegje om ús te helpen. Dat dogge wy net "
    "sûnder dat jo dêr earst in aparte brief fan ús oer krije.",
    "mail_final_demand_next_sent": "Wat bart der as wy neat fan jo hearre? Dan beslút in "
    "meiwurker oer it ferfolch. Wy kinne in ynkassoburo freegje om ús te helpen.",
    "mail_final_demand_next_company": "Wat bart der as wy neat fan jo bedriuw hearre? Dan beslút "
    "in meiwurker oer it ferfolch. Wy kinne in ynkassoburo freegje om ús te helpen.",
}
