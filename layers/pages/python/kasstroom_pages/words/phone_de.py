"""What a colleague says on the phone, and minds: German, "Sie", plain."""

from __future__ import annotations

WORDS = {
    "phone_open": "Guten Tag, hier ist (Ihr Name) von {creditor}. Spreche ich mit {name}?",
    "phone_open_nameless": "Guten Tag, hier ist (Ihr Name) von {creditor}. Mit wem spreche ich?",
    "phone_mind": "Bitte beachten: Sagen Sie erst, worum es geht, wenn Sie mit der richtigen "
    "Person sprechen. Sprechen Sie nichts über die Rechnung auf einen Anrufbeantworter.",
    "phone_pre_reminder": "Ich rufe Sie rechtzeitig an: {items}. Es geht um {amount}. "
    "Der Zahlungstag ist der {day}. Ist die Rechnung gut angekommen?",
    "phone_reminder": "Ich rufe Sie an wegen: {items}. Es sind {amount} offen. Wir haben noch "
    "keine Zahlung gesehen. Ist die Rechnung gut angekommen?",
    "phone_second_reminder": "Ich rufe Sie an wegen: {items}. Es sind {amount} offen. Wir haben "
    "Ihnen dazu schon geschrieben. Können Sie mir sagen, was los ist?",
    "phone_notice": "Ich rufe Sie an wegen: {items}. Es sind {amount} offen und der Zahlungstag "
    "ist vorbei. Wann können Sie bezahlen oder wie können wir Ihnen helfen?",
    "phone_fourteen_day_letter": "Ich rufe Sie an wegen: {items}. Es sind {amount} offen. Sie "
    "bekommen dazu einen Brief von uns. Bitte lesen Sie ihn gut. Darin steht, was Sie tun können.",
    "phone_fourteen_day_letter_mind": "Bitte beachten: Nennen Sie keine andere Frist und keine "
    "anderen Beträge als die im Brief. Dieses Gespräch ersetzt den Brief nicht.",
    "phone_final_demand": "Ich rufe Sie an wegen: {items}. Es sind {amount} offen. Wir haben Ihnen "
    "schon öfter geschrieben. Wir suchen gern gemeinsam mit Ihnen eine Lösung. Was ist für Sie "
    "möglich?",
    "phone_paid": "Schon bezahlt? Fragen Sie, an welchem Tag und von welchem Konto. Bedanken Sie "
    "sich und sagen Sie, dass wir nachsehen.",
    "phone_cannot_pay": "Geht es nicht? Fragen Sie, was möglich ist: ein anderer Tag oder in "
    "Teilen bezahlen. Versprechen Sie nichts, was Sie nicht selbst vereinbaren dürfen.",
    "phone_disagree": "Stimmt etwas nicht? Fragen Sie, was nicht stimmt, und schreiben Sie es auf. "
    "Sagen Sie, dass wir es erst klären.",
    "phone_debt_help": "Hören Sie, dass jemand Geldsorgen hat? Nennen Sie Geldfit (die "
    "niederländische Schuldenhilfe) und die Gemeinde.",
    "phone_close": "Wiederholen Sie, was Sie vereinbart haben: welcher Betrag und welcher Tag. "
    "Bedanken Sie sich für das Gespräch.",
}
