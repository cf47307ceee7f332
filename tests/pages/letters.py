"""A creditor, a debtor at home, and two letters to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from kasstroom.compliance.collection_costs import DebtorType
from kasstroom.compliance.demand import Demand, fourteen_day_demand
from kasstroom.compliance.letter14 import LetterChannel
from kasstroom.debtors.model import Address, Contact, Debtor, DebtorKind
from kasstroom.dunning.strategy import StepKind
from kasstroom.messages.letters import Letter
from kasstroom.messages.postal import postal_address
from kasstroom.money import Money
from kasstroom_pages.printed_letters import letter_of
from kasstroom_pages.views import LetterText, PayLine
from tests.pages.samples import TODAY, VAN_DIJK, reminder_view

AT = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
CREDITOR = replace(
    VAN_DIJK, street="Handelsweg 12", postcode="3542 AD", vat_number="NL004495445B01",
    website="https://www.vandijk.example",
)  # fmt: skip
DEBTOR = Debtor(
    "vandijk", "D-1042", "Mevrouw Sjoukje Hoekstra-Ŷsbrandy", DebtorKind.CONSUMER, AT,
    address=Address("Kerkstraat", "25 A", "8501 AB", "Joure"), contact=Contact(),
)  # fmt: skip
HEADINGS = ("Factuur", "Factuurdatum", "Betaaldatum", "Open")
REMINDER = LetterText(
    "Herinnering: factuur 2026-0042 en 2026-0057",
    (
        "Misschien is het u ontgaan: voor de facturen hieronder hebben wij nog geen betaling"
        " gezien. Wilt u het bedrag binnen zeven dagen betalen?",
        "Klopt er iets niet, of lukt betalen niet in één keer? Bel of mail ons. Dan zoeken wij"
        " samen een oplossing. Hebt u al betaald? Dan hoeft u niets te doen.",
    ),
    HEADINGS,
    "Met vriendelijke groet,",
    "Beste mevrouw Hoekstra-Ŷsbrandy,",
)
FOURTEEN = LetterText(
    "Aanmaning: betaal zonder extra kosten",
    (
        "Wij hebben nog geen betaling ontvangen voor de facturen hieronder. De betaaldatum is"
        " voorbij.",
        "U kunt nu nog betalen zonder extra kosten. Betaal het bedrag binnen veertien dagen vanaf"
        " de dag nadat deze brief bij u is bezorgd.",
        "Betaalt u niet of niet alles binnen die tijd? Dan moet u ook de incassokosten betalen die"
        " hieronder staan.",
    ),
    HEADINGS,
    "Met vriendelijke groet,",
    "Beste mevrouw Hoekstra-Ŷsbrandy,",
    (
        "De incassokosten volgen uit artikel 6:96 van het Burgerlijk Wetboek en het Besluit"
        " vergoeding voor buitengerechtelijke incassokosten.",
        "Bent u het niet eens met dit bedrag? Schrijf of bel ons. Hebt u meer schulden? Uw gemeente"
        " helpt u gratis en op geldfit.nl vindt u hulp bij u in de buurt.",
    ),
)
LINES = (
    PayLine("2026-0042", date(2026, 10, 12), Money(31230)),
    PayLine("2026-0057", date(2026, 10, 30), Money(10000)),
)
ISSUED = {"2026-0042": date(2026, 9, 12), "2026-0057": date(2026, 9, 30)}


def demand_of(lines: tuple[PayLine, ...] = LINES) -> Demand:
    claims = [(line.number, line.open) for line in lines]
    return fourteen_day_demand(claims, DebtorType.CONSUMER, True, TODAY, LetterChannel.POST)


def letter(
    text: LetterText = REMINDER,
    lines: tuple[PayLine, ...] = LINES,
    demand: Demand | None = None,
    **changes,
) -> Letter:
    total = Money(sum(line.open.minor for line in lines))
    view = reminder_view(
        **({"organisation": CREDITOR, "lines": lines, "total": total, "demand": demand} | changes)
    )
    return letter_of(
        view, text, postal_address(DEBTOR), AT, customer=DEBTOR.number,
        our_reference="M-7K2Q", issued=ISSUED,
    )  # fmt: skip


def fourteen_day_letter(lines: tuple[PayLine, ...] = LINES, **changes) -> Letter:
    given = {"step": StepKind.FOURTEEN_DAY_LETTER, "demand": demand_of(lines)}
    return letter(FOURTEEN, lines, **(given | changes))
