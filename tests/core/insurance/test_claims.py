"""The claim file and the reserve of our own."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kasstroom.access.model import Actor
from kasstroom.changes import Changes
from kasstroom.errors import Refused
from kasstroom.insurance import claims, reserve, settlement
from kasstroom.insurance.claim import Cause, ClaimDocument, ClaimState
from kasstroom.insurance.claims import NewClaim
from kasstroom.insurance.codes import Response
from kasstroom.insurance.expected_loss import LossTerms, Risk, adequacy, checked, expected_loss
from kasstroom.insurance.glance import lines_of, reserve_view, row
from kasstroom.insurance.model import InsurancePolicy
from kasstroom.insurance.overdue import ReportOverdue, report
from kasstroom.insurance.reserve import (
    Because,
    Contribute,
    Draw,
    EntryKind,
    Reserve,
    ReserveEntry,
    contribute,
    draw,
)
from kasstroom.insurance.settlement import DecideClaim, PayClaim, Verdict
from kasstroom.insurance.terms import DocumentKind, PolicyTerms
from kasstroom.invoices.model import DocumentKind as Kind
from kasstroom.invoices.model import Invoice
from kasstroom.money import Money
from kasstroom.settle import settle
from tests.core.insurance.policyholder import (
    MANAGER,
    account_of,
    cover_of,
    owes,
    policyholder,
    told,
    types,
)
from tests.people import NOW, ORG, eur

JANUARY = datetime(2026, 1, 5, 9, tzinfo=UTC)
DOCUMENTS = tuple(
    ClaimDocument(kind, f"s3://dossier/{kind}.pdf") for kind in PolicyTerms(1).documents
)


def claimable(terms=None, *amounts: str):
    """Limit 50000 at 90 %; invoices N0, N1, ... due 31 March."""
    books = policyholder(terms or PolicyTerms(90))
    told(books, Response.APPROVED, "50000", now=JANUARY)
    for n, amount in enumerate(amounts or ("80000",)):
        issued, due = date(2026, 3, 1), date(2026, 3, 31)
        money = eur(amount)
        new = Invoice(ORG, "D1", f"N{n}", Kind.INVOICE, issued, due, money, money, JANUARY)
        books.commit(Changes(create=(new,)))
    books.events.clear()
    return books


def file(books, *invoices: str, **more):
    facts = {"documents": DOCUMENTS, "insolvent_on": date(2026, 8, 1), "cause": Cause.INSOLVENCY}
    new = NewClaim("D1", invoices=invoices, **(facts | more))
    return settle(books, lambda: claims.file(books, ORG, new, Actor("webshop"), NOW))


def decided(books, claim, verdict, **more):
    told = DecideClaim(verdict, **more)
    return settle(books, lambda: settlement.decide(books, ORG, claim.id, told, MANAGER, NOW))


def paid(books, claim):
    return settle(books, lambda: settlement.pay(books, ORG, claim.id, PayClaim(), MANAGER, NOW))


def code_of(act) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.code


def test_a_claim_knows_what_to_expect_and_what_may_cost_it():
    claim = file(claimable())
    assert (claim.debt, claim.insured_debt) == (eur("80000"), eur("50000"))
    assert claim.expected == eur("45000.00")
    assert claim.warnings == ("overdue_not_reported",)
    assert claim.state is ClaimState.FILED


@pytest.mark.parametrize(("day", "warnings"), [(29, ()), (30, ("overdue_reported_late",))])
def test_a_report_in_time_takes_the_warning_away(day, warnings):
    books = claimable()
    owes(books, d20260331="80000")
    at = datetime(2026, 6, day, 9, tzinfo=UTC)
    said = ReportOverdue("D1", date(2026, 3, 31))
    settle(books, lambda: report(books, ORG, said, MANAGER, at))
    assert file(books).warnings == warnings


def test_the_first_claim_of_a_year_bears_the_aggregate_first_loss():
    terms = PolicyTerms(90, aggregate_first_loss=eur("10000"), maximum_indemnity=eur("40000"))
    books = claimable(terms, "20000", "30000")
    first = file(books, "N0")
    assert first.expected == eur("8000.00")
    decided(books, first, Verdict.APPROVED)
    paid(books, first)
    (policy,) = books.every(InsurancePolicy)
    assert (policy.aggregate_used_minor, policy.paid_minor) == (1_000_000, 800_000)
    assert file(books, "N1").expected == eur("27000.00")
    assert types(books) == ["claim.filed", "claim.decided", "claim.paid", "claim.filed"]


def test_documents_are_asked_by_name():
    books = claimable()
    with pytest.raises(Refused) as refused:
        file(books, documents=())
    assert refused.value.code == "documents_missing"
    for kind in (DocumentKind.INVOICE, DocumentKind.STATEMENT, DocumentKind.PROOF_OF_DELIVERY):
        assert kind in refused.value.detail
    blank = (ClaimDocument(DocumentKind.INVOICE, " "),)
    assert code_of(lambda: file(books, documents=blank)) == "empty_reference"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"insolvent_on": None}, "insolvency_date"),
        ({"insolvent_on": date(2026, 9, 2)}, "insolvency_date"),
        ({"cause": Cause.PROTRACTED_DEFAULT}, "collection_date"),
        (
            {"cause": Cause.PROTRACTED_DEFAULT, "collection_started_on": date(2026, 3, 6)},
            "waiting_period",
        ),
    ],
)
def test_the_insured_event_has_to_have_come(more, code):
    assert code_of(lambda: file(claimable(), **more)) == code


def test_the_waiting_period_ends_on_its_own_day():
    started = NOW.date() - timedelta(days=180)
    more = {"cause": Cause.PROTRACTED_DEFAULT, "collection_started_on": started}
    assert file(claimable(), **more).state is ClaimState.FILED


def test_an_invoice_is_claimed_once_unless_it_was_rejected():
    books = claimable(None, "20000", "20000")
    first = file(books, "N0")
    assert code_of(lambda: file(books, "N0")) == "already_claimed"
    assert code_of(lambda: file(books, "N9")) == "invoice_not_open"
    file(books, "N1")
    decided(books, first, Verdict.REJECTED, reason="reported late")
    assert file(books, "N0").invoices[0].number == "N0"


def test_two_claims_at_the_same_moment_cannot_hold_the_same_invoice():
    books = claimable()
    new = NewClaim("D1", Cause.INSOLVENCY, DOCUMENTS, ("N0",), date(2026, 8, 1))
    plans = [claims.file(books, ORG, new, MANAGER, NOW)[0] for _ in range(2)]
    books.commit(plans[0])
    from kasstroom.errors import Conflict

    with pytest.raises(Conflict):
        books.commit(plans[1])


def test_states_follow_each_other():
    books = claimable()
    claim = file(books)
    assert code_of(lambda: paid(books, claim)) == "claim_state"
    settle(books, lambda: settlement.under_review(books, ORG, claim.id))
    assert code_of(lambda: decided(books, claim, Verdict.REJECTED)) == "reason_missing"
    too_much = {"amount": eur("80000.01")}
    assert code_of(lambda: decided(books, claim, Verdict.APPROVED, **too_much)) == "invalid_amount"
    decided(books, claim, Verdict.APPROVED, amount=eur("44000"))
    assert code_of(lambda: decided(books, claim, Verdict.REJECTED, reason="x")) == "claim_state"
    assert paid(books, claim).paid == eur("44000")
    assert code_of(lambda: paid(books, claim)) == "claim_state"


def test_who_was_never_covered_cannot_claim():
    books = policyholder()
    assert code_of(lambda: file(books)) == "no_cover"


def put(books, amount):
    return settle(books, lambda: contribute(books, ORG, Contribute(eur(amount)), MANAGER, NOW))


def take(books, amount, invoice="N0", because=Because.UNINSURED, claim=""):
    said = Draw("D1", invoice, eur(amount), because, claim)
    return settle(books, lambda: draw(books, ORG, said, MANAGER, NOW))


def test_the_reserve_bears_what_nobody_insures_and_no_more():
    books = claimable()
    put(books, "100000")
    assert take(books, "30000").balance == eur("70000")
    assert take(books, "5000").balance == eur("65000")
    assert code_of(lambda: take(books, "0.01")) == "above_loss"


def test_a_rejected_claim_may_be_borne_whole():
    books = claimable()
    put(books, "100000")
    claim = file(books)
    more = {"because": Because.REJECTED_CLAIM, "claim": claim.id}
    assert code_of(lambda: take(books, "80000", **more)) == "claim_not_rejected"
    decided(books, claim, Verdict.REJECTED, reason="reported late")
    take(books, "35000")
    assert take(books, "45000", **more).balance == eur("20000")
    assert code_of(lambda: take(books, "1", **more)) == "above_loss"


@pytest.mark.parametrize("amount", ["0", "-1"])
def test_amounts_are_above_zero(amount):
    books = claimable()
    assert code_of(lambda: put(books, amount)) == "invalid_amount"
    assert code_of(lambda: take(books, amount)) == "invalid_amount"


def test_what_is_not_overdue_is_no_loss_and_a_machine_takes_nothing():
    books = claimable()
    put(books, "10")
    assert code_of(lambda: take(books, "1", "N9")) == "invoice_not_overdue"
    said = Contribute(eur("1"))
    assert code_of(lambda: contribute(books, ORG, said, Actor("shop"), NOW)) == "role_required"


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.integers(1, 4_000_000)), max_size=15))
def test_the_balance_is_contributions_less_draws_and_never_negative(moves):
    books = claimable()
    for is_draw, minor in moves:
        amount = Money(minor).value
        try:
            take(books, amount) if is_draw else put(books, amount)
        except Refused as refused:
            assert refused.code in ("reserve_insufficient", "above_loss")
        fund = books.find(reserve.Reserve, ORG) or Reserve(ORG)
        entries = list(books.every(ReserveEntry))
        signed = [e.amount if e.kind is EntryKind.CONTRIBUTION else -e.amount for e in entries]
        assert fund.balance.minor == sum(m.minor for m in signed) >= 0
        assert fund.balance == fund.contributed - fund.drawn
        assert fund.drawn <= eur("35000")


def test_the_expected_loss_is_exact():
    risks = [Risk(Decimal("0.03"), eur("100000")), Risk(Decimal("0.005"), eur("33333.33"))]
    assert expected_loss(risks, Decimal("0.45"), "EUR") == eur("1425.00")
    assert expected_loss([], Decimal("0.45"), "EUR") == eur("0")
    found = adequacy(eur("1000"), eur("1425"))
    assert (found.shortfall, found.ratio) == (eur("425"), Decimal("0.70"))
    assert adequacy(eur("10"), eur("0")).ratio is None


@given(st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 10**9)), max_size=20))
def test_the_expected_loss_is_never_above_what_is_exposed(facts):
    risks = [Risk(Decimal(n) / 1000, Money(minor)) for n, minor in facts]
    found = expected_loss(risks, Decimal(1), "EUR")
    assert 0 <= found.minor <= sum(minor for _, minor in facts)


@pytest.mark.parametrize(
    ("terms", "pointer"),
    [
        (LossTerms(Decimal("1.01")), "/body/loss_given_default"),
        (LossTerms(default_probability={"A/B": Decimal(2)}), "/body/default_probability/A~1B"),
    ],
)
def test_the_rate_that_is_wrong_is_pointed_at(terms, pointer):
    with pytest.raises(Refused) as refused:
        checked(terms)
    assert refused.value.pointer == pointer


@pytest.mark.parametrize(
    "terms",
    [
        LossTerms(Decimal("1.01")),
        LossTerms(Decimal("-0.1")),
        LossTerms(default_probability={"A": Decimal("0.1")}),
        LossTerms(default_probability={"unknown": Decimal("NaN")}),
        LossTerms(default_after_days=0),
    ],
)
def test_rates_that_cannot_be_are_refused(terms):
    assert code_of(lambda: checked(terms)) == "invalid_rate"


def row_of(books, account):
    """With one invoice for each due date, delivered a month before."""
    items = [
        Invoice(ORG, "D1", f"N{n}", Kind.INVOICE, due - timedelta(30), due, owed, owed, NOW)
        for n, (due, minor) in enumerate(account.open_by_due.items())
        for owed in (Money(minor),)
    ]
    cover = cover_of(books)
    return row(account, cover, NOW.date(), lines_of(account, cover, items))


def test_at_a_glance_and_what_the_reserve_lacks():
    books = claimable()
    owes(books, d20260820="80000")
    seen = row_of(books, account_of(books))
    assert (seen.uninsured, seen.co_share, seen.at_risk) == (
        eur("30000"),
        eur("5000"),
        eur("35000"),
    )
    assert seen.signals == ("under_insured",)
    rated = replace(account_of(books), profile=replace(account_of(books).profile, rating="C"))
    view = reserve_view(Reserve(ORG), [(rated, seen)], NOW.date(), None)
    assert view.adequacy.shortfall == eur("630.00")  # 0.03 x 0.60 x 35000
    failed = replace(rated, open_by_due={date(2026, 6, 2): 3_500_000})
    view = reserve_view(Reserve(ORG), [(failed, row_of(books, failed))], NOW.date(), None)
    assert view.adequacy.shortfall == eur("2100")


@pytest.mark.parametrize(
    ("open_by_due", "signals"),
    [
        ({}, ("over_insured",)),
        ({date(2026, 9, 20): 2_400_000}, ("over_insured",)),
        ({date(2026, 9, 20): 2_600_000}, ()),
        ({date(2026, 7, 3): 2_600_000}, ()),
        ({date(2026, 7, 2): 2_600_000}, ("stopped",)),
    ],
)
def test_signals(open_by_due, signals):
    books = claimable()
    account = replace(account_of(books), open_by_due=open_by_due)
    assert row_of(books, account).signals == signals
    bare = replace(account, cover=None)
    assert row(bare, None, NOW.date()).signals == (("uninsured",) if open_by_due else ())
