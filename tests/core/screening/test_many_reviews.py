"""One verdict is one transaction, however many reviews were opened meanwhile."""

from __future__ import annotations

from datetime import timedelta

from kasstroom.access.model import Actor, Role
from kasstroom.changes import Changes
from kasstroom.credit.model import CreditAccount
from kasstroom.credit.reviews import QueuedReview
from kasstroom.screening.asking import Heard
from kasstroom.screening.model import ExternalReport, Facts, Hit, Outcome, Source
from kasstroom.screening.ports import Subject
from kasstroom.screening.recording import Known, recorded
from kasstroom.screening.verdicts import Verdict, judged
from tests.memory_books import MemoryBooks
from tests.people import NOW, ORG

ANNA = Actor("anna", (Role.CREDIT_MANAGER,))


def test_a_month_of_new_hits_can_still_be_judged():
    books = MemoryBooks()
    books.commit(Changes(create=(CreditAccount(ORG, "D1"),)))
    for n in range(40):
        hits = tuple(Hit(f"NK-{m}") for m in range(n + 1))
        heard = Heard(Source.SANCTIONS, Outcome.FOUND, Facts(hits=hits))
        account = books.get(CreditAccount, ORG, "D1")
        reports = {r.source: r for r in books.all_of(ExternalReport, ORG, "D1")}
        known = Known(account, Subject("Klant D1"), reports)
        books.commit(recorded(known, [heard], NOW + timedelta(days=n))[0])
    verdict = Verdict(Source.SANCTIONS, False, "somebody else")
    changes, screening = judged(books, ORG, "D1", verdict, ANNA, NOW + timedelta(days=41))
    assert len(changes.create) + len(changes.update) + len(changes.events) <= 100
    books.commit(changes)
    assert screening.account.profile.sanctions == "clear"
    assert sum(queued.open for queued in books.every(QueuedReview)) == 15
