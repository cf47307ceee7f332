"""What an organisation may state about itself."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kasstroom.access.model import Actor, Role
from kasstroom.debtors.model import Channel
from kasstroom.dunning.learning.policy import ChannelCost
from kasstroom.errors import Forbidden, Refused
from kasstroom.reports.assumptions import (
    Assumptions,
    Baseline,
    Benchmark,
    Rate,
    ReportAssumptions,
    assumptions_of,
    checked,
    set_assumptions,
)
from tests.memory_books import MemoryBooks

D = Decimal
FINANCE = Actor("fin", (Role.FINANCE,))


@pytest.mark.parametrize(
    ("bad", "pointer"),
    [
        ({"dso_period_days": 6}, "dso_period_days"),
        ({"interest_percent": D("50.1")}, "interest_percent"),
        ({"interest_percent": D("NaN")}, "interest_percent"),
        ({"call_minutes": D(-1)}, "call_minutes"),
        ({"call_minute_minor": D("Infinity")}, "call_minute_minor"),
        ({"monthly_subscription_minor": -1}, "monthly_subscription_minor"),
        ({"monthly_people_minor": 10**12}, "monthly_people_minor"),
        ({"before": Baseline(dso_days=D(-1))}, "before/dso_days"),
        ({"before": Baseline(bad_debt_percent=D(101))}, "before/bad_debt_percent"),
        ({"before": Baseline(monthly_cost_minor=-5)}, "before/monthly_cost_minor"),
        ({"message_costs": (ChannelCost(Channel.SMS, D(-1)),)}, "message_costs/0/minor"),
        ({"message_costs": (ChannelCost(Channel.SMS, D(1)),) * 2}, "message_costs/1/channel"),
        ({"rates": (Rate("USD", D(0)),)}, "rates/0/eur"),
        ({"rates": (Rate("USD", D("NaN")),)}, "rates/0/eur"),
        ({"rates": (Rate("USD", D(1)), Rate("USD", D(1)))}, "rates/1/currency"),
        ({"rates": (Rate("EUR", D(1)),)}, "rates/0/currency"),
        ({"rates": (Rate("XXX", D(1)),)}, "rates/0/currency"),
        ({"benchmark": Benchmark(D(0), 2018, "x")}, "benchmark/dso_days"),
        ({"benchmark": Benchmark(D(46), 1900, "x")}, "benchmark/year"),
        ({"benchmark": Benchmark(D(46), 2018, "")}, "benchmark/source"),
    ],
)
def test_what_cannot_be_meant_is_refused_where_it_stands(bad, pointer):
    with pytest.raises(Refused) as refused:
        checked(replace(Assumptions(), **bad))
    assert refused.value.pointer == f"/body/{pointer}"


def test_what_we_begin_with_is_itself_in_order():
    assert checked(Assumptions()) == Assumptions()
    assert Assumptions().benchmark.dso_days == 46 and Assumptions().benchmark.year == 2018


def test_finance_states_them_and_a_machine_does_not():
    books = MemoryBooks()
    assert assumptions_of(books, "acme") == ReportAssumptions("acme")
    stated = Assumptions(dso_period_days=30, rates=(Rate("USD", D("0.86")),))
    with pytest.raises(Forbidden):
        set_assumptions(books, "acme", stated, Actor("machine"))
    changes, _ = set_assumptions(books, "acme", stated, FINANCE)
    books.commit(changes)
    kept = assumptions_of(books, "acme")
    assert (kept.stated, kept.changed_by, kept.version) == (stated, "fin", 1)
    again, _ = set_assumptions(books, "acme", stated, FINANCE)
    assert not again
