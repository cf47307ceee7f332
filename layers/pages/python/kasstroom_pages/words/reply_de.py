"""What a debtor reads when they answer a message: German, B1, "Sie"."""

from __future__ import annotations

WORDS = {
    "reply_about": "Es geht um",
    "reply_which_paid": "Welche Rechnungen haben Sie bezahlt?",
    "reply_which_disagree": "Welche Rechnungen stimmen nicht?",
    "reply_optional": "freiwillig",
    "reply_back": "Zurück zur Zahlungsseite",
    "reply_other_paid": "Haben Sie noch eine Rechnung bezahlt?",
    "reply_other_disagree": "Stimmt noch eine Rechnung nicht?",
    "reply_fault_none": "Wählen Sie mindestens eine Rechnung.",
    "reply_fault_day": "Dieses Datum können wir nicht lesen. Schreiben Sie zum Beispiel 28-8-2026.",
    "reply_fault_future": "Dieser Tag kommt erst noch. Geben Sie den Tag ein, an dem Sie bezahlt "
    "haben.",
    "reply_fault_account": "Geben Sie die letzten vier Zeichen Ihrer IBAN ein oder nichts.",
    "reply_fault_long": "Das ist zu lang. Sie können höchstens {most} Zeichen verwenden.",
    "reply_fault_unseen": "Darin steht ein Zeichen, das wir nicht lesen können. Tippen Sie es "
    "bitte neu.",
    "reply_fault_reason": "Wählen Sie, was nicht stimmt.",
    "reply_fault_many": "Sie haben mehr als eine Rechnung gewählt. Lassen Sie den Betrag leer oder "
    "wählen Sie nur eine.",
    # already paid
    "reply_paid_title": "Sie haben schon bezahlt",
    "reply_paid_text": "Sagen Sie es uns, dann suchen wir Ihre Zahlung. Sie bekommen {days} Tage "
    "lang keine Erinnerung dazu.",
    "reply_paid_on": "Wann haben Sie bezahlt?",
    "reply_paid_account": "Von welchem Konto? Die letzten vier Zeichen der IBAN",
    "reply_paid_hint": "So finden wir Ihre Zahlung schneller.",
    "reply_paid_button": "Ich habe schon bezahlt",
    "reply_paid_done": "Vielen Dank. Wir suchen Ihre Zahlung",
    "reply_paid_done_text": "Sie haben uns am {day} gesagt, dass Sie bezahlt haben. Bis {until} "
    "bekommen Sie keine Erinnerung dazu.",
    "reply_paid_next": "Finden wir Ihre Zahlung, müssen Sie nichts tun. Finden wir sie nicht, "
    "schreiben wir Ihnen nach dem {until}.",
    "reply_paid_over": "Wir haben Ihre Zahlung noch nicht gefunden",
    "reply_paid_over_text": "Sie haben uns am {day} gesagt, dass Sie bezahlt haben. Senden Sie uns "
    "bitte einen Zahlungsbeleg oder rufen Sie uns an. Dann klären wir es gemeinsam.",
    # cannot pay
    "reply_cannot_pay_title": "Sie können jetzt nicht bezahlen",
    "reply_cannot_pay_text": "Das kann jedem passieren. Sagen Sie es uns, dann meldet sich eine "
    "Kollegin oder ein Kollege bei Ihnen, um eine Lösung zu finden. Sie bekommen {days} Tage lang "
    "keine Erinnerungen.",
    "reply_cannot_pay_said": "Was können Sie tun?",
    "reply_cannot_pay_hint": "Zum Beispiel: Ich kann jeden Monat 50 Euro bezahlen. Schreiben Sie "
    "nichts über Ihre Gesundheit.",
    "reply_cannot_pay_button": "Ich kann jetzt nicht bezahlen",
    "reply_cannot_pay_done": "Gut, dass Sie es uns sagen",
    "reply_cannot_pay_done_text": "Sie haben uns am {day} gesagt, dass Sie jetzt nicht bezahlen "
    "können. Bis {until} bekommen Sie keine Erinnerungen.",
    "reply_cannot_pay_next": "Wir melden uns bei Ihnen. Sie müssen jetzt nichts tun.",
    "reply_cannot_pay_over_text": "Sie haben uns am {day} gesagt, dass Sie jetzt nicht bezahlen "
    "können. Wir haben noch nicht miteinander gesprochen. Rufen Sie uns an oder schreiben Sie uns, "
    "dann finden wir gemeinsam eine Lösung.",
    "reply_part_online": "Jetzt einen Teil bezahlen",
    "reply_part_transfer": "Können Sie schon einen Teil bezahlen? Überweisen Sie ihn an {iban} mit "
    "dem Verwendungszweck {reference}.",
    "reply_debt_help": "Hilfe bei Schulden",
    # does not agree
    "reply_disagree_title": "Sie sind nicht einverstanden",
    "reply_disagree_text": "Sagen Sie uns, was nicht stimmt. Wir fordern diesen Betrag nicht, bis "
    "jemand es geprüft hat.",
    "reply_disagree_reason": "Was stimmt nicht?",
    "reply_disagree_choose": "Wählen Sie einen Grund",
    "reply_disagree_amount": "Um welchen Betrag geht es?",
    "reply_disagree_hint": "Lassen Sie es leer, wenn die ganze Rechnung nicht stimmt.",
    "reply_disagree_said": "Was ist passiert?",
    "reply_disagree_button": "Ich bin nicht einverstanden",
    "reply_disagree_done": "Wir prüfen es",
    "reply_disagree_done_text": "Sie haben uns gesagt, dass dies nicht stimmt. Bis jemand es "
    "geprüft hat, müssen Sie {amount} nicht bezahlen.",
    "reply_disagree_next": "Wir sagen Ihnen, was dabei herauskommt.",
    "reply_disagree_call": "Melden Sie sich bitte bei uns",
    "reply_disagree_call_text": "Sie haben uns schon früher gesagt, dass dies nicht stimmt. Das "
    "geht hier nicht noch einmal. Rufen Sie uns bitte an oder schreiben Sie uns.",
    "reply_nothing_asked": "Auf dieser Seite müssen Sie jetzt nichts bezahlen.",
    "reply_still": "{amount} ist noch offen. Das müssen Sie bezahlen.",
    "reply_pay_rest": "{amount} bezahlen",
    "reason_not_delivered": "Ich habe es nicht bekommen",
    "reason_damaged": "Es war beschädigt oder funktioniert nicht",
    "reason_wrong_goods": "Ich habe etwas anderes bekommen",
    "reason_wrong_amount": "Der Betrag stimmt nicht",
    "reason_not_ordered": "Das habe ich nicht bestellt",
    "reason_already_paid": "Ich habe schon bezahlt",
    "reason_credit_expected": "Ich bekomme noch Geld zurück",
    "reason_other": "Etwas anderes",
}
