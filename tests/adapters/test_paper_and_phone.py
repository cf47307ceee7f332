"""Channels that people carry out: what is left for the printer in S3, and for a colleague."""

from __future__ import annotations

from hashlib import sha256

import pytest
from botocore.exceptions import ClientError
from botocore.stub import Stubber

from kasstroom.changes import Work
from kasstroom.debtors.model import Channel
from kasstroom.errors import Refused, Unavailable
from kasstroom.messages.batches import LetterBatch
from kasstroom.messages.calls import CallTask, QueuedCall
from kasstroom.messages.closing import close_batches
from kasstroom.messages.model import MessageState
from kasstroom.messages.tray import TrayLetter
from kasstroom.settings import EmailSettings, LetterSettings, SmsSettings
from kasstroom_aws.channels import by_people, channels
from kasstroom_aws.clients import client
from kasstroom_aws.letter_files import LetterBucket
from tests.people import NOW, ORG, debtor, organisation
from tests.printing import EVENING, claimed, moved_to, outgoing, sent, stapled

BUCKET = LetterSettings("letters")


@pytest.fixture
def ways(books):
    where = {"LocationConstraint": "eu-west-1"}
    client("s3").create_bucket(Bucket="letters", CreateBucketConfiguration=where)
    organisation(books)
    debtor(books)
    moved_to(books, "D1")
    return by_people(books, BUCKET, lambda: NOW)


def test_every_channel_is_registered(books):
    electronic = channels(EmailSettings("s"), SmsSettings("s"))
    people = by_people(books, BUCKET, lambda: NOW)
    assert electronic.keys() | people.keys() == set(Channel)
    assert not electronic.keys() & people.keys()


def test_a_letter_lies_in_s3_and_waits_in_the_tray(books, ways):
    message = sent(books, claimed(books, "msg_1", Channel.LETTER), ways)
    assert message.state is MessageState.SENT
    found = client("s3").get_object(Bucket="letters", Key=message.provider_id)
    assert (found["Body"].read(), found["ContentType"]) == (b"%PDF 1", "application/pdf")
    (due,) = books.due(Work.PRINT, NOW)
    assert (due.org, due.debtor, due.id) == (ORG, "D1", "msg_1")


def test_an_evening_s_batch_is_kept_beside_its_letters(books, ways):
    sent(books, claimed(books, "msg_1", Channel.LETTER), ways)
    store = LetterBucket(BUCKET)
    assert close_batches(books, store, stapled, EVENING).letters == 1
    batch = books.get(LetterBatch, ORG, id="2026-09-01")
    assert books.listing(LetterBatch, ORG, after="", limit=5) == [batch]
    assert sha256(store.get(batch.manifest_key)).hexdigest() == batch.manifest_sha256
    assert store.get(batch.merged_key) == b"%PDF 1"
    assert list(books.due(Work.PRINT, EVENING)) == list(books.due(Work.PRINT_BATCH, EVENING)) == []


def test_a_batch_that_broke_off_is_found_by_the_index(books, ways):
    sent(books, claimed(books, "msg_1", Channel.LETTER), ways)

    class Full(LetterBucket):
        def put(self, key, content):
            raise Unavailable("channel_unavailable", "S3 is busy.")

    with pytest.raises(Unavailable):
        close_batches(books, Full(BUCKET), stapled, EVENING)
    (due,) = books.due(Work.PRINT_BATCH, EVENING)
    assert (due.org, due.debtor, due.id) == (ORG, "", "2026-09-01")
    assert close_batches(books, LetterBucket(BUCKET), stapled, EVENING).letters == 1


def test_a_link_to_a_file_opens_it_for_a_while():
    url = LetterBucket(BUCKET).download_url("letters/vandijk/2026-09-01/msg_1.pdf")
    assert "letters/vandijk/2026-09-01/msg_1.pdf?" in url and "Expires" in url


def test_a_busy_store_is_tried_again_and_a_bug_is_not_hidden(books, ways):
    note = claimed(books, "msg_1", Channel.LETTER)
    with Stubber(client("s3")) as stub:
        stub.add_client_error("put_object", "SlowDown", http_status_code=503)
        with pytest.raises(Unavailable):
            ways[Channel.LETTER].send(outgoing(note))
        stub.add_client_error("put_object", "AccessDenied", http_status_code=403)
        with pytest.raises(ClientError):
            ways[Channel.LETTER].send(outgoing(note))
    assert books.find(TrayLetter, ORG, "D1", "msg_1") is None


@pytest.mark.parametrize("channel", [Channel.LETTER, Channel.PHONE])
def test_sending_twice_is_once(books, ways, channel):
    note = claimed(books, "msg_1", channel)
    first = ways[channel].send(outgoing(note))
    assert ways[channel].send(outgoing(note)) == first
    kind = TrayLetter if channel is Channel.LETTER else CallTask
    assert len(books.all_of(kind, ORG, "D1")) == 1


def test_a_call_is_a_task_with_its_place_on_the_list(books, ways):
    message = sent(books, claimed(books, "msg_1", Channel.PHONE), ways)
    task = books.get(CallTask, ORG, "D1", message.provider_id)
    assert (task.message, task.attempt, task.due_at) == ("msg_1", 1, NOW)
    assert books.get(QueuedCall, ORG, id=task.id).phone == "+31612345678"


def test_who_cannot_be_reached_so_is_refused(books, ways):
    with pytest.raises(Refused):
        ways[Channel.PHONE].send(outgoing(claimed(books, "msg_1", Channel.PHONE, address="")))
