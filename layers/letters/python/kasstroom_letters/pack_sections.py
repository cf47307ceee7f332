"""The pages of the management pack: what each asks, draws and lists."""

from __future__ import annotations

from dataclasses import dataclass

from reportlab.graphics.shapes import Drawing
from reportlab.lib.colors import Color

from kasstroom.money import Money
from kasstroom.reports.ageing import Bucket
from kasstroom.reports.heading import NO_FIGURE, day_in_words
from kasstroom.reports.lists.columns import BUCKET_TITLES
from kasstroom.reports.pack import Pack, Told
from kasstroom_letters import pack_words as words
from kasstroom_letters.charts import AMBER, BLUE, GREEN, RED, Bar, bars, lines, lying
from kasstroom_letters.pack_words import Said

_SERIOUS = (Bucket.DAYS_61_90, Bucket.DAYS_91_120, Bucket.DAYS_OVER_120)
_COLOURS: dict[str, Color] = {
    Bucket.CURRENT: GREEN, Bucket.DAYS_1_30: AMBER, Bucket.DAYS_31_60: AMBER,
}  # fmt: skip


@dataclass(frozen=True)
class Section:
    """`draws`: there is a place for a chart; `chart` None: nothing to draw in it."""

    title: str
    says: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    draws: bool = True
    chart: Drawing | None = None
    tiles: tuple[tuple[str, str], ...] = ()


def sections(pack: Pack, said: Said, width: float, height: float) -> tuple[Section, ...]:
    """Width and height of a chart in points."""
    size = (width, height)
    return (
        _first(pack, said),
        _ageing(pack, said, size),
        _trend(pack, said, size),
        _forecast(pack, said, size),
        _funnel(pack, said, size),
        _risk(pack, said, size),
    )


def _first(pack: Pack, said: Said) -> Section:
    rows, tiles = _listed(pack.more, said), _listed(pack.first, said)
    return Section(
        said(words.FIRST), said(words.FIRST_SAYS), (said(words.FIGURE), said(words.VALUE)), rows,
        draws=False, tiles=tiles,
    )  # fmt: skip


def _ageing(pack: Pack, said: Said, size: tuple[float, float]) -> Section:
    """What has nothing in it is listed and not drawn, as long as it is no age."""
    columns = [
        Bar(
            said(BUCKET_TITLES[part.bucket]), _drawn(part.amount), said.amount(part.amount),
            _age_colour(part.bucket),
        )
        for part in pack.ageing
        if part.amount or part.bucket in tuple(Bucket)
    ]  # fmt: skip
    rows = tuple(
        (said(BUCKET_TITLES[part.bucket]), said.amount(part.amount), said.share(part.percent))
        for part in pack.ageing
    )
    return Section(
        said(words.AGEING), said(words.AGEING_SAYS),
        (said(words.AGE), said(words.AMOUNT), said(words.SHARE)), rows,
        chart=bars(columns, *size) if columns else None,
    )  # fmt: skip


def _age_colour(bucket: str) -> Color:
    return RED if bucket in _SERIOUS else _COLOURS.get(bucket, BLUE)


def _trend(pack: Pack, said: Said, size: tuple[float, float]) -> Section:
    days = said.number(pack.benchmark_days, 0)
    points = [
        Bar(
            said.day(point.on), None if point.dso is None else float(point.dso),
            "" if point.dso is None else said.number(point.dso, 0),
        )
        for point in pack.trend
    ]  # fmt: skip
    rows = tuple(
        (
            day_in_words(point.on, said.language), said.amount(point.open),
            said.amount(point.late), _days(point.dso, said),
        )
        for point in pack.trend
    )  # fmt: skip
    has = any(point.value is not None for point in points)
    level = f"{said(words.MARKET)} {days}"
    return Section(
        said(words.TREND), said(words.TREND_SAYS, days=days, source=pack.benchmark_source),
        tuple(said(w) for w in (words.DAY, words.OPEN, words.LATE, words.DSO)), rows,
        chart=lines(points, float(pack.benchmark_days), level, *size) if has else None,
    )  # fmt: skip


def _days(value: object, said: Said) -> str:
    return said(NO_FIGURE) if value is None else said.number(value, 1)  # type: ignore[arg-type]


def _forecast(pack: Pack, said: Said, size: tuple[float, float]) -> Section:
    columns = [
        Bar(
            said.day(week.starts_on), _drawn(week.expected), said.amount(week.expected), GREEN,
            _drawn(week.low), _drawn(week.high),
        )
        for week in pack.forecast
    ]  # fmt: skip
    rows = tuple(
        (
            day_in_words(week.starts_on, said.language),
            *(_amount(money, said) for money in (week.low, week.expected, week.high)),
        )
        for week in pack.forecast
    )
    headings = (words.WEEK, words.LOW, words.EXPECTED, words.HIGH)
    return Section(
        said(words.FORECAST), said(words.FORECAST_SAYS), tuple(map(said, headings)), rows,
        chart=bars(columns, *size) if columns else None,
    )  # fmt: skip


def _funnel(pack: Pack, said: Said, size: tuple[float, float]) -> Section:
    funnel = pack.funnel
    counts = (funnel.sent, funnel.delivered, funnel.read, funnel.paid)
    steps = [
        Bar(said(step), float(count or 0), _count(count), GREEN)
        for step, count in zip(words.STEPS, counts, strict=True)
    ]
    rows = tuple((step.label, step.text) for step in steps)
    return Section(
        said(words.FUNNEL), said(words.FUNNEL_SAYS), (said(words.STEP), said(words.COUNT)), rows,
        chart=lying(steps, *size) if funnel.sent else None,
    )  # fmt: skip


def _risk(pack: Pack, said: Said, size: tuple[float, float]) -> Section:
    """Amounts are drawn; the shares are listed with them."""
    amounts = [told for told in pack.risk if isinstance(told.value, Money)]
    drawn = [
        Bar(said(told.means), _drawn(told.value), said.value(told), AMBER)  # type: ignore[arg-type]
        for told in amounts
    ]
    return Section(
        said(words.RISK), said(words.RISK_SAYS), (said(words.FIGURE), said(words.VALUE)),
        _listed(pack.risk, said), chart=lying(drawn, *size) if drawn else None,
    )  # fmt: skip


def _listed(found: tuple[Told, ...], said: Said) -> tuple[tuple[str, str], ...]:
    return tuple((said(told.means), said.value(told)) for told in found)


def _drawn(money: Money | None) -> float | None:
    return None if money is None else float(money.decimal)


def _amount(money: Money | None, said: Said) -> str:
    return said(NO_FIGURE) if money is None else said.amount(money)


def _count(count: int | None) -> str:
    return str(count or 0)
