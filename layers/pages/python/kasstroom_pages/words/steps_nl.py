"""What each step says in a mail and a letter, per tone: Dutch, B1, "u". A key that ends in
`_company` is read instead of the one without it when a business owes the money."""

from __future__ import annotations

WORDS = {
    # before the betaaldatum
    "mail_pre_reminder_subject": "Binnenkort te betalen: {items} van {creditor}",
    "mail_pre_reminder_title": "De betaaldatum komt eraan",
    "mail_pre_reminder_friendly": "Wij herinneren u graag op tijd aan {items}. "
    "De betaaldatum is {day}. Dan hoeft u er zelf niet aan te denken.",
    "mail_pre_reminder_neutral": "Wij herinneren u graag op tijd aan {items}. "
    "De betaaldatum is {day}.",
    "mail_pre_reminder_firm": "De betaaldatum van {items} is {day}. "
    "Wilt u ervoor zorgen dat wij het bedrag op die dag hebben?",
    # after it
    "mail_reminder_subject": "Herinnering: {items} van {creditor}",
    "mail_reminder_title": "Een herinnering aan uw factuur",
    "mail_reminder_friendly": "Misschien is het u ontgaan: voor {items} hebben wij nog geen "
    "betaling gezien. Wilt u ernaar kijken?",
    "mail_reminder_neutral": "Voor {items} hebben wij nog geen betaling gezien. De betaaldatum is "
    "voorbij. Wilt u betalen, of ons laten weten wat er aan de hand is?",
    "mail_reminder_firm": "De betaaldatum van {items} is voorbij en wij hebben nog geen betaling "
    "gezien. Wilt u het bedrag nu betalen?",
    # a payment that came and was taken back
    "mail_returned": "Uw betaling voor {items} is teruggeboekt. Daardoor staat dit bedrag weer "
    "open.",
    "mail_returned_ask": "Misschien wist u dat nog niet. Wilt u opnieuw betalen, of ons laten "
    "weten wat er aan de hand is?",
    "mail_second_reminder_subject": "Tweede herinnering: {items} van {creditor}",
    "mail_second_reminder_title": "Tweede herinnering",
    "mail_second_reminder_friendly": "Wij schreven u eerder over {items}. Wij hebben nog geen "
    "betaling gezien. Lukt het niet? Vertel het ons, dan denken wij met u mee.",
    "mail_second_reminder_neutral": "Wij schreven u eerder over {items}. Wij hebben nog geen "
    "betaling gezien. Wilt u betalen, of ons laten weten wat er aan de hand is?",
    "mail_second_reminder_firm": "Wij schreven u eerder over {items}. Het bedrag is nog steeds "
    "niet betaald. Wilt u het nu betalen, of ons laten weten waarom dat niet lukt?",
    # the notice of default (art. 6:82 BW): a day to pay by
    "mail_notice_subject": "Uw betaling is te laat: {items} van {creditor}",
    "mail_notice_title": "Uw betaling is te laat",
    "mail_notice_friendly": "Voor {items} hebben wij nog geen betaling gezien. Misschien is daar "
    "een reden voor. Wij horen het graag. {pay_by}",
    "mail_notice_neutral": "De betaaldatum van {items} is voorbij en wij hebben nog geen betaling "
    "gezien. {pay_by}",
    "mail_notice_firm": "U had {items} al moeten betalen. {pay_by}",
    "mail_notice_next": "Deze brief is een ingebrekestelling. Dat betekent: betaalt u niet "
    "uiterlijk op {day}, dan bent u na die dag volgens de wet te laat (in verzuim).",
    "mail_notice_next_company": "Deze brief is een ingebrekestelling. Dat betekent: betaalt uw "
    "bedrijf niet uiterlijk op {day}, dan is het na die dag volgens de wet te laat (in "
    "verzuim).",
    # the fourteen-day letter (art. 6:96 lid 6 BW)
    "mail_fourteen_day_letter_subject": "U kunt nog zonder kosten betalen: {items} van {creditor}",
    "mail_fourteen_day_letter_title": "U kunt nog zonder kosten betalen",
    "mail_fourteen_day_letter_friendly": "Wij hebben voor {items} nog geen betaling gezien. "
    "Wij willen graag dat u geen kosten krijgt. Daarom schrijven wij u deze brief.",
    "mail_fourteen_day_letter_neutral": "Wij hebben voor {items} nog geen betaling gezien. "
    "In deze brief leest u hoe u kosten voorkomt.",
    "mail_fourteen_day_letter_firm": "Voor {items} is de betaaldatum voorbij en wij hebben nog "
    "geen betaling gezien. In deze brief leest u wat de gevolgen zijn.",
    "law14_term": "Betaalt u {principal} {term}? Dan betaalt u geen incassokosten.",
    "law14_costs": "Betaalt u niet binnen die tijd? Dan moet u ook incassokosten betalen. "
    "De incassokosten zijn {total_costs}. Samen met het bedrag dat openstaat is dat {total}.",
    "law14_vat": "In deze incassokosten zit {vat} btw: de kosten zelf zijn {costs}. Een "
    "incassodienst rekent ons die btw en wij kunnen de btw niet verrekenen.",
    "law14_part": "Betaalt u een deel op tijd? Dan berekenen wij de incassokosten over het deel "
    "dat dan nog openstaat.",
    "law14_source": "Zo staat het in de wet: artikel 6:96 van het Burgerlijk Wetboek en het "
    "Besluit vergoeding voor buitengerechtelijke incassokosten.",
    "mail_fourteen_day_letter_subject_company": "Incassokosten voorkomen: {items} van {creditor}",
    "mail_fourteen_day_letter_title_company": "Uw bedrijf kan nog zonder kosten betalen",
    "law14_company": "Voor bedrijven geldt: is de betaaldatum voorbij, dan mogen wij volgens de "
    "wet incassokosten rekenen. Daar is geen aparte brief voor nodig. Per factuur is dat ten "
    "minste € 40 (artikel 6:96 lid 4 van het Burgerlijk Wetboek).",
    "law14_company_costs": "Voor uw bedrijf zijn de incassokosten {total_costs}. Wij rekenen die "
    "nu nog niet. {pay_by} Horen wij niets, dan vragen wij {total}.",
    # the last one
    "mail_final_demand_subject": "Laatste herinnering: {items} van {creditor}",
    "mail_final_demand_title": "Laatste herinnering",
    "mail_final_demand_friendly": "Wij schreven u al vaker over {items}. Wij zoeken graag samen "
    "met u een oplossing. {pay_by}",
    "mail_final_demand_neutral": "Wij schreven u al vaker over {items}. Het bedrag staat nog open. "
    "{pay_by}",
    "mail_final_demand_firm": "Wij schreven u al vaker over {items} en wij hebben nog steeds geen "
    "betaling gezien. {pay_by}",
    "mail_final_demand_costs": "In een eerdere brief schreven wij u hoe u incassokosten kon "
    "voorkomen. De tijd daarvoor is voorbij. Daarom staan er nu incassokosten bij.",
    "mail_final_demand_costs_company": "Omdat de betaaldatum voorbij is, rekenen wij uw bedrijf "
    "incassokosten (artikel 6:96 lid 4 van het Burgerlijk Wetboek).",
    "mail_final_demand_next": "Wat gebeurt er als wij niets van u horen? Dan beslist een "
    "medewerker over het vervolg. Wij kunnen een incassobureau vragen om ons te helpen. "
    "Dat doen wij niet zonder dat u daarover eerst een aparte brief van ons krijgt.",
    "mail_final_demand_next_sent": "Wat gebeurt er als wij niets van u horen? Dan beslist een "
    "medewerker over het vervolg. Wij kunnen een incassobureau vragen om ons te helpen.",
    "mail_final_demand_next_company": "Wat gebeurt er als wij niets van uw bedrijf horen? Dan "
    "beslist een medewerker over het vervolg. Wij kunnen een incassobureau vragen om ons te "
    "helpen.",
}
