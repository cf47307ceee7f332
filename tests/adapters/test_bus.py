"""Outbox rows on their way to the bus: in order, none lost when some are refused."""

from __future__ import annotations

import pytest
from botocore.stub import Stubber

from kasstroom.settings import BusSettings
from kasstroom_aws.bus import publish
from kasstroom_aws.clients import client

BUS = BusSettings("bus")


@pytest.fixture
def events():
    client.cache_clear()
    with Stubber(client("events")) as stub:
        yield stub
    client.cache_clear()


def rows(count):
    body = '{"type":"invoice.paid","time":"2026-09-01T08:00:00.000Z"}'
    return [
        {
            "dynamodb": {
                "SequenceNumber": str(n),
                "NewImage": {"sk": {"S": f"EVT#{n}"}, "body": {"S": body}},
            }
        }
        for n in range(count)
    ]


def entries(numbers):
    return [
        {
            "EventBusName": "bus", "Source": "kasstroom", "DetailType": "invoice.paid",
            "Detail": rows(1)[0]["dynamodb"]["NewImage"]["body"]["S"],
            "Time": "2026-09-01T08:00:00.000Z", "Resources": [f"EVT#{n}"],
        }
        for n in numbers
    ]  # fmt: skip


def taken(count):
    return {"FailedEntryCount": 0, "Entries": [{"EventId": str(n)} for n in range(count)]}


def test_rows_leave_in_tens_and_in_order(events):
    events.add_response("put_events", taken(10), {"Entries": entries(range(10))})
    events.add_response("put_events", taken(3), {"Entries": entries(range(10, 13))})
    assert publish(BUS, rows(13)) == []
    events.assert_no_pending_responses()


def test_from_the_first_refused_row_on_the_stream_delivers_again(events):
    refused = taken(10)
    refused["Entries"][4] = {"ErrorCode": "ThrottlingException", "ErrorMessage": "slow down"}
    events.add_response("put_events", refused, {"Entries": entries(range(10))})
    assert publish(BUS, rows(13)) == ["4"]
    events.assert_no_pending_responses()
