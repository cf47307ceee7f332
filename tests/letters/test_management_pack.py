"""The management pack, read back from its PDF."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfReader

from kasstroom.money import Money
from kasstroom.organisations.model import Language
from kasstroom.reports.assumptions import DUTCH_MARKET
from kasstroom.reports.dashboard import Funnel
from kasstroom.reports.kpi.figures import AGES, Figures
from kasstroom.reports.pack import AgePart, Pack, TrendPoint, WeekAhead, pack_of
from kasstroom.reports.shape import Paper
from kasstroom_letters.charts import Bar, bars, lines, lying
from kasstroom_letters.pack import pack_pdf
from kasstroom_letters.type import use_typeface

DAY = date(2026, 11, 21)
NL = Paper("Van Dijk Bouwmaterialen B.V.", Language.NL, datetime(2026, 11, 21, 9, tzinfo=UTC))


def empty() -> Pack:
    return pack_of(Figures({}, DAY, DAY))


def full() -> Pack:
    """Invented figures in every place."""
    nothing = empty()
    week = timedelta(days=7)
    first = tuple(
        replace(one, value=Money(123_456_00) if one.unit == "amount" else Decimal("41.25"))
        for one in nothing.first
    )
    return replace(
        nothing,
        first=first,
        ageing=tuple(AgePart(age, Money(10_000_00), Decimal("12.50")) for age in AGES),
        trend=tuple(
            TrendPoint(DAY - n * week, Money(1), Money(1), Decimal(40 + n) if n != 2 else None)
            for n in range(13)
        ),
        forecast=tuple(
            WeekAhead(DAY + n * week, Money(9_000_00), Money(8_000_00), Money(12_000_00))
            for n in range(13)
        ),
        funnel=Funnel(214, 201, 133, 96),
        risk=first,
    )


def pages_of(pack: Pack, paper: Paper = NL) -> list[str]:
    reader = PdfReader(BytesIO(pack_pdf(pack, paper)))
    return [page.extract_text().replace("\u00a0", " ") for page in reader.pages]


def test_every_page_has_its_chart_and_the_numbers_of_it():
    first, ageing, trend, forecast, funnel, risk = pages_of(full())
    assert "€ 123.456" in first and "41,3 dagen" in first
    assert ageing.count("€ 10.000") >= 2 * (len(AGES) - 1) and "12,5%" in ageing
    assert "Onguard" in trend and f"Markt {DUTCH_MARKET.dso_days}" in trend
    assert "geen cijfer" in trend and "52,0" in trend
    assert forecast.count("€ 12.000") == 13 and "€ 9.000" in forecast
    assert "214" in funnel and "Gelezen" in funnel
    assert "Risico en dekking" in risk and "Bladzijde 6 van 6" in risk


@pytest.mark.parametrize(("language", "said"), [("nl", "geen cijfer"), ("en", "no figure")])
def test_without_figures_every_page_says_so(language, said):
    pages = pages_of(empty(), Paper("Leeg B.V.", Language(language), NL.at))
    assert len(pages) == 6 and all(said in page for page in pages)
    assert not any("0,0%" in page or "100" in page for page in pages)


def test_the_same_figures_give_the_same_bytes():
    assert pack_pdf(full(), NL) == pack_pdf(full(), NL)


def test_charts_bear_nothing_minus_and_missing():
    use_typeface()
    rows = [Bar("a", None, ""), Bar("b", 0.0, "0"), Bar("c", -5.0, "-5"), Bar("d", 3.0, "3")]
    for made in (bars(rows, 400, 200), lying(rows, 400, 200), lines(rows, 46, "m", 400, 200)):
        assert made.contents
    assert bars([], 400, 200).contents and lines([], 46, "m", 400, 200).contents
