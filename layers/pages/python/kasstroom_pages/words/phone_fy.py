"""What a colleague says on the phone, and minds: Frisian, "jo"."""

from __future__ import annotations

WORDS = {
    "phone_open": "Goeie, jo sprekke mei (jo namme) fan {creditor}. Sprek ik mei {name}?",
    "phone_open_nameless": "Goeie, jo sprekke mei (jo namme) fan {creditor}. Mei wa sprek ik?",
    "phone_mind": "Tink derom: sis pas wêr't it oer giet as jo de goede persoan sprekke. Sprek "
    "neat oer de faktuer yn op in voicemail.",
    "phone_pre_reminder": "Ik belje jo graach op tiid oer {items}. It giet om {amount}. "
    "De beteldatum is {day}. Is de faktuer goed oankommen?",
    "phone_reminder": "Ik belje jo oer {items}. Der stiet {amount} iepen. Wy hawwe noch gjin "
    "betelling sjoen. Is de faktuer goed oankommen?",
    "phone_second_reminder": "Ik belje jo oer {items}. Der stiet {amount} iepen. Wy skreaunen jo "
    "dêr earder oer. Kinne jo my fertelle wat der oan 'e hân is?",
    "phone_notice": "Ik belje jo oer {items}. Der stiet {amount} iepen en de beteldatum is foarby. "
    "Wannear kinne jo betelje, of hoe kinne wy jo helpe?",
    "phone_fourteen_day_letter": "Ik belje jo oer {items}. Der stiet {amount} iepen. Jo krije dêr "
    "in brief fan ús oer. Wolle jo dy goed lêze? Dêryn stiet wat jo dwaan kinne.",
    "phone_fourteen_day_letter_mind": "Tink derom: neam gjin oare termyn en gjin oare bedraggen "
    "as yn de brief steane. Dit petear komt net yn it plak fan de brief.",
    "phone_final_demand": "Ik belje jo oer {items}. Der stiet {amount} iepen. Wy hawwe jo al faker "
    "skreaun. Wy sykje graach tegearre mei jo in oplossing. Wat is foar jo mooglik?",
    "phone_paid": "Al betelle? Freegje op hokker dei en fan hokker rekken. Betankje en sis dat wy "
    "it neisjogge.",
    "phone_cannot_pay": "Slagget it beteljen net? Freegje wat wol slagget: in oare dei, of yn "
    "dielen betelje. Sis neat ta wat jo sels net ôfprate meie.",
    "phone_disagree": "Kloppet der wat net? Freegje wat der net kloppet en skriuw it op. Sis dat "
    "wy it earst útsykje.",
    "phone_debt_help": "Hearre jo dat immen jildsoargen hat? Neam Geldfit (de Nederlânske "
    "Skuldhelprûte) en de gemeente.",
    "phone_close": "Werhelje wat jo ôfpraat hawwe: hokker bedrach en hokker dei. Betankje foar it "
    "petear.",
}
