"""German, "Sie", plain. What is not here is read in English: the application form and the desk."""

from __future__ import annotations

WORDS = {
    # every page
    "page_title": "Bezahlen Sie Ihre Rechnung",
    "preview_title": "Zahlungsseite",
    "preview_text": "Sehen Sie, was offen ist, und bezahlen Sie über Ihre eigene Bank.",
    "kvk": "KvK {number}",
    "test_mode": "Testumgebung",
    "check_domain": "Prüfen Sie immer, ob die Adresse mit <strong>{domain}</strong> beginnt.",
    "never_ask": "Wir fragen nie nach Ihrer PIN und bitten Sie nie, sich zu verifizieren.",
    # what is owed
    "to_pay": "Zu bezahlen",
    "days_late_one": "1 Tag nach dem Zahlungstag",
    "days_late_many": "{days} Tage nach dem Zahlungstag",
    "due_today": "Heute ist der Zahlungstag",
    "days_left_one": "Sie haben noch 1 Tag",
    "days_left_many": "Sie haben noch {days} Tage",
    "invoice": "Rechnung {number}",
    "credit_note": "Gutschrift {number}",
    "due_on": "zahlbar bis {day}",
    "lines_label": "Was offen ist",
    "still_open": "Noch offen",
    "instalment": "Rate {number} von {of}, zahlbar bis zum {day}.",
    "part_of": "Das ist ein Teil der {amount}, die offen sind.",
    "held_back": "Bei {amount} prüfen wir noch etwas. Das müssen Sie jetzt nicht bezahlen.",
    "free_label": "Wie viel möchten Sie bezahlen?",
    "free_hint": "Von {least} bis {most}.",
    "free_hint_most": "Höchstens {most}.",
    "free_oldest": "Sie bezahlen zuerst die älteste Rechnung.",
    "free_amount_missing": "Tragen Sie ein, wie viel Sie bezahlen möchten.",
    "free_amount_unread": "Das lesen wir nicht als Betrag. Schreiben Sie ihn wie 125 oder 125,50.",
    "free_amount_too_low": "Sie können nicht weniger als {least} bezahlen.",
    "free_amount_too_high": "Es sind {most} offen. Tragen Sie das ein, oder weniger.",
    "pay_button_other": "Bezahlen mit {method}",
    "method_wero": "Wero",
    "method_bancontact": "Bancontact",
    "method_creditcard": "Karte",
    "method_paypal": "PayPal",
    "method_kbc": "KBC",
    "method_belfius": "Belfius",
    "pay_button": "Bezahlen mit iDEAL\u00a0|\u00a0Wero",
    "pay_hint": "Sie gehen zur sicheren Umgebung Ihrer eigenen Bank.",
    "not_online": "Diesen Betrag können Sie nicht online bezahlen. Bitte überweisen Sie ihn auf "
    "unser Konto.",
    "expires_on": "Diese Seite funktioniert bis zum {day}.",
    # notices above the amount
    "notice_not_paid": "Ihre Zahlung ist nicht abgeschlossen. Es wurde kein Geld abgebucht. "
    "Sie können es noch einmal versuchen.",
    "notice_amount_changed": "Der Betrag hat sich geändert, seit Sie diese Seite geöffnet haben. "
    "Unten steht, was Sie jetzt noch bezahlen müssen.",
    "notice_still_pending": "Wir warten noch auf Nachricht von Ihrer Bank über Ihre vorige "
    "Zahlung. Haben Sie schon bezahlt? Dann brauchen Sie jetzt nichts zu tun.",
    "notice_press_again": "Diese Seite war zu lange offen. Bitte drücken Sie den Knopf noch "
    "einmal.",
    # bank transfer
    "transfer_only": "Selbst überweisen",
    "transfer_title": "Möchten Sie lieber selbst überweisen?",
    "transfer_hint": "Übernehmen Sie diese Angaben genau. Dann sehen wir gleich, dass Sie bezahlt "
    "haben.",
    "iban": "IBAN",
    "account_name": "Empfänger",
    "amount": "Betrag",
    "reference": "Verwendungszweck",
    "qr_title": "QR-Code mit den Angaben für eine Überweisung",
    "qr_hint": "Scannen Sie ihn mit der App Ihrer Bank. Nicht jede Bank-App liest diesen Code.",
    # help
    "help_title": "Brauchen Sie Hilfe?",
    "help_paid": "Ich habe schon bezahlt",
    "help_parts": "In Teilen bezahlen",
    "help_wrong": "Stimmt etwas nicht?",
    "help_question": "Eine Frage stellen",
    "help_subject_paid": "Ich habe schon bezahlt, Verwendungszweck {reference}",
    "help_subject_parts": "Ich möchte in Teilen bezahlen, Verwendungszweck {reference}",
    "help_subject_wrong": "Das stimmt nicht, Verwendungszweck {reference}",
    "help_subject_question": "Frage, Verwendungszweck {reference}",
    "help_call": "Lieber anrufen? {phone}",
    # back from the bank
    "state_paid_title": "Danke, Ihre Zahlung ist da",
    "state_paid_text": "Sie brauchen nichts mehr zu tun. Sie können diese Seite speichern oder "
    "drucken.",
    "state_part_paid_title": "Danke, Ihre Zahlung ist da",
    "state_part_paid_text": "Es sind noch {amount} offen. Die können Sie jetzt oder später "
    "bezahlen.",
    "state_pending_title": "Wir warten auf Ihre Bank",
    "state_pending_text": "Das dauert meist nur ein paar Sekunden. Diese Seite prüft selbst, ob "
    "Ihre Zahlung da ist. Sie brauchen nicht noch einmal zu bezahlen.",
    "state_processing_title": "Danke, Ihre Zahlung ist da",
    "state_processing_text": "Wir verarbeiten Ihre Zahlung jetzt. Sie brauchen nichts mehr zu tun "
    "und nicht noch einmal zu bezahlen.",
    "state_slow_title": "Ihre Bank braucht mehr Zeit",
    "state_slow_text": "Wir haben noch keine Nachricht von Ihrer Bank. Wurde das Geld abgebucht? "
    "Dann brauchen Sie nichts zu tun: Wir verarbeiten Ihre Zahlung, sobald die Nachricht da ist.",
    "state_failed_title": "Die Zahlung hat nicht geklappt",
    "state_failed_text": "Es wurde kein Geld abgebucht. Versuchen Sie es noch einmal oder "
    "überweisen Sie den Betrag selbst.",
    "state_canceled_title": "Sie haben das Bezahlen abgebrochen",
    "state_canceled_text": "Es wurde kein Geld abgebucht. Sie können später mit demselben Link "
    "weitermachen.",
    "state_expired_title": "Die Zeit zum Bezahlen ist vorbei",
    "state_expired_text": "Ihre Bank hat die Zahlung beendet, weil es zu lange dauerte. "
    "Es wurde kein Geld abgebucht.",
    "refresh_now": "Jetzt prüfen",
    "back_to_pay": "Zurück zum Bezahlen",
    "pay_rest": "Den Rest bezahlen",
    "proof_amount": "Bezahlt",
    "proof_date": "Datum",
    "proof_creditor": "An",
    "proof_invoices": "Rechnungen",
    "proof_invoice": "Rechnung",
    "proof_remaining": "Noch offen",
    "nothing_title": "Es ist nichts mehr offen",
    "nothing_text": "Dieser Link ist bezahlt. Sie brauchen nichts mehr zu tun.",
    # problems
    "gone_title": "Dieser Link funktioniert nicht",
    "gone_text": "Vielleicht ist der Link abgelaufen, der Betrag schon bezahlt oder Sie haben "
    "einen neueren Link bekommen. Sehen Sie in die letzte Nachricht, die Sie bekommen haben.",
    "gone_next": "Hilft das nicht? Rufen Sie das Unternehmen an, das Ihnen die Rechnung geschickt "
    "hat, oder schreiben Sie ihm. Telefonnummer und E-Mail-Adresse stehen auf Ihrer Rechnung.",
    "busy_title": "Einen Moment bitte",
    "busy_text": "Diese Seite wurde in kurzer Zeit zu oft geöffnet.",
    "busy_next": "Warten Sie eine Minute und versuchen Sie es dann noch einmal.",
    "method_title": "Das geht hier nicht",
    "method_text": "Diese Seite versteht Ihre Anfrage nicht.",
    "method_next": "Bitte öffnen Sie den Link aus Ihrer Nachricht noch einmal.",
    "error_title": "Bei uns ist etwas schiefgegangen",
    "error_text": "Das liegt nicht an Ihnen. Durch diesen Fehler wurde nichts abgebucht.",
    "error_next": "Bitte versuchen Sie es in ein paar Minuten noch einmal.",
    "error_code": "Code, falls Sie uns anrufen oder schreiben: {code}",
    "trouble_title": "Bezahlen über Ihre Bank geht gerade nicht",
    "trouble_text": "Es wurde kein Geld abgebucht. Versuchen Sie es in ein paar Minuten noch "
    "einmal oder überweisen Sie den Betrag selbst.",
    "trouble_retry": "Noch einmal versuchen",
}
