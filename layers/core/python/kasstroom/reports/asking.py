"""What somebody asks of a report, held against what it can be asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kasstroom.access.model import Actor
from kasstroom.changes import Command
from kasstroom.debtors.vulnerability import must_see_vulnerability, sees_vulnerability
from kasstroom.errors import NotFound, Refused
from kasstroom.money import minor_digits
from kasstroom.reports.as_of import checked_as_of, first_booking
from kasstroom.reports.catalogue import REPORTS
from kasstroom.reports.measures import Measure
from kasstroom.reports.shape import Asked, Format, Parameter, Report, Sources
from kasstroom.segments.model import Segment
from kasstroom.segments.usecases import live_set
from kasstroom.time import Day


@dataclass(frozen=True, slots=True)
class Wish(Command):
    """The parameters as they are asked for; what is left out is not asked. `as_of` None: today."""

    as_of: Day | None = None
    currency: str = ""
    segment: str = ""
    since: Day | None = None

    def given(self) -> dict[Parameter, str]:
        values = {parameter: getattr(self, parameter) for parameter in Parameter}
        return {parameter: str(value) for parameter, value in values.items() if value}


@dataclass(frozen=True, slots=True)
class Question:
    """A report that exists, asked what it can be asked."""

    report: Report
    asked: Asked


def report_named(name: str) -> Report:
    """NotFound with what there is."""
    if name not in REPORTS:
        known = ", ".join(REPORTS)
        raise NotFound("report_not_found", f"There is no report {name!r}. There are: {known}.")
    return REPORTS[name]


def question(
    sources: Sources, org: str, name: str, wish: Wish, today: date, actor: Actor | None = None
) -> Question:
    """NotFound for an unknown report; Refused with a pointer for what it cannot be asked. `actor`
    is who asks now; None: it was asked before, by somebody who might."""
    report = report_named(name)
    _taken(report, wish)
    if wish.currency:
        _known_currency(wish.currency)
    if wish.segment:
        _known_segment(sources, org, wish.segment, actor)
    cells = sources.figures.cells(org, (Measure.BOOKED_ITEMS,))
    as_of = checked_as_of(wish.as_of or today, today, first_booking(cells))
    if wish.since and wish.since > as_of:
        detail = f"since lies after {as_of}, the last day of the report."
        raise Refused("since_after_as_of", detail, "/query/since")
    asked = Asked(org, as_of, today, wish.currency, wish.segment, wish.since)
    return Question(report, asked)


def has_format(report: Report, format: Format) -> None:
    if format not in report.formats:
        known = ", ".join(report.formats)
        detail = f"{report.name} does not come as {format}; it comes as {known}."
        raise Refused("format_not_made", detail, "/query/format")


def _taken(report: Report, wish: Wish) -> None:
    for parameter in wish.given():
        if parameter not in report.parameters:
            takes = ", ".join(report.parameters)
            detail = f"{report.name} takes no {parameter}; it takes {takes}."
            raise Refused("parameter_not_taken", detail, f"/query/{parameter}")


def _known_currency(currency: str) -> None:
    try:
        minor_digits(currency)
    except Refused as refused:
        raise Refused(refused.code, refused.detail, "/query/currency") from None


def _known_segment(sources: Sources, org: str, name: str, actor: Actor | None) -> None:
    """Who may not know of a segment is not told that it exists."""
    live = live_set(sources.books, org)
    segment = live.named(name)
    if segment is None or _is_hidden(segment, actor):
        known = ", ".join(one.name for one in live.segments if not _is_hidden(one, actor))
        detail = f"The set that counts has no segment {name!r}. It has: {known}."
        raise Refused("unknown_segment", detail, "/query/segment")
    if actor and segment.restricted:
        must_see_vulnerability(actor)


def _is_hidden(segment: Segment, actor: Actor | None) -> bool:
    return segment.restricted and actor is not None and not sees_vulnerability(actor)
