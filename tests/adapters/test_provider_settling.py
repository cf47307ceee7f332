"""Lines of a settlement add up to the cent, however many decimals a provider counts in."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from kasstroom.money import Money
from kasstroom_psp.settling import ExactLine, rounded

cents = st.integers(-10_000_000, 10_000_000).map(lambda n: Decimal(n) / 100)
fees = st.integers(1, 100_000).map(lambda n: Decimal(n) / 10_000)
payments = st.builds(ExactLine, st.just("payment"), st.text(max_size=5), cents)
costs = st.builds(ExactLine, st.just("fee"), st.text(max_size=5), st.just(Decimal(0)), fees)


@given(st.lists(st.one_of(payments, costs), max_size=30))
def test_no_cent_is_lost_or_invented(lines: list[ExactLine]) -> None:
    exact = sum((line.gross - line.fee for line in lines), Decimal(0))
    paid_out = Money.of(exact)
    made = rounded(lines, paid_out, "stl_1")
    assert sum(line.net.minor for line in made) == paid_out.minor
    assert len(made) == len(lines), "nothing had to be explained"
    assert all(line.gross - line.fee == line.net for line in made)
    for line in made:
        if line.kind == "payment":
            assert not line.fee, "what is in whole cents takes no rounding"


def test_the_example_of_mollie_s_own_documentation() -> None:
    lines = [
        ExactLine("payment", "tr_1", Decimal("86.1000")),
        ExactLine("refund", "re_1", Decimal("-43.2000")),
        ExactLine("fee", "f1", Decimal(0), Decimal("2.5410")),
        ExactLine("fee", "f2", Decimal(0), Decimal("0.6050")),
    ]
    made = rounded(lines, Money(3975), "stl_1")
    assert [line.net.minor for line in made] == [8610, -4320, -254, -61]


@given(st.integers(-1000, 1000).filter(bool))
def test_what_is_not_itemised_is_a_line_too(left: int) -> None:
    (line, rest) = rounded(
        [ExactLine("payment", "tr_1", Decimal("10.00"))], Money(1000 + left), "stl_1"
    )
    assert rest.net == Money(left)
    assert rest.kind == ("rounding" if abs(left) == 1 else "other")
    assert (line.net, rest.provider_id) == (Money(1000), f"stl_1:{rest.kind}")
