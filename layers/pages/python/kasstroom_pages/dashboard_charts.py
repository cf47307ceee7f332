"""The charts of the dashboard as data: what is drawn, and the same numbers as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from kasstroom.organisations.model import Language
from kasstroom.reports.dashboard import Aged, Dashboard
from kasstroom_pages.dashboard_figures import Spoken
from kasstroom_pages.formats import short_date

LISTS = "/desk/lists/"
_LATE, _VERY_LATE = ("days_1_30", "days_31_60"), ("days_61_90", "days_91_120", "days_over_120")


@dataclass(frozen=True, slots=True)
class Series:
    """`colours` are tokens of the style sheet: one, or one per value; `drawn` is `bar`, `hatched`,
    `line`, `dashed`, `low` or `high` (the edges of a range). A value of None leaves a gap."""

    name: str
    drawn: str
    colours: tuple[str, ...]
    values: tuple[int | float | None, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """`kind` is `rows` (horizontal bars), `bars` or `lines`; `unit` is `money`, `days` or `count`.
    `links` lead from each label to the list behind it, empty for none. `ends` are written at the
    end of each bar."""

    name: str
    kind: str
    unit: str
    title: str
    first: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    links: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()

    @property
    def blank(self) -> bool:
        """Whether nothing of our own is to be seen in it."""
        own = (one for one in self.series if one.drawn != "dashed")
        return not any(value for one in own for value in one.values)

    @property
    def rows(self) -> list[tuple[str, str, tuple[str, ...]]]:
        """The table: label, where it leads, and a text per series."""
        links = self.links or ("",) * len(self.labels)
        texts = [tuple(s.texts[at] for s in self.series) for at in range(len(self.labels))]
        return list(zip(self.labels, links, texts, strict=True))


def charts(board: Dashboard, language: Language) -> tuple[Chart, ...]:
    told = Spoken(language, board.currency)
    return (
        _ageing(board, told), _weeks(board, told), _dso(board, told), _forecast(board, told),
        _funnel(board, told), _decisions(board, told),
    )  # fmt: skip


def _colour(bucket: str) -> str:
    """Calm while it is on time, the strong colour only for what needs a person."""
    return "c2" if bucket in _LATE else "c5" if bucket in _VERY_LATE else "c1"


def _ageing(board: Dashboard, told: Spoken) -> Chart:
    """Bars are as long as what is open; the disputed part of it is hatched."""
    shown = [aged for aged in board.ageing if aged.minor or aged.bucket != "undated"]
    calm = [aged.minor - aged.disputed_minor for aged in shown]
    held = [aged.disputed_minor for aged in shown]
    colours = tuple(_colour(aged.bucket) for aged in shown)
    return Chart(
        "ageing", "rows", "money", told.say("dash_chart_ageing"), told.say("dash_head_age"),
        tuple(told.say(f"dash_bucket_{aged.bucket}") for aged in shown),
        (
            _money(told, "dash_series_undisputed", "bar", colours, calm),
            _money(told, "dash_series_disputed", "hatched", colours, held),
        ),
        tuple(f"{LISTS}bucket-{aged.bucket}" for aged in shown),
        tuple(_end(aged, told) for aged in shown),
    )  # fmt: skip


def _end(aged: Aged, told: Spoken) -> str:
    return told.money(aged.minor)


def _weeks(board: Dashboard, told: Spoken) -> Chart:
    return Chart(
        "weeks", "lines", "money", told.say("dash_chart_weeks"), told.say("dash_head_week"),
        _days(board, told),
        (
            _money(told, "dash_series_open", "line", ("c1",), [w.open_minor for w in board.weeks]),
            _money(told, "dash_series_late", "line", ("c2",), [w.late_minor for w in board.weeks]),
        ),
    )  # fmt: skip


def _days(board: Dashboard, told: Spoken) -> tuple[str, ...]:
    return tuple(short_date(week.on, told.language)[:5] for week in board.weeks)


def _dso(board: Dashboard, told: Spoken) -> Chart:
    own = [week.dso for week in board.weeks]
    level: list[Decimal | None] = [board.benchmark_days] * len(own)
    return Chart(
        "dso", "lines", "days", told.say("dash_chart_dso"), told.say("dash_head_week"),
        _days(board, told),
        (
            _lasting(told, "dash_series_dso", "line", "c1", own),
            _lasting(told, "dash_series_benchmark", "dashed", "c6", level),
        ),
    )  # fmt: skip


def _lasting(
    told: Spoken, key: str, drawn: str, colour: str, days: Sequence[Decimal | None]
) -> Series:
    values = tuple(None if d is None else float(round(d, 1)) for d in days)
    return Series(told.say(key), drawn, (colour,), values, tuple(told.days(d) for d in days))


def _forecast(board: Dashboard, told: Spoken) -> Chart:
    weeks = board.expected
    starts = tuple(short_date(w.starts_on, told.language)[:5] for w in weeks)
    return Chart(
        "forecast", "bars", "money", told.say("dash_chart_forecast"), told.say("dash_head_from"),
        starts,
        (
            _money(told, "dash_series_likely", "bar", ("c3",), [w.likely for w in weeks]),
            *_range(board, told),
        ),
    )  # fmt: skip


def _range(board: Dashboard, told: Spoken) -> tuple[Series, ...]:
    """The edges, when there is enough past to know them."""
    if board.expected_range is None:
        return ()
    low, high = [w.low or 0 for w in board.expected], [w.high or 0 for w in board.expected]
    return (
        _money(told, "dash_series_low", "low", ("c3",), low),
        _money(told, "dash_series_high", "high", ("c3",), high),
    )


def _funnel(board: Dashboard, told: Spoken) -> Chart:
    funnel = board.funnel
    steps = {"sent": funnel.sent, "delivered": funnel.delivered, "read": funnel.read}
    counts = [*steps.values(), funnel.paid]
    return Chart(
        "funnel", "rows", "count", told.say("dash_chart_funnel"), told.say("dash_head_step"),
        tuple(told.say(f"dash_funnel_{step}") for step in (*steps, "paid")),
        (_counted(told, "dash_series_reminders", ("c3", "c3", "c3", "c1"), counts),),
        (f"{LISTS}reminders",) * len(counts),
        tuple(told.count(count) for count in counts),
    )  # fmt: skip


def _decisions(board: Dashboard, told: Spoken) -> Chart:
    colours = {"declined": "c5", "refer": "c3"}
    made = board.decisions
    return Chart(
        "decisions", "rows", "count", told.say("dash_chart_decisions"),
        told.say("dash_head_outcome"),
        tuple(told.say(f"dash_outcome_{outcome}") for outcome, _ in made),
        (
            _counted(
                told, "dash_series_decisions", tuple(colours.get(o, "c1") for o, _ in made),
                [count for _, count in made],
            ),
        ),
        tuple(f"{LISTS}decisions-{outcome}" for outcome, _ in made),
        tuple(told.count(count) for _, count in made),
    )  # fmt: skip


def _money(
    told: Spoken, key: str, drawn: str, colours: tuple[str, ...], minor: Sequence[int]
) -> Series:
    return Series(
        told.say(key), drawn, colours, tuple(minor), tuple(told.money(each) for each in minor)
    )


def _counted(
    told: Spoken, key: str, colours: tuple[str, ...], counts: Sequence[int | None]
) -> Series:
    texts = tuple(told.count(count) for count in counts)
    return Series(told.say(key), "bar", colours, tuple(counts), texts)
