from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256

import pytest

from kasstroom.access.model import Actor
from kasstroom.changes import Changes
from kasstroom.debtors.model import Channel
from kasstroom.errors import Forbidden, NotFound, Refused, Unavailable
from kasstroom.messages import posting
from kasstroom.messages.batches import BatchLetter, BatchState, LetterBatch, table
from kasstroom.messages.closing import close_batches
from kasstroom.messages.letters import PostClass
from kasstroom.messages.model import Message, MessageState
from kasstroom.messages.posting import Posting
from kasstroom.messages.tray import TrayLetter, lay_in
from kasstroom.settle import settle
from tests.memory_books import MemoryBooks
from tests.people import NOW, ORG, debtor, invoice, organisation
from tests.printing import EVENING, Drawer, claimed, moved_to, outgoing, sent, stapled

TODAY, KEY = "2026-09-01", "letters/vandijk/2026-09-01/{}.pdf"
PIET = Actor("piet", ("collector",))


class Tray:
    def __init__(self, books, store):
        self.books, self.store = books, store

    def send(self, message):
        return lay_in(self.books, self.store, message)


@pytest.fixture
def world():
    books, store = MemoryBooks(), Drawer()
    organisation(books)
    for number in ("D1", "D2"):
        debtor(books, number)
        moved_to(books, number)
    invoice(books, "F1", "250.00")
    return books, store


def letter(world, id="msg_1", debtor="D1", now=NOW):
    books, store = world
    note = claimed(books, id, Channel.LETTER, debtor, now=now)
    return sent(books, note, {Channel.LETTER: Tray(books, store)})


def close(world, now=EVENING):
    return close_batches(*world, stapled, now)


def test_a_letter_is_laid_in_the_tray_under_its_message(world):
    books, store = world
    message = letter(world)
    assert (message.state, message.provider_id) == (MessageState.SENT, KEY.format("msg_1"))
    laid = books.get(TrayLetter, ORG, "D1", "msg_1")
    assert store.files == {laid.file_key: b"%PDF 1"}
    assert (laid.pages, laid.sha256) == (2, sha256(b"%PDF 1").hexdigest())


def test_without_an_address_nothing_is_laid_in(world):
    books, store = world
    note = claimed(books, "msg_1", Channel.LETTER)
    with pytest.raises(Refused, match="address"):
        lay_in(books, store, replace(outgoing(note), letter=None))


def test_the_letters_of_a_day_are_one_batch_with_its_manifest(world):
    books, store = world
    letter(world), letter(world, "msg_2", "D2")
    assert (close(world).batches, close(world).batches) == (1, 0)
    batch = books.get(LetterBatch, ORG, id=TODAY)
    assert (batch.state, batch.letters, batch.pages) == (BatchState.CLOSED, 2, 4)
    told = store.files[batch.manifest_key]
    assert sha256(told).hexdigest() == batch.manifest_sha256
    first, second = json.loads(told)["letters"]
    assert first == {
        "message": "msg_1", "debtor": "D1", "file": KEY.format("msg_1"), "pages": 2,
        "sha256": sha256(b"%PDF 1").hexdigest(), "post": "standard", "colour": "colour",
        "address": ["Klant D1", "Kerkstraat 25 A", "8501 AB  JOURE"],
    }  # fmt: skip
    assert second["message"] == "msg_2"
    assert store.files[batch.merged_key] == b"%PDF 1+%PDF 1"
    assert [e.TYPE for e in books.events].count("letter_batch.closed") == 1


def test_a_late_letter_goes_with_the_next_batch(world):
    books, _ = world
    letter(world)
    close(world)
    letter(world, "msg_2", "D2", now=EVENING + timedelta(minutes=5))
    assert close(world, EVENING + timedelta(minutes=10)).letters == 0
    assert close(world, EVENING + timedelta(days=1)).letters == 1
    assert books.get(LetterBatch, ORG, id="2026-09-02").letters == 1


def test_nothing_is_handed_over_on_a_sunday(world):
    letter(world)
    sunday = EVENING + timedelta(days=5)
    assert close(world, sunday).batches == 0
    assert close(world, sunday + timedelta(days=1)).letters == 1


@pytest.mark.parametrize("file", ["manifest.csv", "letters.pdf", "manifest.json"])
def test_a_round_that_breaks_off_goes_on_another_day(world, file):
    books, store = world
    letter(world), letter(world, "msg_2", "D2")
    store.fails_at = file
    with pytest.raises(OSError):
        close(world)
    store.fails_at = ""
    tomorrow = EVENING + timedelta(days=1)
    assert close(world, tomorrow).letters == 2
    assert books.get(LetterBatch, ORG, id=TODAY).state is BatchState.CLOSED
    assert books.find(LetterBatch, ORG, id="2026-09-02") is None


def test_a_letter_whose_sender_died_waits_for_its_confirmation(world):
    books, store = world
    note = claimed(books, "msg_1", Channel.LETTER)
    lay_in(books, store, outgoing(note))
    assert close(world).letters == 0
    assert sent(books, note, {Channel.LETTER: Tray(books, store)}).state is MessageState.SENT
    assert close(world).letters == 1


def test_a_retry_replaces_the_file_until_it_is_in_a_batch(world):
    books, store = world
    note = claimed(books, "msg_1", Channel.LETTER)
    lay_in(books, store, outgoing(note))
    lay_in(books, store, outgoing(note, pdf=b"%PDF 2"))
    assert list(store.files.values()) == [b"%PDF 2"]
    sent(books, note, {Channel.LETTER: Tray(books, store)})
    close(world)
    assert lay_in(books, store, outgoing(note, pdf=b"%PDF 3")) == KEY.format("msg_1")
    assert store.files[KEY.format("msg_1")] == b"%PDF 1"


def test_a_message_that_stopped_is_not_printed(world):
    books, _ = world
    message = letter(world)
    stopped = replace(books.get(Message, ORG, "D1", "msg_1"), state=MessageState.CANCELLED)
    books.commit(Changes(update=(stopped,)))
    assert close(world).letters == 0
    laid = books.get(TrayLetter, ORG, "D1", message.id)
    assert (laid.due, laid.withdrawn) == (None, "message_cancelled")


def posted(world, on=date(2026, 9, 1), actor=PIET, now=EVENING, id=TODAY):
    books, _ = world
    settle(books, lambda: posting.start(books, ORG, id, Posting(on), actor, now))
    return posting.finish(books, ORG, id, now)


def test_a_batch_that_was_posted_dates_its_letters(world):
    books, _ = world
    for n in range(60):
        letter(world, f"msg_{n:02d}")
    close(world)
    batch = posted(world)
    assert (batch.state, batch.posted_on, batch.posted_by) == (
        BatchState.POSTED, date(2026, 9, 1), "piet",
    )  # fmt: skip
    days = {m.posted_on for m in books.all_of(Message, ORG, "D1")}
    assert days == {date(2026, 9, 1)}
    assert [e.TYPE for e in books.events].count("letter.posted") == 60
    assert posted(world).version == batch.version


@pytest.mark.parametrize(
    ("on", "code"), [(date(2026, 8, 31), "impossible_day"), (date(2026, 9, 2), "impossible_day")]
)
def test_a_day_that_cannot_be_is_refused(world, on, code):
    letter(world)
    close(world)
    with pytest.raises(Refused) as error:
        posted(world, on)
    assert error.value.code == code


def test_only_a_collector_says_when_and_only_once(world):
    letter(world)
    close(world)
    with pytest.raises(Forbidden):
        posted(world, actor=Actor("webshop"))
    posted(world)
    with pytest.raises(Refused) as error:
        posted(world, date(2026, 9, 2), now=EVENING + timedelta(days=1))
    assert error.value.code == "already_posted"
    with pytest.raises(NotFound):
        posted(world, id="2026-01-01")


def test_a_store_that_is_away_is_asked_again(world):
    books, _ = world

    class Away(Drawer):
        def put(self, key, content):
            raise Unavailable("channel_unavailable", "S3 is busy.")

    note = claimed(books, "msg_1", Channel.LETTER)
    message = sent(books, note, {Channel.LETTER: Tray(books, Away())})
    assert message.state is MessageState.CLAIMED
    assert books.find(TrayLetter, ORG, "D1", "msg_1") is None


def test_a_spreadsheet_runs_nothing_of_a_debtor():
    line = BatchLetter(
        ORG, TODAY, "m", "=1+1", "m", "k", "s", 1, ("=cmd|' /C calc'!A0", 'a "quote", b'),
        PostClass.STANDARD, True,
    )  # fmt: skip
    (row,) = list(csv.DictReader(io.StringIO(table([line]).decode("utf-8-sig"))))
    assert row["debtor"] == "'=1+1" and row["address"].startswith("'=cmd")
