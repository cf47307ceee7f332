"""Nederlands aan de deur van het bureau: inloggen met een account, en wie een pagina mag zien."""

from __future__ import annotations

WORDS = {
    "door_account": "Inloggen met uw account",
    "door_account_tab": "Inloggen op een nieuw tabblad",
    "door_account_hint": "U logt in op een aparte pagina en komt daarna hier terug.",
    "door_tab_hint": "Log daar in en kom hier terug. Wat u typte, blijft op deze pagina staan.",
    "door_or_key": "Of met een persoonlijke sleutel",
    "door_typed_go_on": "Verder met wat ik typte",
    "door_other_account": "Met een ander account inloggen",
    "door_go_on": "Verder",
    "door_in_title": "U bent ingelogd",
    "door_in_text": "U gaat nu vanzelf verder.",
    "door_out_title": "U bent uitgelogd",
    "door_out_text": "U wordt nu ook afgemeld op de inlogpagina.",
    "door_barred_title": "Deze pagina is niet voor u",
    "door_barred_text": "U bent ingelogd, maar dit mag alleen iemand met een van deze rollen. "
    "Hebt u dit nodig voor uw werk? Vraag de beheerder om de rol.",
    "door_barred_nobody": "Niemand mag dit hier doen. Ga terug naar het overzicht.",
    "door_role_finance": "Finance",
    "door_role_credit_manager": "Kredietbeheerder",
    "door_role_collector": "Incassomedewerker",
    "door_role_sales": "Verkoper",
    "door_role_auditor": "Controleur",
    "desk_said_account_state": "Dit inloggen duurde te lang, of begon in een ander venster. Er is "
    "niets gebeurd. Log opnieuw in.",
    "desk_said_account_refused": "Het inloggen is niet gelukt. Log opnieuw in. Lukt het weer niet? "
    "Vraag de beheerder om uw account na te kijken.",
    "desk_said_account_cancelled": "U bent niet ingelogd: het inloggen werd afgebroken. Log "
    "opnieuw in als u verder wilt.",
    "desk_said_account_without_org": "Uw account hoort bij geen organisatie die hier bekend is. "
    "Vraag de beheerder om uw account in te stellen.",
    "desk_said_account_without_role": "Uw account heeft nog geen rol. Vraag de beheerder om een "
    "rol en log daarna opnieuw in.",
    "desk_said_account_unavailable": "De inlogpagina geeft nu geen antwoord. Probeer het over een "
    "minuut opnieuw, of log in met uw persoonlijke sleutel.",
}
