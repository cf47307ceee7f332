"""The table the adapters write to, with the keys and index the stacks deploy."""

from __future__ import annotations

from typing import Any

from kasstroom_aws import keys


def create_table(name: str) -> Any:
    from kasstroom_aws.clients import client

    text = [keys.PK, keys.SK, keys.DUE_PK, keys.DUE_SK]
    return client("dynamodb").create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": n, "AttributeType": "S"} for n in text],
        KeySchema=_schema(keys.PK, keys.SK),
        GlobalSecondaryIndexes=[
            {
                "IndexName": keys.DUE_INDEX,
                "KeySchema": _schema(keys.DUE_PK, keys.DUE_SK),
                "Projection": {"ProjectionType": "KEYS_ONLY"},
            }
        ],
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"},
    )


def create_figure_table(name: str) -> Any:
    from kasstroom_aws.clients import client

    text = [keys.PK, keys.SK]
    return client("dynamodb").create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": n, "AttributeType": "S"} for n in text],
        KeySchema=_schema(keys.PK, keys.SK),
    )


def _schema(hash_key: str, range_key: str) -> list[dict[str, str]]:
    return [
        {"AttributeName": hash_key, "KeyType": "HASH"},
        {"AttributeName": range_key, "KeyType": "RANGE"},
    ]
