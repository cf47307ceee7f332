"""The facts from outside for an application that was sent: asked once, and again for a person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum

from kasstroom.access.model import Actor, Role
from kasstroom.applications.deciding import Grounds
from kasstroom.applications.facts import FactsRequest, FactsState, Learned
from kasstroom.applications.finding import relisted
from kasstroom.applications.model import (
    WAITING,
    ApplicationState,
    CreditApplication,
    Transition,
)
from kasstroom.applications.noting import note_facts
from kasstroom.changes import Changes
from kasstroom.credit.reviews import Review, ReviewKind, ReviewState
from kasstroom.errors import Refused
from kasstroom.events.applications import ApplicationFactsAsked, ApplicationSubmitted
from kasstroom.ports import Books
from kasstroom.settle import settle

FOLLOWED = (ApplicationSubmitted.TYPE, ApplicationFactsAsked.TYPE)
"""Events after which facts are gathered; infra reads this too."""
Ask = Callable[[CreditApplication], Learned]
"""What registers say of the applicant."""
ANSWERED_WITHIN = timedelta(minutes=15)
"""A request that is older went astray and may be made again."""


class Gathered(StrEnum):
    """`not_needed`: it waits for nobody (any more), or the facts are there already."""

    NOT_NEEDED = "not_needed"
    FOR_A_PERSON = "for_a_person"
    APPROVED = "approved"


def lacks_facts(application: CreditApplication) -> bool:
    """Facts that were asked for count as there, also when no register answered: whoever decides
    sees that they are missing, and nothing is paid for twice unless they ask for it."""
    asked = application.facts_request
    wanted = application.facts is None or (asked is not None and asked.state is FactsState.ASKED)
    return application.state in WAITING and wanted


def gather(
    books: Books, ask: Ask, org: str, debtor: str, id: str, grounds: Grounds, now: datetime
) -> Gathered:
    """Asks nobody for an application that has its facts, or is decided. NotFound: no such one."""
    application = books.get(CreditApplication, org, debtor, id)
    if not lacks_facts(application):
        return Gathered.NOT_NEEDED
    heard = ask(application)
    after = settle(books, lambda: note_facts(books, org, debtor, id, heard, grounds, now))
    approved = after.state is ApplicationState.APPROVED
    return Gathered.APPROVED if approved else Gathered.FOR_A_PERSON


def ask_again(
    books: Books, review: Review, actor: Actor, now: datetime
) -> tuple[Changes, CreditApplication]:
    """Has the registers asked again, after an outage or because what is known is old: the event is
    what the worker follows. Asking while an answer is on its way changes nothing. Refused for a
    machine, and for anything but an application that waits."""
    actor.must_be(Role.CREDIT_MANAGER)
    if review.kind is not ReviewKind.APPLICATION:
        detail = f"Registers are asked for an application; this review is about a {review.kind}."
        raise Refused("not_an_application", detail)
    application = books.get(CreditApplication, review.org, review.debtor, review.subject)
    if review.state is not ReviewState.OPEN or application.state is not ApplicationState.IN_REVIEW:
        detail = f"This application is {application.state}; there is nothing to find out."
        raise Refused("application_not_waiting", detail)
    if on_its_way(application, now):
        return Changes(), application
    step = Transition(application.state, now, actor.name, "facts asked again")
    after = replace(
        application,
        facts_request=FactsRequest(now, actor.name),
        history=(*application.history, step),
    )
    event = ApplicationFactsAsked(
        org=after.org, debtor=after.debtor, subject=after.id, at=now, by=actor.name
    )
    return Changes(update=(after, relisted(books, after)), events=(event,)), after


def on_its_way(application: CreditApplication, now: datetime) -> bool:
    asked = application.facts_request
    waits = asked is not None and asked.state is FactsState.ASKED
    return waits and asked is not None and now < asked.asked_at + ANSWERED_WITHIN
