"""The outside world on this machine: a payment provider, a phone, and webhooks that may be late.

Deployed by the local environment only, in its own table; the product does not know it exists.
"""

from __future__ import annotations

from aws_cdk import CfnOutput, RemovalPolicy
from aws_cdk import aws_dynamodb as dynamodb
from constructs import Construct

from infra.environments import Sandbox
from infra.parts import grants
from infra.parts.api import Api
from infra.parts.channels import Channels
from infra.parts.foundation import Foundation
from infra.parts.function import Function
from infra.parts.queue import WorkQueue
from kasstroom.settings import SandboxSettings
from kasstroom_aws.keys import PK, SK, TTL

DELIVER_SECONDS = 30


class SandboxWorld(Construct):
    def __init__(
        self, scope: Construct, id_: str, *, on: Foundation, channels: Channels, world: Sandbox
    ) -> None:
        super().__init__(scope, id_)
        self.table = _table(self)
        queue = WorkQueue(
            self,
            "webhooks",
            on=on,
            worker_timeout_seconds=DELIVER_SECONDS,
            what_to_do="A webhook of the sandbox was refused five times: open the product's log.",
        )
        told = SandboxSettings(
            sandbox_table=self.table.table_name,
            sandbox_url=world.url,
            webhook_queue_url=queue.url,
            receipt_topic_arn=channels.receipts.topic_arn,
            embedded_aws_url=world.embedded_aws_url,
        )
        psp, phone, registers, insurer, shop, deliver = (
            Function(self, f"sandbox/{name}", on=on, settings=[told], layers=["pages", "sandbox"])
            for name in ("psp", "phone", "registers", "insurer", "shop", "deliver_webhook")
        )
        for function in (psp, phone, registers, insurer, shop, deliver):
            actions = (*grants.READ, *grants.WRITE, "dynamodb:DeleteItem", "dynamodb:Scan")
            grants.allow(function, *actions, on=self.table.table_arn)
        queue.accepts_from(psp)
        queue.accepts_from(registers)
        queue.accepts_from(insurer)
        queue.accepts_from(deliver)
        queue.feeds(deliver, batch_size=1)
        grants.allow(phone, "sns:Publish", on=channels.receipts.topic_arn)
        api = _doors(self, on, psp, phone, registers)
        api.opens(insurer, *_any("/insurer/{proxy+}"))
        api.opens(shop, *_any("/hooks", "/hooks/{proxy+}"))


def _table(scope: Construct) -> dynamodb.TableV2:
    text = dynamodb.AttributeType.STRING
    return dynamodb.TableV2(
        scope,
        "table",
        partition_key=dynamodb.Attribute(name=PK, type=text),
        sort_key=dynamodb.Attribute(name=SK, type=text),
        time_to_live_attribute=TTL,
        removal_policy=RemovalPolicy.DESTROY,
    )


def _doors(
    scope: Construct, on: Foundation, psp: Function, phone: Function, registers: Function
) -> Api:
    api = Api(scope, "sandbox", environment=on.environment)
    api.opens(psp, *_any("/mollie/{proxy+}", "/stripe/{proxy+}", "/checkout/{proxy+}"))
    api.opens(psp, *_any("/psp", "/psp/{proxy+}"))
    api.opens(
        phone,
        *_any("/sms", "/sms/{proxy+}", "/whatsapp", "/whatsapp/{proxy+}"),
        *_any("/messages", "/messages/{proxy+}"),
    )
    api.opens(registers, *_any("/registers", "/registers/{proxy+}"))
    CfnOutput(scope, "SandboxApiId", value=api.id).override_logical_id("SandboxApiId")
    return api


def _any(*paths: str) -> list[str]:
    return [f"ANY {path}" for path in paths]
