"""Whatever comes: nothing is booked without proof, reads are bounded, sums are right."""

from __future__ import annotations

from itertools import combinations as all_combinations

from hypothesis import given
from hypothesis import strategies as st

from kasstroom.bank.candidates import find
from kasstroom.bank.matching import match
from kasstroom.bank.reading import clues
from kasstroom.bank.sums import combinations
from tests.bench import matching as bench
from tests.bench.bank_lines import KINDS, cases
from tests.bench.bank_world import World
from tests.known_debtors import (
    item,
    known,
    line,
    matched,
)


@given(
    st.lists(st.integers(1, 60), max_size=13),
    st.integers(1, 240),
)
def test_combinations_are_those_an_exhaustive_search_finds(minors, paid):
    items = [item(f"F{at}", minor) for at, minor in enumerate(minors)]
    few = items[:12]
    expected = {
        frozenset(i.number for i in some)
        for size in range(1, 5)
        for some in all_combinations(few, size)
        if sum(i.open.minor for i in some) == paid
    }
    found = {frozenset(i.number for i in some) for some in combinations(paid, items)}
    assert found <= expected and len(found) == min(2, len(expected))


WORLD = World(250, 7)


def test_a_sample_of_the_bench_books_what_is_right_and_nothing_else():
    found = bench.outcome(WORLD, list(cases(WORLD, 1_200)))
    assert found.wrong == ()
    assert 100 * found.matched >= bench.GOAL_PERCENT * found.referred
    assert found.referred > 600 and set(found.by_noise) == set(KINDS)


OWNERS = st.sampled_from(WORLD.owners)
WORDS = st.lists(
    st.one_of(
        OWNERS.map(lambda owner: owner.items[0].number),
        OWNERS.map(lambda owner: owner.number),
        st.sampled_from(sorted(WORLD._references)),
        st.integers(0, 10**16).map(str),
        st.sampled_from(["factuur", "klant", "2026", "RF", "F", "-", "\n"]),
    ),
    max_size=5,
)


@given(WORDS, OWNERS, OWNERS, st.one_of(st.none(), st.integers(1, 10**6)), OWNERS)
def test_nothing_is_booked_for_a_debtor_without_proof(words, named, payer, minor, amount_of):
    """A right reference, an exact number of ours, or a remembered account with the exact amount."""
    at = line(
        " ".join(words), minor or amount_of.items[0].open.minor, name=named.name, iban=payer.iban
    )
    if at.amount.minor <= 0:
        return
    read = clues(at, bench.SHAPES)
    made = match(at, find(read, WORLD), bench.POLICY)
    if made.automatic is None:
        return
    debtor = made.automatic.debtor
    by_reference = {found.debtor for r in read.references if (found := WORLD.reference(r))}
    by_number = {found.debtor for n in read.numbers if (found := WORLD.invoice(n.number))}
    owner = next(one for one in WORLD.owners if one.number == debtor)
    opens = {i.open.minor for i in owner.items} | {sum(i.open.minor for i in owner.items)}
    remembered = {p.debtor for p in WORLD.payers(payer.iban)} == {debtor}
    by_account = remembered and at.amount.minor in opens
    assert debtor in by_reference | by_number or by_account
    mine = {i.number for i in owner.items}
    assert set(made.automatic.invoices) <= mine


@given(WORDS, OWNERS)
def test_a_line_costs_a_bounded_number_of_reads(words, owner):
    books = known()
    at = line(" ".join(words), 10_000, name=owner.name, ultimate_name="Jansen Bakker Schilders")
    matched(at, books)
    assert books.reads <= 4 + 8 + 1 + 6 + 5
