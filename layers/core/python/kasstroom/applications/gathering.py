"""The facts from outside for an application that was sent: asked once, then left to the rules."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum

from kasstroom.applications.deciding import Grounds
from kasstroom.applications.model import WAITING, ApplicationState, CreditApplication
from kasstroom.applications.sending import note_facts
from kasstroom.credit.model import Profile
from kasstroom.events.applications import ApplicationSubmitted
from kasstroom.ports import Books
from kasstroom.settle import settle

FOLLOWED = (ApplicationSubmitted.TYPE,)
"""Events after which facts are gathered; infra reads this too."""
Ask = Callable[[CreditApplication], tuple[Profile, tuple[str, ...]]]
"""What registers say of the applicant, with what only a person can judge as codes of reasons."""


class Gathered(StrEnum):
    """`not_needed`: it waits for nobody (any more), or the facts are there already."""

    NOT_NEEDED = "not_needed"
    FOR_A_PERSON = "for_a_person"
    APPROVED = "approved"


def lacks_facts(application: CreditApplication) -> bool:
    """Facts that were asked for count as there, also when no register answered: whoever decides
    sees that they are missing, and nothing is paid for twice."""
    return application.state in WAITING and application.facts is None


def gather(
    books: Books, ask: Ask, org: str, debtor: str, id: str, grounds: Grounds, now: datetime
) -> Gathered:
    """Asks nobody for an application that has its facts, or is decided. NotFound: no such one."""
    application = books.get(CreditApplication, org, debtor, id)
    if not lacks_facts(application):
        return Gathered.NOT_NEEDED
    profile, doubts = ask(application)
    after = settle(
        books,
        lambda: note_facts(books, org, debtor, id, profile, grounds, now, doubts=doubts),
    )
    approved = after.state is ApplicationState.APPROVED
    return Gathered.APPROVED if approved else Gathered.FOR_A_PERSON
