"""Outbox rows to EventBridge."""

from __future__ import annotations

import json
from typing import Any

from kasstroom.settings import BusSettings
from kasstroom_aws.clients import client
from kasstroom_aws.keys import BODY, SK
from kasstroom_aws.outbox import SOURCE

BATCH = 10
"""What one PutEvents call takes."""


def publish(settings: BusSettings, records: list[dict[str, Any]]) -> list[str]:
    """Puts the rows on the bus in the order of the stream. Returns the sequence number of the first
    that failed: the stream delivers again from there, and consumers drop what they know by id."""
    for start in range(0, len(records), BATCH):
        batch = records[start : start + BATCH]
        entries = [_entry(settings.bus_name, record) for record in batch]
        answer = client("events").put_events(Entries=entries)
        for record, result in zip(batch, answer["Entries"], strict=True):
            if "ErrorCode" in result:
                return [record["dynamodb"]["SequenceNumber"]]
    return []


def _entry(bus: str, record: dict[str, Any]) -> dict[str, Any]:
    image = record["dynamodb"]["NewImage"]
    envelope = json.loads(image[BODY]["S"])
    return {
        "EventBusName": bus,
        "Source": SOURCE,
        "DetailType": envelope["type"],
        "Detail": image[BODY]["S"],
        "Time": envelope["time"],
        "Resources": [image[SK]["S"]],
    }
