"""Counters of the brakes: one conditional ADD each, gone by their time to live."""

from __future__ import annotations

from kasstroom.payments.throttle import Counter
from kasstroom.settings import TableSettings
from kasstroom_aws import keys
from kasstroom_aws.clients import client

_COUNT = "n"


class TableCounters:
    """`kasstroom.payments.throttle.Counters` on the table. A full counter is not written to."""

    def __init__(self, settings: TableSettings) -> None:
        self._table = settings.table_name

    def allows(self, counter: Counter) -> bool:
        from botocore.exceptions import BotoCoreError, ClientError

        place = {keys.PK: {"S": f"BRAKE#{counter.key}"}, keys.SK: {"S": "COUNT"}}
        gone_at = str(int(counter.gone_at.timestamp()))
        try:
            client("dynamodb").update_item(
                TableName=self._table,
                Key=place,
                UpdateExpression="ADD #n :one SET #kind = :kind, #ttl = :gone_at",
                ConditionExpression="attribute_not_exists(#n) OR #n < :most",
                ExpressionAttributeNames={"#n": _COUNT, "#kind": keys.KIND, "#ttl": keys.TTL},
                ExpressionAttributeValues={
                    ":one": {"N": "1"},
                    ":most": {"N": str(counter.brake.most)},
                    ":kind": {"S": "brake"},
                    ":gone_at": {"N": gone_at},
                },
            )
        except ClientError as error:
            return error.response["Error"]["Code"] != "ConditionalCheckFailedException"
        except BotoCoreError:
            return True
        return True
