"""One open attempt per link, whoever presses how often, and whatever a provider does."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from itertools import count
from types import SimpleNamespace

import pytest

from kasstroom.changes import Changes, Reference
from kasstroom.errors import NotFound, Refused, Unavailable
from kasstroom.invoices.model import Invoice
from kasstroom.money import Money
from kasstroom.payments.attempts import start
from kasstroom.payments.links import Terms, archive, by_id, by_token, create, renew, revoke
from kasstroom.payments.model import AttemptState, PaymentAttempt, PaymentLink
from kasstroom.payments.payable import Wish
from kasstroom.payments.shop import shop_from
from kasstroom.settle import settle
from tests.memory_books import MemoryBooks
from tests.people import NOW, ORG, debtor, eur, invoice, organisation
from tests.tills import HOSTS, FakeProviders

TOKEN = "AAAAAAAAAAAAAAAAAAAAAA"


class Queue:
    def __init__(self):
        self.asked = []

    def put(self, *job):
        self.asked.append(job)


def till_of(books, *names, terms=Terms(), methods=("ideal",)):
    """A link over F1 (250.00) and whoever takes payments."""
    organisation(books)
    debtor(books)
    invoice(books, "F1", "250.00")
    settle(books, lambda: create(books, ORG, "D1", (), token=TOKEN, now=NOW, terms=terms))
    providers, queue, keys = FakeProviders(NOW, *names), Queue(), count()
    shop = shop_from(
        "https://b.example", lambda *_: "s", tuple(HOSTS.values()), lambda org: "Van Dijk",
        lambda org: methods,
    )  # fmt: skip

    def press(minutes=0, token=TOKEN, **wish):
        at = NOW + timedelta(minutes=minutes)
        key = lambda: f"key-{next(keys)}"  # noqa: E731
        return start(
            books, providers, shop, token, now=at, new_key=key, queue=queue, wish=Wish(**wish)
        )

    return SimpleNamespace(books=books, press=press, queue=queue, **providers.each)


@pytest.fixture
def till():
    return till_of(MemoryBooks())


def attempts(till):
    return sorted(till.books.all_of(PaymentAttempt, ORG, "D1"), key=lambda a: a.idempotency_key)


def the_link(till):
    (link,) = till.books.all_of(PaymentLink, ORG, "D1")
    return link


def credited(till, value):
    known = till.books.get(Invoice, ORG, "D1", "F1")
    till.books.commit(Changes(update=(replace(known, open=eur(value)),)))


def test_a_second_press_finds_the_first(till):
    assert till.press().url == till.press(minutes=12).url == "https://www.mollie.com/mollie_1"
    assert len(till.mollie.orders) == len(attempts(till)) == 1


def test_the_order_names_what_is_paid_and_how(till):
    till.press()
    (order,) = till.mollie.orders
    assert (order.amount, order.methods) == (eur("250.00"), ("ideal",))
    assert order.description == "Van Dijk F1"
    assert order.redirect_url == f"https://b.example/p/{TOKEN}/return"
    assert order.expires_at == NOW + timedelta(minutes=60)


def test_the_previous_one_is_asked_after_and_cancelled_before_a_new_one(till):
    till.press()
    assert till.press(minutes=14).url == "https://www.mollie.com/mollie_2"
    assert (till.mollie.fetched, till.mollie.canceled) == (["mollie_1"], ["mollie_1"])
    assert till.queue.asked == []


def test_a_previous_one_that_is_paid_is_booked_by_the_worker_and_nobody_pays_twice(till):
    till.press()
    till.mollie.becomes("mollie_1", AttemptState.PAID)
    begun = till.press(minutes=14)
    assert (begun.paid, begun.url) == (True, "")
    (attempt,) = attempts(till)
    assert till.queue.asked == [(ORG, attempt.id, "mollie_1", "mollie")]
    assert attempt.state is AttemptState.OPEN, "nothing is booked here"
    assert till.mollie.canceled == []


@pytest.mark.parametrize("state", [AttemptState.EXPIRED, AttemptState.FAILED])
def test_what_ended_at_the_provider_is_not_cancelled(till, state):
    till.press()
    till.mollie.becomes("mollie_1", state)
    assert till.press(minutes=14).url.endswith("mollie_2")
    assert till.mollie.canceled == []


def test_while_the_provider_does_not_say_and_its_page_is_open_there_is_no_new_one(till):
    till.press()
    till.mollie.down = True
    with pytest.raises(Unavailable):
        till.press(minutes=14)
    assert till.stripe.orders == []
    assert till.press(minutes=16).url == "https://checkout.stripe.com/stripe_1", "it expired"


def test_another_amount_is_another_attempt(till):
    till.press()
    credited(till, "100.00")
    assert till.press().url.endswith("mollie_2")
    assert [a.amount for a in attempts(till)] == [eur("250.00"), eur("100.00")]
    assert till.mollie.canceled == ["mollie_1"]


def test_an_amount_that_changed_after_it_was_shown_is_told_first(till):
    credited(till, "100.00")
    with pytest.raises(Refused) as caught:
        till.press(shown=eur("250.00"))
    assert caught.value.code == "amount_changed"
    assert till.mollie.orders == []


def test_a_link_over_what_was_credited_opens_nothing(till):
    credited(till, "0.00")
    with pytest.raises(NotFound):
        till.press()


def test_a_provider_that_is_down_makes_way_for_the_next(till):
    till.mollie.down = True
    assert till.press().url == "https://checkout.stripe.com/stripe_1"
    first, second = attempts(till)
    assert (first.provider, first.state) == ("mollie", AttemptState.CREATED)
    assert first.due is not None, "the sweep still looks at it"
    assert (second.provider, second.state) == ("stripe", AttemptState.OPEN)
    assert first.idempotency_key != second.idempotency_key
    till.mollie.down = False
    assert till.press().url == "https://checkout.stripe.com/stripe_1", "never both pages"


def test_a_payment_whose_answer_was_lost_is_never_shown_after_another(till):
    till.mollie.lost = True
    assert till.press().url.startswith("https://checkout.stripe.com/")
    till.mollie.lost = False
    assert till.press().url.startswith("https://checkout.stripe.com/")
    assert not any(a.checkout_url.startswith("https://www.mollie") for a in attempts(till))


def test_all_down_and_the_same_attempt_later(till):
    till.mollie.down = till.stripe.down = True
    with pytest.raises(Unavailable):
        till.press()
    till.stripe.down = False
    assert till.press(minutes=1).url == "https://checkout.stripe.com/stripe_1"
    assert len(attempts(till)) == 2, "the one that never reached Stripe was used"


def test_a_refusal_is_not_tried_elsewhere(till):
    till.mollie.refuses = True
    with pytest.raises(Refused):
        till.press()
    assert till.stripe.orders == []


def test_ways_to_pay_and_their_own_names():
    till = till_of(MemoryBooks(), "stripe", methods=("creditcard", "ideal"))
    till.press()
    till.press(method="creditcard")
    assert [order.methods for order in till.stripe.orders] == [("ideal",), ("card",)]
    assert till.stripe.canceled == ["stripe_1"], "another way is another attempt"


def test_a_free_amount_is_what_was_typed():
    till = till_of(MemoryBooks(), terms=Terms(free=True, minimum=Money(2_500)))
    assert till.press(amount=eur("100.00")).url.endswith("mollie_1")
    assert till.press(amount=eur("100.00")).url.endswith("mollie_1")
    assert till.press(amount=eur("60.00")).url.endswith("mollie_2")
    assert till.mollie.canceled == ["mollie_1"]
    with pytest.raises(Refused):
        till.press(amount=eur("24.99"))


def test_after_a_new_address_the_payer_does_not_come_back_to_the_old_one(till):
    till.press()
    (link,) = till.books.all_of(PaymentLink, ORG, "D1")
    new = "B" * 22
    settle(till.books, lambda: renew(till.books, ORG, link.id, token=new, now=NOW))
    with pytest.raises(NotFound):
        till.press()
    assert till.press(token=new).url.endswith("mollie_2")
    assert till.mollie.canceled == ["mollie_1"]
    assert till.mollie.orders[-1].redirect_url == f"https://b.example/p/{new}/return"
    assert by_id(till.books, ORG, link.id).token_hash != link.token_hash


def test_a_token_typed_in_groups_opens_the_link(till):
    assert till.press(token="AAAA AAAA AAAA AAAA AAAA AA").url.endswith("mollie_1")
    assert till.mollie.orders[0].redirect_url.endswith(f"/{TOKEN}/return")


@pytest.mark.parametrize("how", ["unknown", "revoked", "archived", "replaced", "expired"])
def test_what_opens_nothing_takes_as_many_reads(till, how):
    """The time of an answer tells no more than the answer does."""
    link, reads, find = the_link(till), [], till.books.find
    if how in ("revoked", "archived"):
        ends = revoke if how == "revoked" else archive
        settle(till.books, lambda: ends(till.books, ORG, link.id, NOW))
    elif how == "replaced":
        settle(till.books, lambda: renew(till.books, ORG, link.id, token="B" * 22, now=NOW))
    till.books.find = lambda *key: reads.append(key[0]) or find(*key)
    with pytest.raises(NotFound):
        by_token(till.books, "C" * 22 if how == "unknown" else TOKEN, NOW + timedelta(
            days=91 if how == "expired" else 0
        ))  # fmt: skip
    assert reads == [Reference, PaymentLink]


def at_once(till, times, **wish):
    """Presses at the same moment; a payer who is told to try again does."""
    gate = threading.Barrier(times)

    def one(_):
        gate.wait(5)
        for _ in range(40):
            try:
                return till.press(**wish).url
            except Unavailable:
                threading.Event().wait(0.01)
        return "never"

    with ThreadPoolExecutor(times) as pool:
        return set(pool.map(one, range(times)))


@pytest.mark.parametrize("trouble", ["none", "slow", "first is down", "answers are lost"])
def test_many_at_once_come_to_one_page(till, trouble):
    """Also while the provider refuses a key that is being worked on, as Mollie does."""
    till.mollie.slow = 0.03 if trouble == "slow" else 0.0
    till.mollie.down = trouble == "first is down"
    till.mollie.lost = trouble == "answers are lost"
    urls = at_once(till, 8)
    assert len(urls) == 1 and "never" not in urls
    live = [a for a in attempts(till) if a.checkout_url]
    assert [a.id for a in live] == [the_link(till).attempt_id]
