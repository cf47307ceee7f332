"""The sandbox's own DynamoDB table: JSON documents under a partition and a sort key."""

from __future__ import annotations

import json
from typing import Any

from kasstroom_aws.clients import client
from kasstroom_aws.keys import BODY, PK, SK, VERSION

Document = dict[str, Any]


class Store:
    def __init__(self, table: str) -> None:
        self._table = table

    @property
    def _dynamodb(self) -> Any:
        return client("dynamodb")

    def get(self, pk: str, sk: str) -> Document | None:
        """The document with its `version`, read consistently."""
        key = {PK: {"S": pk}, SK: {"S": sk}}
        found = self._dynamodb.get_item(TableName=self._table, Key=key, ConsistentRead=True)
        return _document(found["Item"]) if "Item" in found else None

    def put(self, pk: str, sk: str, document: Document) -> None:
        self._dynamodb.put_item(TableName=self._table, Item=_item(pk, sk, document))

    def create(self, pk: str, sk: str, document: Document) -> bool:
        """False when it exists already."""
        return self._put_if("attribute_not_exists(pk)", {}, pk, sk, document)

    def replace(self, pk: str, sk: str, document: Document) -> bool:
        """Writes over the version that was read; False when somebody was first."""
        seen = {":seen": {"N": str(document[VERSION])}}
        newer = document | {VERSION: document[VERSION] + 1}
        return self._put_if(f"{VERSION} = :seen", seen, pk, sk, newer)

    def delete(self, pk: str, sk: str) -> None:
        self._dynamodb.delete_item(TableName=self._table, Key={PK: {"S": pk}, SK: {"S": sk}})

    def newest(self, pk: str, limit: int = 100) -> list[Document]:
        """Documents of one partition, the highest sort key first, across DynamoDB's pages."""
        pages = self._dynamodb.get_paginator("query").paginate(
            TableName=self._table,
            KeyConditionExpression=f"{PK} = :pk",
            ExpressionAttributeValues={":pk": {"S": pk}},
            ScanIndexForward=False,
            ConsistentRead=True,
            PaginationConfig={"MaxItems": limit},
        )
        return [_document(item) for page in pages for item in page["Items"]]

    def _put_if(
        self, condition: str, values: Document, pk: str, sk: str, document: Document
    ) -> bool:
        request = {
            "TableName": self._table,
            "Item": _item(pk, sk, document),
            "ConditionExpression": condition,
        }
        if values:
            request["ExpressionAttributeValues"] = values
        try:
            self._dynamodb.put_item(**request)
        except self._dynamodb.exceptions.ConditionalCheckFailedException:
            return False
        return True


def _item(pk: str, sk: str, document: Document) -> Document:
    version = document.get(VERSION, 0)
    body = json.dumps({name: value for name, value in document.items() if name != VERSION})
    return {PK: {"S": pk}, SK: {"S": sk}, VERSION: {"N": str(version)}, BODY: {"S": body}}


def _document(item: Document) -> Document:
    return json.loads(item[BODY]["S"]) | {VERSION: int(item[VERSION]["N"])}
