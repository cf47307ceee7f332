"""Entities and events as DynamoDB writes, each with the condition that guards it."""

from __future__ import annotations

import zlib
from datetime import datetime
from typing import Any

from kasstroom.changes import next_version
from kasstroom.events import Event
from kasstroom.time import iso
from kasstroom_aws import keys
from kasstroom_aws.items import key_of, kind_of
from kasstroom_aws.outbox import cloud_event, dumps
from kasstroom_aws.shapes import to_json

_SECONDS_PER_DAY = 86_400
_NEW = {"ConditionExpression": f"attribute_not_exists({keys.PK})"}


def _unmoved(version: int) -> dict[str, Any]:
    """The condition that an item still has the version it was read with."""
    return {
        "ConditionExpression": "#version = :version",
        "ExpressionAttributeNames": {"#version": keys.VERSION},
        "ExpressionAttributeValues": {":version": {"N": str(version)}},
    }


def _item(pk: str, sk: str, kind: str, body: str, version: int) -> dict[str, dict[str, str]]:
    return {
        keys.PK: {"S": pk},
        keys.SK: {"S": sk},
        keys.KIND: {"S": kind},
        keys.VERSION: {"N": str(version)},
        keys.BODY: {"S": body},
    }


def _shard(pk: str) -> str:
    return f"{zlib.crc32(pk.encode()) % keys.DUE_SHARDS:02d}"


def check_of(table: str, entity: Any) -> dict[str, Any]:
    pk, sk = key_of(entity)
    key = {keys.PK: {"S": pk}, keys.SK: {"S": sk}}
    return {"TableName": table, "Key": key, **_unmoved(entity.version)}


def put_of(table: str, entity: Any, is_new: bool) -> dict[str, Any]:
    """The item as DynamoDB takes it. Written out, because the model layer would cost more
    than the two requests of a checkout decision themselves."""
    pk, sk = key_of(entity)
    kind = kind_of(type(entity))
    known = getattr(entity, "version", 0)
    stored = next_version(entity) if hasattr(entity, "version") else entity
    item = _item(pk, sk, kind.name, to_json(stored), known + 1)
    if due := getattr(entity, "due", None):
        item[keys.DUE_PK] = {"S": f"{due.work}#{_shard(pk)}"}
        item[keys.DUE_SK] = {"S": iso(due.at)}
    if kind.ttl_days:
        item[keys.TTL] = {"N": str(_expiry(entity.created_at, kind.ttl_days))}
    elif gone_at := getattr(entity, "gone_at", None):
        item[keys.TTL] = {"N": str(int(gone_at.timestamp()))}
    condition = _NEW if is_new or known == 0 else _unmoved(known)
    return {"TableName": table, "Item": item, **condition}


def outbox_of(table: str, event: Event) -> dict[str, Any]:
    envelope = cloud_event(event)
    sk = f"{keys.OUTBOX_PREFIX}{envelope['id']}"
    item = _item(keys.debtor_pk(event.org, event.debtor), sk, "event", dumps(envelope), 1)
    item[keys.TTL] = {"N": str(_expiry(event.at, keys.OUTBOX_TTL_DAYS))}
    return {"TableName": table, "Item": item}


def _expiry(at: datetime, days: int) -> int:
    return int(at.timestamp()) + days * _SECONDS_PER_DAY
