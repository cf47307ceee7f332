"""What each step says in a mail and a letter, per tone: German, "Sie", plain. A key that ends in
`_company` is read instead of the one without it when a business owes the money."""

from __future__ import annotations

WORDS = {
    # before the payment date
    "mail_pre_reminder_subject": "Bald zu bezahlen: {items} von {creditor}",
    "mail_pre_reminder_title": "Der Zahlungstag kommt bald",
    "mail_pre_reminder_friendly": "Wir erinnern Sie gern rechtzeitig an {items}. "
    "Der Zahlungstag ist der {day}. So müssen Sie nicht selbst daran denken.",
    "mail_pre_reminder_neutral": "Wir erinnern Sie gern rechtzeitig an {items}. "
    "Der Zahlungstag ist der {day}.",
    "mail_pre_reminder_firm": "Der Zahlungstag für {items} ist der {day}. "
    "Bitte sorgen Sie dafür, dass wir den Betrag an diesem Tag haben.",
    # after it
    "mail_reminder_subject": "Erinnerung: {items} von {creditor}",
    "mail_reminder_title": "Eine Erinnerung an Ihre Rechnung",
    "mail_reminder_friendly": "Vielleicht haben Sie es übersehen: Wir haben noch keine Zahlung für "
    "{items} gesehen. Schauen Sie bitte einmal nach?",
    "mail_reminder_neutral": "Wir haben noch keine Zahlung für {items} gesehen. Der Zahlungstag "
    "ist vorbei. Bitte bezahlen Sie oder sagen Sie uns, was los ist.",
    "mail_reminder_firm": "Der Zahlungstag für {items} ist vorbei und wir haben noch keine Zahlung "
    "gesehen. Bitte bezahlen Sie den Betrag jetzt.",
    # a payment that came and was taken back
    "mail_returned": "Ihre Zahlung für {items} wurde zurückgebucht. Deshalb ist dieser Betrag "
    "wieder offen.",
    "mail_returned_ask": "Vielleicht wussten Sie das noch nicht. Bitte bezahlen Sie noch einmal "
    "oder sagen Sie uns, was los ist.",
    "mail_second_reminder_subject": "Zweite Erinnerung: {items} von {creditor}",
    "mail_second_reminder_title": "Zweite Erinnerung",
    "mail_second_reminder_friendly": "Wir haben Ihnen schon einmal geschrieben: {items}. Wir haben "
    "noch keine Zahlung gesehen. Ist es schwierig? Sagen Sie es uns, dann denken wir mit.",
    "mail_second_reminder_neutral": "Wir haben Ihnen schon einmal geschrieben: {items}. Wir haben "
    "noch keine Zahlung gesehen. Bitte bezahlen Sie oder sagen Sie uns, was los ist.",
    "mail_second_reminder_firm": "Wir haben Ihnen schon einmal geschrieben: {items}. Der Betrag "
    "ist noch immer nicht bezahlt. Bitte bezahlen Sie ihn jetzt oder sagen Sie uns, warum das "
    "nicht geht.",
    # the notice of default (art. 6:82 BW): a day to pay by
    "mail_notice_subject": "Ihre Zahlung ist zu spät: {items} von {creditor}",
    "mail_notice_title": "Ihre Zahlung ist zu spät",
    "mail_notice_friendly": "Wir haben noch keine Zahlung für {items} gesehen. Vielleicht gibt es "
    "dafür einen Grund. Sagen Sie ihn uns gern. {pay_by}",
    "mail_notice_neutral": "Der Zahlungstag für {items} ist vorbei und wir haben noch keine "
    "Zahlung gesehen. {pay_by}",
    "mail_notice_firm": "{items}: Diese Zahlung hätte schon da sein müssen. {pay_by}",
    "mail_notice_next": "Dieser Brief ist eine Inverzugsetzung. Das bedeutet: Bezahlen Sie nicht "
    "bis zum {day}, dann sind Sie nach diesem Tag laut Gesetz zu spät (in Verzug).",
    "mail_notice_next_company": "Dieser Brief ist eine Inverzugsetzung. Das bedeutet: Bezahlt Ihr "
    "Unternehmen nicht bis zum {day}, dann ist es nach diesem Tag laut Gesetz zu spät (in "
    "Verzug).",
    # the fourteen-day letter (art. 6:96 lid 6 BW)
    "mail_fourteen_day_letter_subject": "Sie können noch ohne Kosten bezahlen: {items}, {creditor}",
    "mail_fourteen_day_letter_title": "Sie können noch ohne Kosten bezahlen",
    "mail_fourteen_day_letter_friendly": "Wir haben noch keine Zahlung für {items} gesehen. "
    "Wir möchten, dass für Sie keine Kosten entstehen. Darum schreiben wir Ihnen diesen Brief.",
    "mail_fourteen_day_letter_neutral": "Wir haben noch keine Zahlung für {items} gesehen. "
    "In diesem Brief lesen Sie, wie Sie Kosten vermeiden.",
    "mail_fourteen_day_letter_firm": "Der Zahlungstag für {items} ist vorbei und wir haben noch "
    "keine Zahlung gesehen. In diesem Brief lesen Sie, was die Folgen sind.",
    "law14_term": "Bezahlen Sie {principal} {term}? Dann bezahlen Sie keine Inkassokosten.",
    "law14_costs": "Bezahlen Sie nicht in dieser Zeit? Dann müssen Sie auch Inkassokosten "
    "bezahlen. Die Inkassokosten sind {total_costs}. Zusammen mit dem offenen Betrag sind das "
    "{total}.",
    "law14_vat": "In diesen Inkassokosten stecken {vat} Mehrwertsteuer: Die Kosten selbst sind "
    "{costs}. Ein Inkassodienst berechnet uns diese Mehrwertsteuer und wir können die "
    "Mehrwertsteuer nicht abziehen.",
    "law14_part": "Bezahlen Sie einen Teil rechtzeitig? Dann berechnen wir die Inkassokosten über "
    "den Teil, der dann noch offen ist.",
    "law14_source": "So steht es im niederländischen Gesetz: Artikel 6:96 des Bürgerlichen "
    "Gesetzbuchs (Burgerlijk Wetboek) und der Beschluss über die Vergütung für "
    "außergerichtliche Inkassokosten.",
    "mail_fourteen_day_letter_subject_company": "Inkassokosten vermeiden: {items} von {creditor}",
    "mail_fourteen_day_letter_title_company": "Ihr Unternehmen kann noch ohne Kosten bezahlen",
    "law14_company": "Für Unternehmen gilt: Ist der Zahlungstag vorbei, dürfen wir nach dem "
    "niederländischen Gesetz Inkassokosten berechnen. Dafür ist kein eigener Brief nötig. Es "
    "sind mindestens 40 € pro Rechnung (Artikel 6:96 Absatz 4 des Burgerlijk Wetboek).",
    "law14_company_costs": "Für Ihr Unternehmen sind die Inkassokosten {total_costs}. Wir "
    "berechnen sie jetzt noch nicht. {pay_by} Hören wir nichts, verlangen wir {total}.",
    # the last one
    "mail_final_demand_subject": "Letzte Erinnerung: {items} von {creditor}",
    "mail_final_demand_title": "Letzte Erinnerung",
    "mail_final_demand_friendly": "Wir haben Ihnen schon öfter geschrieben: {items}. Wir suchen "
    "gern gemeinsam mit Ihnen eine Lösung. {pay_by}",
    "mail_final_demand_neutral": "Wir haben Ihnen schon öfter geschrieben: {items}. Der Betrag ist "
    "noch offen. {pay_by}",
    "mail_final_demand_firm": "Wir haben Ihnen schon öfter geschrieben: {items}. Wir haben noch "
    "immer keine Zahlung gesehen. {pay_by}",
    "mail_final_demand_costs": "In einem früheren Brief haben wir Ihnen geschrieben, wie Sie "
    "Inkassokosten vermeiden können. Die Zeit dafür ist vorbei. Darum kommen jetzt "
    "Inkassokosten dazu.",
    "mail_final_demand_costs_company": "Weil der Zahlungstag vorbei ist, berechnen wir Ihrem "
    "Unternehmen Inkassokosten (Artikel 6:96 Absatz 4 des Burgerlijk Wetboek).",
    "mail_final_demand_next": "Was passiert, wenn wir nichts von Ihnen hören? Dann entscheidet "
    "ein Mitarbeiter, wie es weitergeht. Wir können ein Inkassobüro um Hilfe bitten. Das tun wir "
    "nicht, bevor Sie dazu einen eigenen Brief von uns bekommen haben.",
    "mail_final_demand_next_sent": "Was passiert, wenn wir nichts von Ihnen hören? Dann "
    "entscheidet ein Mitarbeiter, wie es weitergeht. Wir können ein Inkassobüro um Hilfe bitten.",
    "mail_final_demand_next_company": "Was passiert, wenn wir nichts von Ihrem Unternehmen hören? "
    "Dann entscheidet ein Mitarbeiter, wie es weitergeht. Wir können ein Inkassobüro um Hilfe "
    "bitten.",
}
