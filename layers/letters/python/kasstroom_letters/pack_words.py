"""The words and numbers of the management pack, in Dutch and in English."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from kasstroom.money import Money
from kasstroom.organisations.model import READ_AS, Language
from kasstroom.reports.heading import NO_FIGURE
from kasstroom.reports.pack import Told
from kasstroom.reports.shape import Words

PACK_TITLE = Words("Managementrapportage", "Management pack")
PAGE = Words("Bladzijde {page} van {pages}", "Page {page} of {pages}")
FIRST = Words("Hoe wij ervoor staan", "Where we stand")
FIRST_SAYS = Words(
    "Wat openstaat, wat te laat is, hoe lang geld uitstaat en wat niet verzekerd is.",
    "What is open, what is late, how long money is out, and what is not insured.",
)
AGEING = Words("Hoe oud is wat openstaat", "How old is what is open")
AGEING_SAYS = Words(
    "De bedragen tellen op tot wat openstaat; tegoeden van debiteuren staan apart.",
    "The amounts add up to what is open; credit of debtors stands apart.",
)
TREND = Words("Hoe lang staat geld uit", "How long is money out")
TREND_SAYS = Words(
    "DSO op dezelfde dag van elke week, naast de markt ({days} dagen; {source}).",
    "DSO on the same day of each week, beside the market ({days} days; {source}).",
)
FORECAST = Words("Wat komt er binnen", "What will come in")
FORECAST_SAYS = Words(
    "Verwachte ontvangsten per week; in vier van de vijf weken ligt de uitkomst binnen de streep.",
    "Expected receipts by week; in four of five weeks the outcome lies within the line.",
)
FUNNEL = Words("Wat doen herinneringen", "What reminders do")
FUNNEL_SAYS = Words(
    "Herinneringen van de laatste vier weken, naar hoe ver zij kwamen.",
    "Reminders of the last four weeks, by how far they came.",
)
RISK = Words("Risico en dekking", "Risk and cover")
RISK_SAYS = Words(
    "Wat niet verzekerd is, wat boven de limiet ligt en wat verloren kan gaan.",
    "What is not insured, what lies above its limit, and what may be lost.",
)
MARKET = Words("Markt", "Market")
EXPECTED = Words("Verwacht", "Expected")
LOW, HIGH = Words("Laag", "Low"), Words("Hoog", "High")
DAY, WEEK = Words("Dag", "Day"), Words("Week van", "Week of")
AGE, AMOUNT, SHARE = Words("Ouderdom", "Age"), Words("Bedrag", "Amount"), Words("Aandeel", "Share")
OPEN, LATE = Words("Openstaand", "Open"), Words("Te laat", "Late")
DAYS = Words("dagen", "days")
DSO = Words("DSO (dagen)", "DSO (days)")
FIGURE, VALUE = Words("Cijfer", "Figure"), Words("Waarde", "Value")
STEP, COUNT = Words("Stap", "Step"), Words("Aantal", "Number")
STEPS = (
    Words("Verstuurd", "Sent"), Words("Aangekomen", "Delivered"), Words("Gelezen", "Read"),
    Words("Betaald", "Paid"),
)  # fmt: skip
_SIGNS = {"EUR": "€", "USD": "$", "GBP": "£"}


class Said:
    """Words and numbers in one language."""

    def __init__(self, language: Language) -> None:
        self.language = READ_AS.get(language, language)
        self._dutch = self.language is Language.NL

    def __call__(self, words: Words, **values: str) -> str:
        return words.by(self.language).format(**values)

    def number(self, value: Decimal, digits: int) -> str:
        """`1.234,56` in Dutch, `1,234.56` in English; a true minus sign."""
        rounded = value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
        text = f"{abs(rounded):,.{digits}f}"
        if self._dutch:
            text = text.translate(str.maketrans(",.", ".,"))
        return f"−{text}" if rounded < 0 else text

    def amount(self, money: Money) -> str:
        """In whole units: a board reads no cents."""
        sign = _SIGNS.get(money.currency, money.currency)
        return f"{sign}\u00a0{self.number(money.decimal, 0)}"

    def value(self, told: Told) -> str:
        match told.value:
            case None:
                return self(NO_FIGURE)
            case Money():
                return self.amount(told.value)
        if told.unit == "percent":
            return f"{self.number(told.value, 1)}%"
        number = self.number(told.value, 0 if told.unit == "count" else 1)
        return f"{number} {self(DAYS)}" if told.unit == "days" else number

    def share(self, percent: Decimal | None) -> str:
        return self(NO_FIGURE) if percent is None else f"{self.number(percent, 1)}%"

    def day(self, on: date) -> str:
        return f"{on.day}-{on.month}" if self._dutch else f"{on.day}/{on.month}"
