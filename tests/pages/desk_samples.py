"""The desk in every state: reviews of each kind, decided and not, with hostile names."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from kasstroom.applications.facts import FactsRequest
from kasstroom.applications.model import Applicant, CreditApplication, Lookalike
from kasstroom.credit.decision import Alternative, Decision, Outcome
from kasstroom.credit.group_proposals import GroupProposal
from kasstroom.credit.groups import GroupState
from kasstroom.credit.model import LimitSource
from kasstroom.credit.proposals import LimitProposal
from kasstroom.credit.reasons import CODES, reason
from kasstroom.credit.reviews import Review, ReviewKind, ReviewState
from kasstroom.debtors.model import Debtor, DebtorKind
from kasstroom.money import Money
from kasstroom.organisations.model import Language
from kasstroom.work.cases import Alike, Case
from kasstroom.work.desk import Queue, Waiting
from kasstroom.work.figures import Age, AgedAmount, Figures, Habits
from kasstroom_pages.desk_pages import Place, Reply, gone_page, queue_page, review_page
from kasstroom_pages.door_pages import barred_page, login_page, passing_page
from kasstroom_pages.formats import plain
from tests.pages.samples import HOSTILE

NOW = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
TODAY = date(2026, 9, 1)
REVIEW = Review("vandijk", "D1", "rev_1", ReviewKind.DECISION, "dec_1", NOW, TODAY)
HABITS = Habits(14, 12, 34, 1, 2, 3, TODAY)

ACCOUNT = "/desk/sign-in?to=%2Fdesk"


def figures(limit=500000, opened=118225, held=0) -> Figures:
    available = max(0, (limit or 0) - opened - held)
    return Figures(
        None if limit is None else Money(limit), (), Money(opened), Money(held), Money(available),
        Money(0), 0, tuple(AgedAmount(age, Money(100 * n)) for n, age in enumerate(Age)),
        HABITS, None, "B", 71,
    )  # fmt: skip


def decision() -> Decision:
    kinds = ("prepay", "part_prepayment", "lower_amount", "shorter_term", "settle_overdue")
    return Decision(
        "vandijk", "D1", "dec_1", "r", "f", HOSTILE, Money(60000), Outcome.REFER,
        tuple(reason(code) for code in CODES),
        tuple(Alternative(kind, Money(100), 14) for kind in (*kinds, "apply_for_limit", "new")),
        "default.1", Money(500000), Money(0), Money(0), Money(0), Money(0), NOW,
        facts={"order_amount": 60000}, fired=("overdue",),
    )  # fmt: skip


def application() -> CreditApplication:
    data = Applicant(HOSTILE, "12345678", "NL1", contact_name=HOSTILE, email=HOSTILE, iban="NL91")
    data = replace(data, requested=Money(250000), terms_days=30)
    return CreditApplication(
        "vandijk", "A1", "app_0123456789", DebtorKind.SOLE_TRADER, Language.NL, "hash", NOW, NOW,
        data=data, duplicates=(Lookalike("debtor", "D4", "kvk"),),
    )  # fmt: skip


def case(kind: ReviewKind, **review) -> Case:
    amount = None if kind is ReviewKind.PERIODIC else Money(60000)
    asked = replace(REVIEW, kind=kind, amount=amount, reasons=("in_arrears", "new_code"), **review)
    proposal = LimitProposal(
        "vandijk", "D1", "lpr_1", LimitSource.TEMPORARY, Money(750000), None, HOSTILE, "piet",
        NOW, "rev_1", TODAY, TODAY,
    )  # fmt: skip
    was = GroupState(HOSTILE, "D1", Money(100000), ("D1", "D2"))
    group = GroupProposal(
        "vandijk", "g1", "gpr_1", was, GroupState(HOSTILE, "D1", Money(200000), ("D1", "D3")),
        HOSTILE, "piet", NOW, "rev_1",
    )  # fmt: skip
    debtor = Debtor("vandijk", "D1", HOSTILE, DebtorKind.COMPANY, NOW)
    applies = kind is ReviewKind.APPLICATION
    old = replace(REVIEW, id="rev_0", state=ReviewState.DECLINED, decided_at=NOW, note=HOSTILE)
    return Case(
        asked, None if applies else debtor, None if applies else figures(),
        decision() if kind is ReviewKind.DECISION else None, None,
        application() if applies else None,
        (Alike("debtor", "D4", "kvk", HOSTILE), Alike("application", "app_2", "new")),
        proposal if kind is ReviewKind.LIMIT else None, (old,),
        group if kind is ReviewKind.GROUP else None,
    )  # fmt: skip


def line(kind=ReviewKind.DECISION) -> Waiting:
    return Waiting(
        "rev_1", kind, "D1", HOSTILE, Money(60000), ("in_arrears",), True, NOW, TODAY, False
    )


def facts() -> list[tuple[str, Case]]:
    """An application whose registers were asked: on the way, lost, answered, not by all."""
    asked = FactsRequest(NOW, HOSTILE)
    lost = replace(asked, asked_at=NOW - timedelta(hours=1))
    answered = replace(asked, answered_at=NOW)
    some = replace(answered, missing=("trade_register", HOSTILE))
    waiting = case(ReviewKind.APPLICATION)
    known = {"waits": asked, "lost": lost, "complete": answered, "incomplete": some}
    return [
        (name, replace(waiting, application=replace(application(), facts_request=request)))
        for name, request in known.items()
    ]


def every_page(language: Language) -> dict[str, str]:
    place = Place(language, "/desk", plain(HOSTILE), plain(HOSTILE), "f" * 64)
    queue = Queue(tuple(line(kind) for kind in ReviewKind), {"decision": 40}, 2, "2026-09-01.rev_1")
    done = {"state": ReviewState.APPROVED, "decided_by": "anna", "decided_at": NOW, "note": HOSTILE}
    pages = {f"review {k}": review_page(place, case(k), NOW, Reply()) for k in ReviewKind}
    pages |= {
        f"done {k}": review_page(place, case(k, **done), NOW, Reply(plain(HOSTILE)), line())
        for k in ReviewKind
    }
    nobody = replace(case(ReviewKind.PERIODIC), debtor=None, figures=figures(None), earlier=())
    typed = plain(HOSTILE)
    door = Place(language, "/desk/login", switch="sign-in")
    again = Reply(typed, typed, typed, may="decline")
    return pages | {
        "login": login_page(door, "key_unknown", chosen="nl", to="rev_1", account=ACCOUNT),
        "no role": login_page(door, "account_without_role", account=ACCOUNT),
        "in": passing_page(place, "in", "/desk"),
        "out": passing_page(place, "out", "/desk/signed-out"),
        "not for you": barred_page(place, ("finance", "auditor")),
        "for nobody": barred_page(place, ()),
        "kept": login_page(
            door, "typed_waits", to="rev_1",
            kept={"form": "f" * 64, "note": typed, "amount": typed}, account=ACCOUNT,
        ),
        "door": login_page(door, account=ACCOUNT),
        "gone": gone_page(place),
        "queue": queue_page(place, queue, NOW, kind="decision", cursor="x"),
        "empty": queue_page(place, Queue((), {}, 0, None), NOW, kind="", cursor=""),
        "again": review_page(place, case(ReviewKind.DECISION), NOW, again),
        "barred": review_page(place, case(ReviewKind.LIMIT), NOW, Reply("Nee", may="")),
        "person": review_page(
            place, case(ReviewKind.DECISION, natural_person=True), NOW, Reply()
        ),
        "nobody": review_page(place, nobody, NOW, Reply()),
        **{f"facts {n}": review_page(place, asked, NOW, Reply()) for n, asked in facts()},
    }  # fmt: skip
