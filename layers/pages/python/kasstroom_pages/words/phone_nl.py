"""What a colleague says on the phone, and minds: Dutch, B1, "u"."""

from __future__ import annotations

WORDS = {
    "phone_open": "Goedendag, u spreekt met (uw naam) van {creditor}. Spreek ik met {name}?",
    "phone_open_nameless": "Goedendag, u spreekt met (uw naam) van {creditor}. Met wie spreek ik?",
    "phone_mind": "Let op: zeg pas waar het over gaat als u de juiste persoon spreekt. Spreek "
    "niets over de factuur in op een voicemail.",
    "phone_pre_reminder": "Ik bel u graag op tijd over {items}. Het gaat om {amount}. "
    "De betaaldatum is {day}. Is de factuur goed aangekomen?",
    "phone_reminder": "Ik bel u over {items}. Er staat {amount} open. Wij hebben nog geen betaling "
    "gezien. Is de factuur goed aangekomen?",
    "phone_second_reminder": "Ik bel u over {items}. Er staat {amount} open. Wij schreven u daar "
    "eerder over. Kunt u mij vertellen wat er aan de hand is?",
    "phone_notice": "Ik bel u over {items}. Er staat {amount} open en de betaaldatum is voorbij. "
    "Wanneer kunt u betalen, of hoe kunnen wij u helpen?",
    "phone_fourteen_day_letter": "Ik bel u over {items}. Er staat {amount} open. U krijgt daarover "
    "een brief van ons. Wilt u die goed lezen? Daarin staat wat u kunt doen.",
    "phone_fourteen_day_letter_mind": "Let op: noem geen andere termijn en geen andere bedragen "
    "dan in de brief staan. Dit gesprek komt niet in de plaats van de brief.",
    "phone_final_demand": "Ik bel u over {items}. Er staat {amount} open. Wij hebben u al vaker "
    "geschreven. Wij zoeken graag samen met u een oplossing. Wat is voor u mogelijk?",
    "phone_paid": "Al betaald? Vraag op welke dag en van welke rekening. Bedank en zeg dat wij "
    "het nakijken.",
    "phone_cannot_pay": "Lukt betalen niet? Vraag wat wel lukt: een andere dag, of betalen in "
    "delen. Beloof niets wat u zelf niet mag afspreken.",
    "phone_disagree": "Klopt er iets niet? Vraag wat er niet klopt en schrijf het op. Zeg dat wij "
    "het eerst uitzoeken.",
    "phone_debt_help": "Hoort u dat iemand geldzorgen heeft? Noem Geldfit (de Nederlandse "
    "Schuldhulproute) en de gemeente.",
    "phone_close": "Herhaal wat u hebt afgesproken: welk bedrag en welke dag. Bedank voor het "
    "gesprek.",
}
