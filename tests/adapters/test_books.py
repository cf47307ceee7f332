from dataclasses import replace
from datetime import timedelta

import pytest

from kasstroom.bank.model import LineKind, QueuedLine
from kasstroom.changes import Changes, Work
from kasstroom.credit.decision import Reservation, ReservationState
from kasstroom.credit.model import CreditAccount, Hold
from kasstroom.debtors.model import Debtor, Listed
from kasstroom.dunning.model import DunningCase
from kasstroom.errors import Conflict, Duplicate, NotFound, Refused
from kasstroom.events.debtors import DebtorUpdated
from kasstroom.invoices.model import Invoice
from kasstroom_aws.items import key_of
from tests.people import NOW, ORG, debtor, eur, invoice, organisation


def changed(**more):
    return DebtorUpdated(org=ORG, debtor="D1", subject="D1", at=NOW, fields=("name",), **more)


def rows(books):
    return list(books._item.scan())


def test_what_is_written_reads_back(books):
    made = debtor(books)
    found = books.get(Debtor, ORG, "D1")
    assert found == replace(made, version=1)


def test_what_is_not_there_is_not_found(books):
    assert books.find(Debtor, ORG, "D9") is None
    with pytest.raises(NotFound, match="no debtor"):
        books.get(Debtor, ORG, "D9")


def test_two_readers_cannot_both_write(books):
    debtor(books)
    one = books.get(CreditAccount, ORG, "D1")
    books.commit(Changes(update=(replace(one, hold=Hold("first", NOW)),)))
    with pytest.raises(Conflict) as stale:
        books.commit(Changes(update=(replace(one, hold=Hold("second", NOW)),)))
    assert not isinstance(stale.value, Duplicate)
    assert books.get(CreditAccount, ORG, "D1").hold.reason == "first"


def test_a_check_fails_when_the_item_moved(books):
    debtor(books)
    seen, case = books.get(CreditAccount, ORG, "D1"), books.get(DunningCase, ORG, "D1")
    books.commit(Changes(update=(replace(seen, hold=Hold("x", NOW)),)))
    with pytest.raises(Conflict):
        books.commit(Changes(update=(case,), check=(seen,)))
    assert books.get(DunningCase, ORG, "D1") == case


def test_creating_twice_tells_what_is_in_the_way(books):
    made = debtor(books)
    with pytest.raises(Duplicate) as error:
        books.commit(Changes(create=(made,)))
    assert error.value.place == key_of(made)


def test_a_transaction_is_all_or_nothing_with_its_events(books):
    made = debtor(books)
    before = len(rows(books))
    with pytest.raises(Duplicate):
        books.commit(Changes(create=(Listed(ORG, "D7", NOW), made), events=(changed(),)))
    assert len(rows(books)) == before


def test_a_tenant_never_sees_another_ones_items(books):
    debtor(books)
    assert books.find(Debtor, "other", "D1") is None
    assert books.all_of(Invoice, "other", "D1") == []
    assert books.lookup("other", "invoice", "F1") is None


def test_the_due_index_holds_what_is_due_and_forgets_it(books):
    debtor(books)
    hold = Reservation(
        ORG, "D1", "rsv_1", "dec_1", "", eur("5.00"), ReservationState.HELD, NOW,
        NOW + timedelta(days=1),
    )  # fmt: skip
    books.commit(Changes(create=(hold,)))
    assert list(books.due(Work.RESERVATION_EXPIRY, NOW)) == []
    (due,) = books.due(Work.RESERVATION_EXPIRY, NOW + timedelta(days=1))
    assert (due.org, due.debtor, due.id) == (ORG, "D1", "rsv_1")
    stored = books.get(Reservation, ORG, "D1", "rsv_1")
    books.commit(Changes(update=(replace(stored, state=ReservationState.RELEASED),)))
    assert list(books.due(Work.RESERVATION_EXPIRY, NOW + timedelta(days=9))) == []


def test_everything_about_a_debtor_is_one_query(books):
    organisation(books)
    debtor(books)
    invoice(books, "F1", "10.00")
    kinds = {type(item).__name__ for item in books.partition(ORG, "D1")}
    assert {"Debtor", "CreditAccount", "DunningCase", "Invoice", "Entry"} == kinds


def test_a_list_is_paged_in_order(books):
    for number in ("D3", "D1", "D2"):
        debtor(books, number)
    first = books.listing(Listed, ORG, after="", limit=2)
    rest = books.listing(Listed, ORG, after=first[-1].number, limit=2)
    assert [d.number for d in first + rest] == ["D1", "D2", "D3"]


def test_too_much_for_one_transaction_is_refused_before_it_is_sent(books):
    many = tuple(Listed(ORG, f"D{n}", NOW) for n in range(101))
    with pytest.raises(Refused, match="more items"):
        books.commit(Changes(create=many))


def test_outbox_rows_expire_and_carry_the_envelope(books):
    books.commit(Changes(events=(changed(),)))
    (row,) = [r for r in rows(books) if r.kind == "event"]
    assert row.sk.startswith("EVT#evt_")
    assert row.ttl == int(NOW.timestamp()) + 14 * 86_400
    assert '"type":"debtor.updated"' in row.body


def test_what_is_due_in_a_list_of_the_organisation_has_no_debtor(books):
    place = QueuedLine(
        ORG, "2026-08-31_A", "NL", LineKind.RECEIPT, eur("1.00"), NOW.date(), next_try_at=NOW
    )
    books.commit(Changes(create=(place,)))
    (due,) = books.due(Work.BANK_LINE, NOW)
    assert (due.org, due.debtor, due.id, due.at) == (ORG, "", place.id, NOW)
    later = replace(books.get(QueuedLine, ORG, id=place.id), next_try_at=None, tries=1)
    books.commit(Changes(update=(later,)))
    assert list(books.due(Work.BANK_LINE, NOW)) == []
